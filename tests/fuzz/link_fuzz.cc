#include "hallmark/base/check.h"
#include "hallmark/store/registry/internal/link.h"
#include "hallmark/store/registry/internal/retry_after.h"

// However a registry words where the next page is, it is at the registry; however it words when to
// come back, it is not in the past.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  using namespace hallmark::store::registry;
  const std::string text(AsText({data, size}));
  Answer answer{};
  answer.url = ParseUrl("https://registry.example/v2/app/referrers/x").value();
  answer.response.status = 429;
  answer.response.headers = {
      {"Link", text}, {"Retry-After", text}, {"Date", "Sun, 06 Nov 1994 08:49:37 GMT"}};
  const auto page = NextPage(answer);
  if (page.ok() && page.value()) HALLMARK_CHECK(SameOrigin(*page.value(), answer.url));
  const auto wait = RetryAfter(answer.response);
  HALLMARK_CHECK(!wait || wait->count() >= 0);
  return 0;
}
