#ifndef HALLMARK_STORE_LAYOUT_LIMITS_H_
#define HALLMARK_STORE_LAYOUT_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace hallmark::store {

// What one listing of referrers reads of manifests in all. A signature's manifest has under 2 KiB,
// so this is tens of thousands of them, and still under a second of a slow disk. Past it the
// listing ends with a gap of kLimit.
inline constexpr std::size_t kMaxListingBytes = std::size_t{64} * 1024 * 1024;
// "oci-layout" has 30 bytes in practice.
inline constexpr std::size_t kMaxLayoutFileBytes = 4096;
// Entries of an archive: a layout of a thousand images of a hundred layers.
inline constexpr std::size_t kMaxArchiveEntries = 100'000;
// A name in an archive: a sha512 blob has 141 bytes.
inline constexpr std::size_t kMaxArchiveNameBytes = 512;
// All names of an archive together: what the list of names costs in memory.
inline constexpr std::size_t kMaxArchiveNamesBytes = std::size_t{16} * 1024 * 1024;
// A pax header: real ones hold a few times and owners.
inline constexpr std::size_t kMaxPaxBytes = std::size_t{64} * 1024;
// Zero bytes after the end of an archive: tar fills up to a record of 10 KiB, others to 1 MiB.
inline constexpr std::uint64_t kMaxArchivePadding = std::uint64_t{1024} * 1024;

}  // namespace hallmark::store

#endif  // HALLMARK_STORE_LAYOUT_LIMITS_H_
