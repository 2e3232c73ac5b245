#include "hallmark/oci/image_media_types.h"

#include <algorithm>
#include <array>

namespace hallmark::oci {
namespace {

constexpr std::array<std::string_view, 5> kLayers{
    "application/vnd.oci.image.layer.v1.tar",
    "application/vnd.oci.image.layer.v1.tar+gzip",
    "application/vnd.oci.image.layer.v1.tar+zstd",
    "application/vnd.docker.image.rootfs.diff.tar",
    "application/vnd.docker.image.rootfs.diff.tar.gzip",
};

constexpr std::array<std::string_view, 5> kForeignLayers{
    "application/vnd.oci.image.layer.nondistributable.v1.tar",
    "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
    "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
    "application/vnd.docker.image.rootfs.foreign.diff.tar",
    "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
};

}  // namespace

bool IsImageConfigType(std::string_view media_type) {
  return media_type == kOciConfig || media_type == kDockerConfig;
}

bool IsLayerType(std::string_view media_type) {
  return std::find(kLayers.begin(), kLayers.end(), media_type) != kLayers.end();
}

bool IsForeignLayerType(std::string_view media_type) {
  return std::find(kForeignLayers.begin(), kForeignLayers.end(), media_type) !=
         kForeignLayers.end();
}

}  // namespace hallmark::oci
