#include "hallmark/base/check.h"
#include "hallmark/oci/manifest.h"
#include "hallmark/oci/media_types.h"
#include "hallmark/signature/cosign/internal/carrier.h"

// Every layer of a manifest is one candidate, the last first; a referrer's only when it is about
// the image that was asked about.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  using namespace hallmark::signature;
  static const auto kSubject = oci::Digest::Of(oci::Digest::Algorithm::kSha256, {});
  const auto manifest =
      oci::Content::Describe(std::string(oci::kOciManifest), Bytes(data, data + size));
  const auto layers = cosign::LayersOf(manifest);
  const auto referrer = cosign::ReferrerLayersOf(manifest, kSubject);
  if (!layers.ok()) {
    HALLMARK_CHECK(!referrer.ok());
    return 0;
  }
  const auto document = oci::ParseDocument(manifest);
  const auto* image = std::get_if<oci::ImageManifest>(&document.value());
  HALLMARK_CHECK(layers.value().size() == (image == nullptr ? 0 : image->layers.size()));
  for (const Candidate& candidate : layers.value()) HALLMARK_CHECK(candidate.layer);
  if (!referrer.ok()) return 0;
  const auto* carried = std::get_if<std::vector<Candidate>>(&referrer.value());
  if (carried == nullptr) return 0;
  HALLMARK_CHECK(image != nullptr && image->subject && image->subject->digest == kSubject);
  HALLMARK_CHECK(carried->size() == layers.value().size());
  return 0;
}
