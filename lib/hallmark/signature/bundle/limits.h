#ifndef HALLMARK_SIGNATURE_BUNDLE_LIMITS_H_
#define HALLMARK_SIGNATURE_BUNDLE_LIMITS_H_

#include <cstddef>

#include "hallmark/store/limits.h"

namespace hallmark::signature::bundle {

// A bundle is one blob: nothing larger is read. One that is to hold a signature is held to
// signature::kMaxEnvelopeBytes before it is fetched.
inline constexpr std::size_t kMaxBundleBytes = store::kMaxBlobBytes;
// The bundle's own members nest 7 levels (a log entry's checkpoint); a log entry with its proof has
// about 80 values, a certificate chain one a certificate.
inline constexpr std::size_t kMaxBundleDepth = 16;
inline constexpr std::size_t kMaxBundleValues = 20'000;

}  // namespace hallmark::signature::bundle

#endif  // HALLMARK_SIGNATURE_BUNDLE_LIMITS_H_
