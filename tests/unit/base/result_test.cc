#include "hallmark/base/result.h"

#include <string>

#include "tests/support/catch.h"

namespace hallmark {
namespace {

Result<int> Half(int value) {
  if (value % 2 != 0) return Error(ErrorCode::kMalformed, "odd number");
  return value / 2;
}

Result<std::string> Describe(int value) {
  HALLMARK_ASSIGN(const int half, Half(value));
  return std::to_string(half);
}

TEST_CASE("a Result carries a value or an Error") {
  CHECK(Half(4).value() == 2);
  CHECK(Half(3).error().code() == ErrorCode::kMalformed);
}

TEST_CASE("HALLMARK_ASSIGN hands the Error on") {
  CHECK(Describe(8).value() == "4");
  CHECK(Describe(7).error().message() == "odd number");
}

TEST_CASE("While says what was being done, outermost first") {
  CHECK(Error(ErrorCode::kTimeout, "read").While("fetch").While("verify").message() ==
        "verify: fetch: read");
}

TEST_CASE("every code has its own word") {
  CHECK(ToWord(ErrorCode::kMismatch) == "wrong-digest");
  CHECK(ToWord(ErrorCode::kDenied) == "auth");
  CHECK(ToWord(ErrorCode::kUnavailable) == "unreachable");
}

}  // namespace
}  // namespace hallmark
