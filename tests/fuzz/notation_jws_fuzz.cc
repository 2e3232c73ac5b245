#include "hallmark/base/check.h"
#include "hallmark/signature/notation/internal/jws.h"

// A JWS that parses is written back to one that says the same over the same signed bytes, and what
// was signed says what the envelope says.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  using namespace hallmark::signature::notation;
  const auto parsed = ParseJws({data, size});
  if (!parsed.ok()) return 0;
  const Envelope& one = parsed.value();
  const auto again = ParseJws(WriteJws(one));
  HALLMARK_CHECK(again.ok());
  const Envelope& two = again.value();
  HALLMARK_CHECK(two.unverified_attributes == one.unverified_attributes);
  HALLMARK_CHECK(two.signed_bytes == one.signed_bytes && two.signature == one.signature);
  HALLMARK_CHECK(two.certificates == one.certificates && two.timestamp == one.timestamp);
  HALLMARK_CHECK(two.signing_agent == one.signing_agent);
  const auto parts = SplitJwsSignedBytes(one.signed_bytes);
  HALLMARK_CHECK(parts.ok() && parts.value().attributes == one.unverified_attributes);
  return 0;
}
