#include "hallmark/base/check.h"
#include "hallmark/oci/digest.h"

// A digest has one spelling.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const std::string_view text = AsText({data, size});
  const auto digest = oci::Digest::Parse(text);
  if (digest.ok()) HALLMARK_CHECK(digest.value().ToString() == text);
  return 0;
}
