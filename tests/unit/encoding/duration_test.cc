#include "hallmark/encoding/duration.h"

#include <chrono>
#include <string>

#include "tests/support/catch.h"

namespace hallmark::encoding {
namespace {

TEST_CASE("durations are a whole number and a unit") {
  using std::chrono::hours;
  const auto [text, want] = GENERATE(table<std::string, std::chrono::seconds>({
      {"30s", std::chrono::seconds(30)},
      {"1m", std::chrono::minutes(1)},
      {"12h", hours(12)},
      {"90d", hours(24 * 90)},
      {"2w", hours(24 * 14)},
      {"36500d", hours(24 * 36500)},
  }));
  const Result<std::chrono::seconds> duration = ParseDuration(text);
  REQUIRE(duration.ok());
  CHECK(duration.value() == want);
}

TEST_CASE("anything else is no duration") {
  const std::string text =
      GENERATE(as<std::string>(), "", "d", "7", "0d", "07d", "-1d", "+1d", "1.5h", "7 d", " 7d",
               "7d ", "7D", "7dd", "1ms", "101y", "36501d", "99999999999999999999d", "0x7d");
  CAPTURE(text);
  const Result<std::chrono::seconds> duration = ParseDuration(text);
  REQUIRE_FALSE(duration.ok());
  CHECK(duration.error().code() == ErrorCode::kMalformed);
}

TEST_CASE("durations are told in the largest unit that is exact") {
  const std::string text =
      GENERATE(as<std::string>(), "1s", "90s", "1m", "59m", "1h", "36h", "1d", "400d");
  CHECK(DurationText(ParseDuration(text).value()) == text);
  CHECK(DurationText(ParseDuration("2w").value()) == "14d");
  CHECK(DurationText(ParseDuration("60m").value()) == "1h");
  CHECK(DurationText(ParseDuration("1y").value()) == "365d");
}

}  // namespace
}  // namespace hallmark::encoding
