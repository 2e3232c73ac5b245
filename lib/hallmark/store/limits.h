#ifndef HALLMARK_STORE_LIMITS_H_
#define HALLMARK_STORE_LIMITS_H_

#include <cstddef>

namespace hallmark::store {

// Largest blob that is read into memory, whoever asks: an attestation of 64 MiB in base64, and what
// is around it. Larger is kLimit before a byte is asked for. Manifests have a limit of their own
// (oci/limits.h), and readers hold what they expect to be smaller to less: signature/limits.h.
inline constexpr std::size_t kMaxBlobBytes = std::size_t{96} * 1024 * 1024;
// Entries of a referrers listing, over all pages, and pages of it. Past either the listing ends
// with a gap of kLimit.
inline constexpr std::size_t kMaxReferrers = 1024;
inline constexpr std::size_t kMaxReferrerPages = 16;
// Bytes of a listing, over all pages: 1,024 entries with annotations as peers write them have under
// 1 MiB. Past it the listing ends with a gap of kLimit, so 16 pages of 4 MiB are never held.
inline constexpr std::size_t kMaxReferrersBytes = std::size_t{8} * 1024 * 1024;
// Annotations that are kept of a listed entry, and their names and values together. They are hints:
// what is beyond is dropped, in the order of names, and the entry stays. Peers write 3, under 300
// bytes.
inline constexpr std::size_t kMaxEntryAnnotations = 32;
inline constexpr std::size_t kMaxEntryAnnotationBytes = std::size_t{4} * 1024;

}  // namespace hallmark::store

#endif  // HALLMARK_STORE_LIMITS_H_
