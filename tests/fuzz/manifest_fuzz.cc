#include "hallmark/base/check.h"
#include "hallmark/oci/manifest.h"
#include "hallmark/oci/media_types.h"

// One document has one meaning: it parses under one media type at most, the one it declares.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  using namespace hallmark::oci;
  const auto declared = DetectMediaType({data, size});
  for (const std::string_view type : {kOciManifest, kOciIndex, kDockerManifest, kDockerList}) {
    const auto document =
        ParseDocument(Content::Describe(std::string(type), Bytes(data, data + size)));
    if (!document.ok()) continue;
    HALLMARK_CHECK(declared.ok() && declared.value() == type);
    HALLMARK_CHECK(std::holds_alternative<ImageIndex>(document.value()) == IsIndexType(type));
  }
  return 0;
}
