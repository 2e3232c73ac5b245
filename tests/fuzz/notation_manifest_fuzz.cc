#include "hallmark/base/check.h"
#include "hallmark/oci/media_types.h"
#include "hallmark/signature/notation/internal/signature_manifest.h"
#include "hallmark/signature/notation/limits.h"

// A signature manifest that parses is about the image that was asked about, and its hints and its
// envelope keep their limits.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  using namespace hallmark::signature::notation;
  static const auto kImage = oci::Digest::Of(oci::Digest::Algorithm::kSha256, AsBytes("image"));
  (void)ParseThumbprints(AsText({data, size})).ok();
  const auto manifest =
      oci::Content::Describe(std::string(oci::kOciManifest), Bytes(data, data + size));
  const auto parsed = ParseSignatureManifest(manifest, kImage);
  if (!parsed.ok()) return 0;
  const auto* read = std::get_if<SignatureManifest>(&parsed.value());
  if (read == nullptr) return 0;
  HALLMARK_CHECK(AsText(manifest.bytes()).find(kImage.hex()) != std::string_view::npos);
  HALLMARK_CHECK(read->envelope.size <= kMaxEnvelopeBytes);
  HALLMARK_CHECK(MediaTypeOf(read->type) == read->envelope.media_type);
  HALLMARK_CHECK(read->thumbprints.size() <= kMaxCertificates);
  return 0;
}
