#ifndef HALLMARK_OCI_IMAGE_MEDIA_TYPES_H_
#define HALLMARK_OCI_IMAGE_MEDIA_TYPES_H_

#include <string_view>

// What container images are made of: OCI image-spec v1.1 media-types.md, and Docker's image
// manifest version 2, schema 2. Artifacts have media types of their own, which are not here.
namespace hallmark::oci {

inline constexpr std::string_view kOciConfig = "application/vnd.oci.image.config.v1+json";
inline constexpr std::string_view kDockerConfig = "application/vnd.docker.container.image.v1+json";

// Whether content of that type is an image config (oci/image_config.h).
bool IsImageConfigType(std::string_view media_type);

// Whether it is a layer that registries hold: a tar archive, plain or compressed.
bool IsLayerType(std::string_view media_type);

// Whether it is a layer that its publisher wants fetched from elsewhere ("nondistributable",
// "foreign").
bool IsForeignLayerType(std::string_view media_type);

}  // namespace hallmark::oci

#endif  // HALLMARK_OCI_IMAGE_MEDIA_TYPES_H_
