#include "hallmark/oci/media_types.h"

namespace hallmark::oci {

bool IsManifestType(std::string_view media_type) {
  return media_type == kOciManifest || media_type == kDockerManifest;
}

bool IsIndexType(std::string_view media_type) {
  return media_type == kOciIndex || media_type == kDockerList;
}

}  // namespace hallmark::oci
