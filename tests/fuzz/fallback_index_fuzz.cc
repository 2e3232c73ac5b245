#include "hallmark/base/check.h"
#include "hallmark/oci/media_types.h"
#include "hallmark/store/registry/internal/fallback_index.h"

// Whatever stands behind a referrers tag, what is written over it is complete: it holds our entry
// and all that was there.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  using namespace hallmark::store::registry;
  const auto own = oci::Content::Describe(std::string(oci::kOciManifest), ToBytes("{}"));
  FallbackIndex index(own.descriptor());
  const auto content =
      oci::Content::Describe(std::string(oci::kOciIndex), Bytes(data, data + size));
  if (!index.See(content).ok()) return 0;
  const auto merged = index.Merged();
  if (!merged.ok()) return 0;
  HALLMARK_CHECK(index.See(merged.value().manifest).ok());
  HALLMARK_CHECK(index.IsComplete());
  HALLMARK_CHECK(index.Merged().value().manifest.digest() == merged.value().manifest.digest());
  return 0;
}
