#include "hallmark/base/check.h"
#include "hallmark/signature/notation/internal/cose.h"

// A COSE_Sign1 that parses is written back to one that says the same over the same signed bytes,
// and what was signed says what the envelope says.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  using namespace hallmark::signature::notation;
  const auto parsed = ParseCose({data, size});
  if (!parsed.ok()) return 0;
  const Envelope& one = parsed.value();
  const auto again = ParseCose(WriteCose(one));
  HALLMARK_CHECK(again.ok());
  const Envelope& two = again.value();
  HALLMARK_CHECK(two.unverified_attributes == one.unverified_attributes);
  HALLMARK_CHECK(two.signed_bytes == one.signed_bytes && two.signature == one.signature);
  HALLMARK_CHECK(two.certificates == one.certificates && two.timestamp == one.timestamp);
  HALLMARK_CHECK(two.signing_agent == one.signing_agent);
  const auto parts = SplitCoseSignedBytes(one.signed_bytes);
  HALLMARK_CHECK(parts.ok() && parts.value().attributes == one.unverified_attributes);
  return 0;
}
