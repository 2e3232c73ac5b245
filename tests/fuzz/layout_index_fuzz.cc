#include "hallmark/base/check.h"
#include "hallmark/oci/media_types.h"
#include "hallmark/store/layout/internal/layout_index.h"

// Whatever index.json holds, a tag given to a manifest is found there afterwards, nothing else is
// lost, and giving it again changes nothing.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const auto index = store::LayoutIndex::Parse({data, size});
  if (!index.ok()) return 0;
  for (const auto& entry : index.value().entries()) {
    const auto found = index.value().FindDigest(entry.digest);
    HALLMARK_CHECK(!found.ok() || found.value());
  }
  const auto image = oci::Content::Describe(std::string(oci::kOciManifest), ToBytes("{}"));
  const auto tagged = index.value().WithTag(image.descriptor(), "fuzz");
  if (!tagged.ok() || !tagged.value()) return 0;
  const auto again = store::LayoutIndex::Parse(*tagged.value());
  HALLMARK_CHECK(again.ok());
  HALLMARK_CHECK(again.value().entries().size() >= index.value().entries().size());
  HALLMARK_CHECK(again.value().FindTag("fuzz").value().digest == image.digest());
  HALLMARK_CHECK(!again.value().WithTag(image.descriptor(), "fuzz").value());
  return 0;
}
