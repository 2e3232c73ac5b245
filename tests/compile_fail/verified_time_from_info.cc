// Only Verify makes a VerifiedTime.
#include "hallmark/tsa/verify.h"

#ifdef MUST_NOT_COMPILE
hallmark::tsa::VerifiedTime Forge(const hallmark::tsa::Token& token,
                                  hallmark::x509::VerifiedPath path) {
  return hallmark::tsa::VerifiedTime(token.unverified_info(), std::move(path));
}
#else
bool IsProved(const hallmark::tsa::Token& token, hallmark::ByteView message,
              const hallmark::tsa::Trust& trust, hallmark::UnixTime now) {
  const auto result = hallmark::tsa::Verify(token, message, trust, now);
  return std::holds_alternative<hallmark::tsa::VerifiedTime>(result);
}
#endif
