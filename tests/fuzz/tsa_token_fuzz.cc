#include "hallmark/base/check.h"
#include "hallmark/tsa/verify.h"

// A token is its bytes; no bytes prove a time to who trusts nobody, and none are of another
// message.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const ByteView input(data, size);
  const UnixTime far{std::chrono::hours(24 * 365 * 1000)};
  const auto token = tsa::ParseToken(input);
  if (!token.ok()) {
    HALLMARK_CHECK(!token.error().message().empty());
    const auto fault = tsa::VerifyToken(input, input, {}, far);
    HALLMARK_CHECK(std::holds_alternative<tsa::Fault>(fault));
    return 0;
  }
  HALLMARK_CHECK(AsText(token.value().der()) == AsText(input));
  const tsa::TstInfo& info = token.value().unverified_info();
  HALLMARK_CHECK(info.imprint.digest.size() == crypto::HashSize(info.imprint.hash));
  HALLMARK_CHECK(info.GenTime().IsWithin(info.Range()));
  // No token holds a message of which it is the hash.
  const tsa::Trust trust{token.value().certificates(), {}};
  HALLMARK_CHECK(std::holds_alternative<tsa::Fault>(tsa::Verify(token.value(), input, {}, far)));
  HALLMARK_CHECK(std::holds_alternative<tsa::Fault>(tsa::Verify(token.value(), input, trust, far)));
  return 0;
}
