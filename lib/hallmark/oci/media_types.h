#ifndef HALLMARK_OCI_MEDIA_TYPES_H_
#define HALLMARK_OCI_MEDIA_TYPES_H_

#include <string_view>

namespace hallmark::oci {

inline constexpr std::string_view kOciManifest = "application/vnd.oci.image.manifest.v1+json";
inline constexpr std::string_view kOciIndex = "application/vnd.oci.image.index.v1+json";
inline constexpr std::string_view kDockerManifest =
    "application/vnd.docker.distribution.manifest.v2+json";
inline constexpr std::string_view kDockerList =
    "application/vnd.docker.distribution.manifest.list.v2+json";
inline constexpr std::string_view kEmptyJson = "application/vnd.oci.empty.v1+json";

// Whether `media_type` is one of the four above that name a manifest or an index.
bool IsManifestType(std::string_view media_type);
bool IsIndexType(std::string_view media_type);

}  // namespace hallmark::oci

#endif  // HALLMARK_OCI_MEDIA_TYPES_H_
