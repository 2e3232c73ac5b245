#include "hallmark/base/check.h"
#include "hallmark/oci/media_types.h"
#include "hallmark/signature/cosign/internal/signature_tag.h"

// Whatever stands behind a .sig tag, what is written over it is complete: it holds our signature
// and all that was there, and reads back the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  auto own =
      oci::Content::Describe("application/vnd.dev.cosign.simplesigning.v1+json", ToBytes("{}"))
          .descriptor();
  own.annotations["dev.cosignproject.cosign/signature"] = "c2ln";
  signature::cosign::SignatureTag tag(own);
  const auto there =
      oci::Content::Describe(std::string(oci::kOciManifest), Bytes(data, data + size));
  if (!tag.See(there).ok()) return 0;
  const auto merged = tag.Merged();
  if (!merged.ok()) return 0;
  HALLMARK_CHECK(tag.See(merged.value().manifest).ok());
  HALLMARK_CHECK(tag.IsComplete());
  HALLMARK_CHECK(tag.Merged().value().manifest.digest() == merged.value().manifest.digest());
  return 0;
}
