#include <algorithm>

#include "hallmark/base/bytes.h"
#include "hallmark/base/check.h"
#include "hallmark/base/printable.h"
#include "hallmark/base/utf8.h"

// Whatever comes in, one line of UTF-8 without control characters comes out.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const std::string shown = Printable(AsText({data, size}));
  HALLMARK_CHECK(IsUtf8(shown));
  HALLMARK_CHECK(std::all_of(shown.begin(), shown.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F;
  }));
  HALLMARK_CHECK(shown.size() <= kMaxPrintable * 9 + 3);
  return 0;
}
