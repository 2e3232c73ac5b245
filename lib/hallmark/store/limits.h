#ifndef HALLMARK_STORE_LIMITS_H_
#define HALLMARK_STORE_LIMITS_H_

#include <cstddef>

namespace hallmark::store {

// Largest blob that is read into memory: bundles with certificates, proofs and an SBOM predicate
// stay below; larger is kLimit before a byte is asked for.
inline constexpr std::size_t kMaxBlobBytes = std::size_t{4} * 1024 * 1024;
// Entries of a referrers listing, over all pages, and pages of it. Past either the listing ends
// with a gap of kLimit.
inline constexpr std::size_t kMaxReferrers = 1024;
inline constexpr std::size_t kMaxReferrerPages = 16;

}  // namespace hallmark::store

#endif  // HALLMARK_STORE_LIMITS_H_
