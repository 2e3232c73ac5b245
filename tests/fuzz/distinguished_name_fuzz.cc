#include "hallmark/base/check.h"
#include "hallmark/base/utf8.h"
#include "hallmark/x509/distinguished_name.h"

// A parsed identity has its mandatory parts, in UTF-8, and lies within itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const auto name = x509::DistinguishedName::Parse(AsText({data, size}));
  if (!name.ok()) return 0;
  HALLMARK_CHECK(name.value().attributes().size() >= 3);
  HALLMARK_CHECK(name.value().IsWithin(name.value()));
  for (const auto& [type, value] : name.value().attributes()) {
    HALLMARK_CHECK(!type.empty() && !value.empty() && IsUtf8(value));
  }
  return 0;
}
