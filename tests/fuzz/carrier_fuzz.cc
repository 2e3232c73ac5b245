#include "hallmark/base/check.h"
#include "hallmark/oci/manifest.h"
#include "hallmark/oci/media_types.h"
#include "hallmark/signature/bundle/internal/carrier.h"
#include "hallmark/signature/bundle/limits.h"

// A carrier is a manifest about the image that was asked about, and leads to one bundle of bounded
// size that it lists.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  using namespace hallmark::signature;
  const auto subject = oci::Digest::Of(oci::Digest::Algorithm::kSha256, {});
  const auto manifest =
      oci::Content::Describe(std::string(oci::kOciManifest), Bytes(data, data + size));
  const auto carried = bundle::ParseCarrier(manifest, subject);
  if (!carried.ok()) return 0;
  const auto* layer = std::get_if<oci::Descriptor>(&carried.value());
  if (layer == nullptr) return 0;
  const auto document = oci::ParseDocument(manifest);
  const auto& image = std::get<oci::ImageManifest>(document.value());
  HALLMARK_CHECK(image.subject && image.subject->digest == subject);
  HALLMARK_CHECK(image.layers.size() == 1 && image.layers.front().digest == layer->digest);
  HALLMARK_CHECK(layer->size <= bundle::kMaxBundleBytes);
  return 0;
}
