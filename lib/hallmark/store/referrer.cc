#include "hallmark/store/referrer.h"

#include <variant>

namespace hallmark::store {

std::string FallbackTag(const oci::Digest& subject) {
  return std::string(subject.algorithm_name()) + "-" + subject.hex().substr(0, 64);
}

const std::optional<oci::Descriptor>& SubjectOf(const oci::Document& document) {
  return std::visit(
      [](const auto& any) -> const auto& { return any.subject; }, document);
}

std::string ArtifactTypeOf(const oci::Document& document) {
  if (const auto* image = std::get_if<oci::ImageManifest>(&document)) {
    if (image->artifact_type.empty() && image->config) return image->config->media_type;
    return image->artifact_type;
  }
  return std::get<oci::ImageIndex>(document).artifact_type;
}

oci::Descriptor ReferrerEntry(const oci::Content& manifest, const oci::Document& document) {
  oci::Descriptor entry{manifest.descriptor().media_type,
                        manifest.digest(),
                        manifest.descriptor().size,
                        ArtifactTypeOf(document),
                        {},
                        {}};
  entry.annotations = std::visit(
      [](const auto& any) -> const auto& { return any.annotations; }, document);
  return entry;
}

}  // namespace hallmark::store
