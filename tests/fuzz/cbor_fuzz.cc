#include "hallmark/base/check.h"
#include "hallmark/encoding/cbor.h"

// What parses strictly parses leniently, is written back to its own bytes when it was
// deterministic, and to one fixed point when it was not.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  constexpr cbor::Limits kLimits{1 << 20, 32, 10'000};
  // Definite heads may be shorter and doubles longer than what was read.
  constexpr cbor::Limits kWritten{1 << 24, 32, 10'000};
  const ByteView bytes(data, size);
  bool was_allowed = false;
  for (const auto encoding : {cbor::Encoding::kDeterministic, cbor::Encoding::kShortest,
                              cbor::Encoding::kDefinite, cbor::Encoding::kAny}) {
    const bool allowed = cbor::Parse(bytes, encoding, kLimits).ok();
    HALLMARK_CHECK(allowed || !was_allowed);
    was_allowed = allowed;
  }
  const auto strict = cbor::Parse(bytes, cbor::Encoding::kDeterministic, kLimits);
  if (strict.ok()) HALLMARK_CHECK(cbor::Encode(strict.value()) == Bytes(data, data + size));
  const auto parsed = cbor::Parse(bytes, cbor::Encoding::kAny, kLimits);
  if (!parsed.ok()) return 0;
  const Bytes written = cbor::Encode(parsed.value());
  const auto again = cbor::Parse(written, cbor::Encoding::kShortest, kWritten);
  HALLMARK_CHECK(again.ok());
  HALLMARK_CHECK(cbor::Encode(again.value()) == written);
  return 0;
}
