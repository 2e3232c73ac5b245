#include "hallmark/base/check.h"
#include "hallmark/oci/reference.h"

// The canonical spelling is a fixed point, and never a layout.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  using oci::Reference;
  const auto reference = Reference::Parse(AsText({data, size}));
  if (!reference.ok()) return 0;
  const Reference& parsed = reference.value();
  HALLMARK_CHECK(parsed.tag() || parsed.digest());
  HALLMARK_CHECK(!parsed.repository().is_layout());
  const auto again = Reference::Parse(parsed.ToString());
  HALLMARK_CHECK(again.ok() && again.value().ToString() == parsed.ToString());
  HALLMARK_CHECK(again.value().repository() == parsed.repository());
  return 0;
}
