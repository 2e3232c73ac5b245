// Only VerifyPath makes a VerifiedPath.
#include "hallmark/x509/path.h"

#ifdef MUST_NOT_COMPILE
hallmark::x509::VerifiedPath Forge(std::vector<hallmark::x509::Certificate> certificates,
                                   hallmark::UnixTime at) {
  return hallmark::x509::VerifiedPath(std::move(certificates),
                                      hallmark::x509::Purpose::kCodeSigning, at);
}
#else
bool IsProved(const hallmark::x509::Certificate& leaf,
              const std::vector<hallmark::x509::Certificate>& anchors, hallmark::UnixTime at) {
  const auto result =
      hallmark::x509::VerifyPath(leaf, {}, anchors, hallmark::x509::Purpose::kCodeSigning, at);
  return std::holds_alternative<hallmark::x509::VerifiedPath>(result);
}
#endif
