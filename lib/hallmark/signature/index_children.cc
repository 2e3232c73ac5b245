#include "hallmark/signature/index_children.h"

#include "hallmark/oci/media_types.h"

namespace hallmark::signature {
namespace {

bool IsImage(const oci::Descriptor& entry) {
  if (!oci::IsManifestType(entry.media_type) && !oci::IsIndexType(entry.media_type)) return false;
  return !entry.platform || entry.platform->os != "unknown" ||
         entry.platform->architecture != "unknown";
}

}  // namespace

std::vector<oci::Descriptor> ImageChildren(const oci::ImageIndex& index) {
  std::vector<oci::Descriptor> children;
  for (const oci::Descriptor& entry : index.manifests) {
    if (IsImage(entry)) children.push_back(entry);
  }
  return children;
}

}  // namespace hallmark::signature
