#include <string>

#include "hallmark/policy/internal/image_rule_reader.h"
#include "tests/support/catch.h"
#include "tests/support/world.h"
#include "tests/unit/policy/schema_validator.h"

namespace hallmark::policy {
namespace {

Result<ImageRule> Read(const std::string& text) {
  return ReadImageRule(testing::ParseJson(text), "rules[0].image");
}

ImageRule MustRead(const std::string& text) {
  INFO(text);
  return testing::Must(Read(text));
}

const std::string kDigest =
    "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

TEST_CASE("an image rule is read whole") {
  const ImageRule rule = MustRead(
      R"({"comment":"c","user":"numeric-not-root","tag":"semver","tagPatterns":["1.*","2.0.0"],)"
      R"("maxBytes":1000,"maxLayers":20,"labels":{"team":"pay","version":true},)"
      R"("platforms":["linux/amd64","linux/arm/v7"],"base":{"images":["debian","r.example/**"],)"
      R"("digests":[")" +
      kDigest +
      R"("]},"maxAge":"30d","secrets":"refuse","allowVariables":["A_TOKEN"],)"
      R"("mediaTypes":"allow-foreign"})");
  CHECK(rule.user == ImageRule::User::kNumericNotRoot);
  CHECK(rule.tag == ImageRule::Tag::kSemanticVersion);
  REQUIRE(rule.tag_patterns.size() == 2);
  CHECK(rule.tag_patterns[0].text() == "1.*");
  CHECK(rule.max_bytes == 1000);
  CHECK(rule.max_layers == 20);
  CHECK(rule.labels == std::map<std::string, std::optional<std::string>>{
                           {"team", "pay"}, {"version", std::nullopt}});
  CHECK(rule.platforms ==
        std::vector<oci::Platform>{{"linux", "amd64", "", ""}, {"linux", "arm", "v7", ""}});
  REQUIRE(rule.base);
  CHECK(rule.base->images.size() == 2);
  REQUIRE(rule.base->digests.size() == 1);
  CHECK(rule.base->digests[0].ToString() == kDigest);
  CHECK(rule.max_age == std::chrono::hours(24 * 30));
  REQUIRE(rule.no_secrets);
  CHECK(rule.no_secrets->allowed == std::set<std::string>{"A_TOKEN"});
  CHECK(rule.media_types == ImageRule::MediaTypes::kAllowForeign);
}

TEST_CASE("one condition is an image rule, and nothing else is asked") {
  const ImageRule rule = MustRead(R"({"user":"not-root"})");
  CHECK(rule.user == ImageRule::User::kNotRoot);
  CHECK_FALSE(rule.tag);
  CHECK(rule.tag_patterns.empty());
  CHECK_FALSE(rule.max_bytes);
  CHECK_FALSE(rule.max_layers);
  CHECK(rule.labels.empty());
  CHECK(rule.platforms.empty());
  CHECK_FALSE(rule.base);
  CHECK_FALSE(rule.max_age);
  CHECK_FALSE(rule.no_secrets);
  CHECK_FALSE(rule.media_types);
  CHECK(MustRead(R"({"tag":"not-latest"})").tag == ImageRule::Tag::kNotLatest);
  CHECK(MustRead(R"({"tag":"pinned","tagPatterns":["x"]})").tag == ImageRule::Tag::kPinned);
  CHECK(MustRead(R"({"tagPatterns":["x"]})").tag_patterns.size() == 1);
  CHECK(MustRead(R"({"maxBytes":1})").max_bytes == 1);
  CHECK(MustRead(R"({"maxLayers":1})").max_layers == 1);
  CHECK(MustRead(R"({"labels":{"a":""}})").labels.at("a") == "");
  CHECK(MustRead(R"({"base":{"digests":[")" + kDigest + R"("]}})").base->images.empty());
  CHECK(MustRead(R"({"base":{"images":["debian"]}})").base->digests.empty());
  CHECK(MustRead(R"({"maxAge":"1s"})").max_age == std::chrono::seconds(1));
  CHECK(MustRead(R"({"secrets":"refuse"})").no_secrets->allowed.empty());
  CHECK(MustRead(R"({"mediaTypes":"known"})").media_types == ImageRule::MediaTypes::kKnown);
}

struct Refused {
  std::string text;
  std::string part;  // of the message
};

TEST_CASE("image rules that cannot be meant are refused, with the place") {
  const Refused refused = GENERATE(
      values<Refused>({{"{}", "rules[0].image: want at least one condition"},
                       {R"({"comment":"x"})", "want at least one condition"},
                       {"[]", "want an object"},
                       {R"({"usr":"not-root"})", "did you mean \"user\"?"},
                       {R"({"user":"not-root","comment":1})", "want a string"},
                       {R"({"user":"root"})", "want \"not-root\" or"},
                       {R"({"user":true})", "want a string"},
                       {R"({"tag":"latest"})", "want \"not-latest\", "},
                       {R"({"tag":["semver"]})", "want a string"},
                       {R"({"tagPatterns":[]})", "want at least one"},
                       {R"({"tagPatterns":"1.*"})", "want an array"},
                       {R"({"tagPatterns":["1.*","1.*"]})", "tagPatterns[1]: stands in the list"},
                       {R"({"tagPatterns":[1]})", "tagPatterns[0]: want a string"},
                       {R"({"tagPatterns":["a b"]})", "tag pattern"},
                       {R"({"tag":"semver","tagPatterns":["1.*","v1"]})", "\"v1\" is no semantic"},
                       {R"({"maxBytes":0})", "want at least 1"},
                       {R"({"maxBytes":"1G"})", "want an integer"},
                       {R"({"maxBytes":1.5})", "want an integer"},
                       {R"({"maxLayers":0})", "want at least 1"},
                       {R"({"maxLayers":-1})", "want an integer"},
                       {R"({"labels":{}})", "want at least one"},
                       {R"({"labels":["a"]})", "want an object"},
                       {R"({"labels":{"":"x"}})", "want a name"},
                       {R"({"labels":{"a":false}})", "labels.a: want a string, or true"},
                       {R"({"labels":{"a":1}})", "want a string, or true"},
                       {R"({"platforms":[]})", "want at least one"},
                       {R"({"platforms":["amd64"]})", "platforms[0]: want a platform"},
                       {R"({"platforms":["linux/"]})", "want a platform"},
                       {R"({"platforms":["linux/arm/v7/x"]})", "want a platform"},
                       {R"({"platforms":["Linux/amd64"]})", "want a platform"},
                       {R"({"platforms":["linux/amd64","linux/amd64"]})", "stands in the list"},
                       {R"({"base":{}})", "want \"images\", \"digests\" or both"},
                       {R"({"base":"debian"})", "want an object"},
                       {R"({"base":{"image":["a"]}})", "did you mean \"images\"?"},
                       {R"({"base":{"images":[]}})", "want at least one"},
                       {R"({"base":{"images":["a*b"]}})", "base.images[0]: image pattern"},
                       {R"({"base":{"images":["nginx","docker.io/library/nginx"]}})",
                        "base.images[1]: stands in the list already"},
                       {R"({"base":{"digests":["sha256:x"]}})", "base.digests[0]: "},
                       {R"({"maxAge":"0d"})", "want a duration"},
                       {R"({"maxAge":30})", "want a string"},
                       {R"({"secrets":"allow"})", "want \"refuse\""},
                       {R"({"secrets":true})", "want a string"},
                       {R"({"allowVariables":["A"]})", "belongs beside \"secrets\""},
                       {R"({"secrets":"refuse","allowVariables":[]})", "want at least one"},
                       {R"({"secrets":"refuse","allowVariables":[""]})", "want the name"},
                       {R"({"secrets":"refuse","allowVariables":["A=b"]})", "want the name"},
                       {R"({"mediaTypes":"any"})", "want \"known\" or"},
                       {R"({"mediaTypes":null})", "want a string"}}));
  INFO(refused.text);
  const Result<ImageRule> rule = Read(refused.text);
  REQUIRE_FALSE(rule.ok());
  INFO(rule.error().message());
  CHECK(rule.error().message().starts_with("1:"));
  CHECK(rule.error().message().find("rules[0].image") != std::string::npos);
  CHECK(rule.error().message().find(refused.part) != std::string::npos);
}

}  // namespace
}  // namespace hallmark::policy
