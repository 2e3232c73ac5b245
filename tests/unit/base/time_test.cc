#include "hallmark/base/time.h"

#include "tests/support/catch.h"

namespace hallmark {
namespace {

TEST_CASE("the system clock tells whole seconds of UTC") {
  const auto before = std::chrono::system_clock::now();
  const UnixTime now = SystemClock().Now();
  const auto after = std::chrono::system_clock::now();
  CHECK(now >= before - std::chrono::seconds(1));
  CHECK(now <= after);
}

}  // namespace
}  // namespace hallmark
