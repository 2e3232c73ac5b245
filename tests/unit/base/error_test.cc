#include "hallmark/base/error.h"

#include <set>
#include <string>

#include "tests/support/catch.h"

namespace hallmark {
namespace {

TEST_CASE("every code has a word of its own") {
  std::set<std::string_view> words;
  for (int code = 1; code <= static_cast<int>(ErrorCode::kInternal); ++code) {
    words.insert(ToWord(static_cast<ErrorCode>(code)));
  }
  CHECK(words.size() == 13);
}

TEST_CASE("the words are what verdicts promise") {
  CHECK(ToWord(ErrorCode::kMismatch) == "wrong-digest");
  CHECK(ToWord(ErrorCode::kDenied) == "auth");
  CHECK(ToWord(ErrorCode::kUnavailable) == "unreachable");
  CHECK(ToWord(ErrorCode::kTimeout) == "timeout");
  CHECK(ToWord(ErrorCode::kThrottled) == "throttled");
  CHECK(ToWord(ErrorCode::kMalformed) == "malformed");
}

}  // namespace
}  // namespace hallmark
