#include "hallmark/policy/tag_pattern.h"

#include <string>

#include "tests/support/catch.h"

namespace hallmark::policy {
namespace {

bool Matches(std::string_view pattern, std::string_view tag) {
  INFO(pattern << " and " << tag);
  const Result<TagPattern> parsed = TagPattern::Parse(pattern);
  REQUIRE(parsed.ok());
  return parsed.value().Matches(tag);
}

TEST_CASE("a tag pattern is literals and stars") {
  CHECK(Matches("1.2.3", "1.2.3"));
  CHECK_FALSE(Matches("1.2.3", "1.2.30"));
  CHECK_FALSE(Matches("1.2.3", "1.2"));
  CHECK_FALSE(Matches("1.2.3", "1x2x3"));
  CHECK_FALSE(Matches("Prod", "prod"));
  CHECK(Matches("*", "anything"));
  CHECK(Matches("v1.*", "v1."));
  CHECK(Matches("v1.*", "v1.2-rc"));
  CHECK_FALSE(Matches("v1.*", "v10"));
  CHECK(Matches("*-alpine", "3.19-alpine"));
  CHECK_FALSE(Matches("*-alpine", "3.19-alpine2"));
  CHECK(Matches("*ab*ab", "abxabab"));
  CHECK_FALSE(Matches("*ab*ab", "ab"));
  CHECK(Matches("a**b*", "ab"));
  CHECK(TagPattern::Parse("1.0").value().IsLiteral());
  CHECK_FALSE(TagPattern::Parse("1.*").value().IsLiteral());
}

TEST_CASE("many stars cost little") {
  std::string pattern;
  for (int i = 0; i < 64; ++i) pattern += "*a";
  CHECK_FALSE(Matches(pattern, std::string(63, 'a') + std::string(65, 'b')));
}

TEST_CASE("what no tag can hold is no tag pattern") {
  const std::string text = GENERATE(std::string(), ".1", "-1", "a b", "a+b", "a/b", "a:b", "a?",
                                    "[a]", "\xC3\xA9", std::string(129, 'a'));
  CHECK(TagPattern::Parse(text).error().code() == ErrorCode::kMalformed);
  CHECK(TagPattern::Parse(std::string(128, '*')).ok());
}

TEST_CASE("semantic versions are those of semver.org 2.0.0") {
  for (const std::string_view tag :
       {"0.0.0", "1.2.3", "v1.2.3", "10.20.30", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-0.3.7",
        "1.0.0-x-y-z.--", "1.0.0-0a", "v2.0.0-rc.1", "99999999999999999999.0.0"}) {
    INFO(tag);
    CHECK(IsSemanticVersion(tag));
  }
  for (const std::string_view tag :
       {"",         "v",          "1",        "1.2",       "1.2.3.4",     "01.2.3",
        "1.02.3",   "1.2.03",     "1.2.x",    "V1.2.3",    "vv1.2.3",     "1.2.3-",
        "1.2.3-01", "1.2.3-a..b", "1.2.3-a.", "1.2.3-a_b", "1.2.3+build", "1..3",
        "-1.2.3",   "latest",     "1.2.3 ",   "v 1.2.3"}) {
    INFO(tag);
    CHECK_FALSE(IsSemanticVersion(tag));
  }
}

}  // namespace
}  // namespace hallmark::policy
