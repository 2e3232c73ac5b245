#include "hallmark/encoding/rfc3339.h"

#include "tests/support/catch.h"

namespace hallmark::encoding {
namespace {

using std::chrono::seconds;

UnixTime At(std::int64_t value) { return UnixTime(seconds(value)); }

TEST_CASE("times are written in UTC, whole seconds") {
  CHECK(ToRfc3339(At(0)) == "1970-01-01T00:00:00Z");
  CHECK(ToRfc3339(At(1'000'000'000)) == "2001-09-09T01:46:40Z");
  CHECK(ToRfc3339(At(951'782'400)) == "2000-02-29T00:00:00Z");
  CHECK(ToRfc3339(At(253'402'300'799)) == "9999-12-31T23:59:59Z");
}

TEST_CASE("what is written reads back") {
  for (std::int64_t value = 0; value < 253'402'300'799; value += 86'400 * 97 + 4'321) {
    REQUIRE(FromRfc3339(ToRfc3339(At(value))).value() == At(value));
  }
}

TEST_CASE("fractions are cut off and offsets applied") {
  CHECK(FromRfc3339("2001-09-09T01:46:40.999999999Z").value() == At(1'000'000'000));
  CHECK(FromRfc3339("2001-09-09T01:46:40.5+00:00").value() == At(1'000'000'000));
  CHECK(FromRfc3339("2001-09-09T03:46:40+02:00").value() == At(1'000'000'000));
  CHECK(FromRfc3339("2001-09-08T20:16:40-05:30").value() == At(1'000'000'000));
  CHECK(FromRfc3339("2001-09-09T01:46:40-00:00").value() == At(1'000'000'000));
}

TEST_CASE("leap years are known") {
  CHECK(FromRfc3339("2024-02-29T00:00:00Z").ok());
  CHECK(FromRfc3339("2000-02-29T00:00:00Z").ok());
  CHECK_FALSE(FromRfc3339("2023-02-29T00:00:00Z").ok());
  CHECK_FALSE(FromRfc3339("2100-02-29T00:00:00Z").ok());
}

TEST_CASE("anything else is malformed") {
  const std::string_view text =
      GENERATE(as<std::string_view>{}, "", "2026", "2026-11-24", "2026-11-24T06:26:03",
               "2026-11-24 06:26:03Z", "2026-11-24t06:26:03Z", "2026-11-24T06:26:03z",
               "2026-11-24T06:26Z", "2026-11-24T06:26:03.Z", "2026-11-24T06:26:60Z",
               "2026-11-24T24:00:00Z", "2026-11-24T06:60:03Z", "2026-13-24T06:26:03Z",
               "2026-00-24T06:26:03Z", "2026-11-31T06:26:03Z", "2026-11-00T06:26:03Z",
               "2026-1-24T06:26:03Z", "26-11-24T06:26:03Z", "02026-11-24T06:26:03Z",
               "2026-11-24T06:26:03Z ", " 2026-11-24T06:26:03Z", "2026-11-24T06:26:03ZZ",
               "2026-11-24T06:26:03+0200", "2026-11-24T06:26:03+02", "2026-11-24T06:26:03+24:00",
               "2026-11-24T06:26:03+02:60", "2026-11-24T06:26:03,5Z", "2026-11-24T06:26:0xZ",
               "+026-11-24T06:26:03Z", "-026-11-24T06:26:03Z", "2026-11-24T06:26:-3Z",
               "1969-12-31T23:59:59Z", "1970-01-01T00:00:00+01:00", "0000-01-01T00:00:00Z");
  INFO(text);
  CHECK(FromRfc3339(text).error().code() == ErrorCode::kMalformed);
}

TEST_CASE("endless fractions and NUL are malformed") {
  CHECK_FALSE(FromRfc3339("2026-11-24T06:26:03." + std::string(100, '0') + "Z").ok());
  CHECK_FALSE(FromRfc3339(std::string_view("2026-11-24T06:26:03Z\0", 21)).ok());
}

}  // namespace
}  // namespace hallmark::encoding
