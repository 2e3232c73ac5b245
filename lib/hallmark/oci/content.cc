#include "hallmark/oci/content.h"

namespace hallmark::oci {

std::string Platform::ToString() const {
  std::string text = os + "/" + architecture;
  if (!variant.empty()) text += "/" + variant;
  return text;
}

Result<Content> Content::Check(Descriptor descriptor, Bytes bytes) {
  if (bytes.size() != descriptor.size) {
    return Error(ErrorCode::kMismatch, "got " + std::to_string(bytes.size()) + " bytes for " +
                                           descriptor.digest.ToString() + ", which has " +
                                           std::to_string(descriptor.size));
  }
  const Digest actual = Digest::Of(descriptor.digest.algorithm(), bytes);
  if (actual != descriptor.digest) {
    return Error(ErrorCode::kMismatch, "got bytes of digest " + actual.ToString() + ", want " +
                                           descriptor.digest.ToString());
  }
  return Content(std::move(descriptor), std::move(bytes));
}

Content Content::Describe(std::string media_type, Bytes bytes, Digest::Algorithm algorithm) {
  Descriptor descriptor{.media_type = std::move(media_type),
                        .digest = Digest::Of(algorithm, bytes),
                        .size = bytes.size(),
                        .artifact_type = {},
                        .annotations = {},
                        .platform = {}};
  return {std::move(descriptor), std::move(bytes)};
}

}  // namespace hallmark::oci
