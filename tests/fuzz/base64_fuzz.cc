#include "hallmark/base/check.h"
#include "hallmark/encoding/base64.h"

// A text decodes only if it is exactly what encoding gives.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  using namespace hallmark::encoding;
  const std::string_view text = AsText({data, size});
  if (const auto bytes = FromBase64(text); bytes.ok()) {
    HALLMARK_CHECK(ToBase64(bytes.value()) == text);
  }
  if (const auto bytes = FromBase64Url(text); bytes.ok()) {
    HALLMARK_CHECK(ToBase64Url(bytes.value()) == text);
  }
  HALLMARK_CHECK(FromBase64(ToBase64(AsBytes(text))).ok());
  return 0;
}
