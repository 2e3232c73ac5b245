#include "hallmark/base/check.h"
#include "hallmark/encoding/pem.h"

// Both readers agree, and what is read can be written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  using namespace hallmark::encoding;
  const auto block = ParsePem(AsText({data, size}));
  Bytes copy(data, data + size);
  const auto secret = ParseSecretPem(Secret::TakeAndWipe(copy));
  HALLMARK_CHECK(block.ok() == secret.ok());
  if (!block.ok()) return 0;
  HALLMARK_CHECK(AsText(secret.value().bytes.ExposeSecret()) == AsText(block.value().bytes));
  HALLMARK_CHECK(PeekPemLabel(AsText({data, size})).value() == block.value().label);
  const auto again = ParsePem(ToPem(block.value().label, block.value().bytes));
  HALLMARK_CHECK(again.ok() && again.value().bytes == block.value().bytes);
  return 0;
}
