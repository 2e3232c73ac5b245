#ifndef HALLMARK_OCI_LIMITS_H_
#define HALLMARK_OCI_LIMITS_H_

#include <cstddef>

namespace hallmark::oci {

// distribution-spec v1.1 asks registries to accept manifests of 4 MiB and peers read no more.
inline constexpr std::size_t kMaxManifestBytes = std::size_t{4} * 1024 * 1024;
// Real manifests nest 5 levels; BuildKit's annotations 7.
inline constexpr std::size_t kMaxManifestDepth = 32;
// An image of 127 layers with annotations has under 2,000.
inline constexpr std::size_t kMaxManifestValues = 100'000;

// Real image configs have tens of kilobytes; containers/image reads no more than this.
inline constexpr std::size_t kMaxConfigBytes = std::size_t{4} * 1024 * 1024;
// Real ones nest 4 levels.
inline constexpr std::size_t kMaxConfigDepth = 32;
// 127 layers with five members of history each, and a thousand labels, are 2,000.
inline constexpr std::size_t kMaxConfigValues = 100'000;

}  // namespace hallmark::oci

#endif  // HALLMARK_OCI_LIMITS_H_
