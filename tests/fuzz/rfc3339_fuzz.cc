#include "hallmark/base/bytes.h"
#include "hallmark/base/check.h"
#include "hallmark/encoding/rfc3339.h"

// A time that parses is written in a form that parses to the same time.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  using namespace hallmark::encoding;
  const auto time = FromRfc3339(AsText({data, size}));
  if (!time.ok()) return 0;
  const auto again = FromRfc3339(ToRfc3339(time.value()));
  // A year of 9999 may end in 10000 by an offset, which has no four digits.
  if (ToRfc3339(time.value()).size() == 20) {
    HALLMARK_CHECK(again.ok() && again.value() == time.value());
  }
  return 0;
}
