#include "hallmark/base/check.h"
#include "hallmark/signature/bundle/internal/bundle_parse.h"

// A bundle that parses is written back to one that says the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  namespace bundle = hallmark::signature::bundle;
  const auto parsed = bundle::ParseBundle({data, size});
  if (!parsed.ok()) return 0;
  const std::string written = bundle::WriteBundle(parsed.value());
  const auto again = bundle::ParseBundle(AsBytes(written));
  HALLMARK_CHECK(again.ok());
  HALLMARK_CHECK(again.value().payload == parsed.value().payload);
  HALLMARK_CHECK(again.value().payload_type == parsed.value().payload_type);
  HALLMARK_CHECK(again.value().signature == parsed.value().signature);
  HALLMARK_CHECK(again.value().key_hint == parsed.value().key_hint);
  return 0;
}
