#include "hallmark/base/bytes.h"
#include "hallmark/base/check.h"
#include "hallmark/store/registry/internal/challenge.h"

// However a registry words its challenges, a bounded number comes out.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  net::Response response;
  response.headers.push_back({"WWW-Authenticate", std::string(AsText({data, size}))});
  const auto challenges = store::registry::ParseChallenges(response);
  HALLMARK_CHECK(challenges.size() <= 16);
  for (const auto& challenge : challenges) HALLMARK_CHECK(challenge.params.size() <= 16);
  return 0;
}
