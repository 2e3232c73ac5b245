// Nobody says who signed a certificate without the proof.
#include "hallmark/x509/issued.h"

#ifdef MUST_NOT_COMPILE
hallmark::x509::Issued Forge(const hallmark::x509::Certificate& certificate,
                             const hallmark::x509::Certificate& issuer) {
  return hallmark::x509::Issued(certificate, issuer);
}
#else
bool IsProved(const hallmark::x509::Certificate& certificate,
              const hallmark::x509::Certificate& issuer) {
  return hallmark::x509::Issued::By(certificate, issuer).has_value();
}
#endif
