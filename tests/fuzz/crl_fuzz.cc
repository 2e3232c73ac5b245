#include "hallmark/base/check.h"
#include "hallmark/revocation/crl.h"
#include "hallmark/revocation/places.h"

// A list is its bytes, and every entry that was counted; value xor Error.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const ByteView input(data, size);
  const auto points = revocation::ParseDistributionPoints(input);
  if (points.ok()) {
    const revocation::Places places{false, true, {}, points.value()};
    for (const std::string& url : places.CrlUrls()) HALLMARK_CHECK(url.starts_with("http://"));
  }
  const auto crl = revocation::ParseCrl(input);
  if (!crl.ok()) {
    HALLMARK_CHECK(!crl.error().message().empty());
    return 0;
  }
  HALLMARK_CHECK(AsText(crl.value().der()) == AsText(input));
  HALLMARK_CHECK(!crl.value().unverified_issuer().empty());
  HALLMARK_CHECK(crl.value().entry_count() <= size);
  return 0;
}
