// Nobody says that a certificate is not revoked but who checked it.
#include "hallmark/revocation/crl.h"
#include "hallmark/revocation/ocsp.h"

#ifdef MUST_NOT_COMPILE
hallmark::revocation::Status Forge(hallmark::UnixTime now) {
  return hallmark::revocation::Good(now, now);
}
#else
bool IsGood(const hallmark::revocation::Issued& issued,
            const hallmark::revocation::OcspResponse& response, hallmark::UnixTime now) {
  const auto status = hallmark::revocation::CheckOcsp(issued, response, {}, now);
  return std::holds_alternative<hallmark::revocation::Good>(status);
}
#endif
