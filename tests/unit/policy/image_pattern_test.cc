#include "hallmark/policy/image_pattern.h"

#include <random>
#include <string>
#include <vector>

#include "hallmark/policy/internal/nearest_name.h"
#include "hallmark/policy/predicate_type.h"
#include "tests/support/catch.h"
#include "tests/support/world.h"

namespace hallmark::policy {
namespace {

using testing::Must;

ImagePattern Pattern(std::string_view text) { return Must(ImagePattern::Parse(text)); }

bool Hits(std::string_view pattern, std::string_view repository) {
  return Pattern(pattern).Matches(Must(oci::Repository::Parse(repository)));
}

bool IsRefused(std::string_view text) {
  const Result<ImagePattern> pattern = ImagePattern::Parse(text);
  return !pattern.ok() && pattern.error().code() == ErrorCode::kMalformed;
}

TEST_CASE("a pattern matches whole path segments") {
  CHECK(Hits("registry.example/prod/**", "registry.example/prod/a"));
  CHECK(Hits("registry.example/prod/**", "registry.example/prod/a/b"));
  CHECK_FALSE(Hits("registry.example/prod/**", "registry.example/prod"));
  CHECK(Hits("registry.example/*/app", "registry.example/team/app"));
  CHECK_FALSE(Hits("registry.example/*/app", "registry.example/a/b/app"));
  CHECK_FALSE(Hits("registry.example/*", "registry.example/a/b"));
  CHECK(Hits("*/prod/**", "other.example:5000/prod/x"));
  CHECK(Hits("**", "anything.example/a/b/c"));
}

TEST_CASE("look-alike names do not match (A69)") {
  const std::string pattern = "registry.example/prod/**";
  CHECK_FALSE(Hits(pattern, "registry.example.evil.com/prod/x"));
  CHECK_FALSE(Hits(pattern, "registry.example/prod-evil/x"));
  CHECK_FALSE(Hits(pattern, "evil/registry.example/prod/x"));
  CHECK_FALSE(Hits(pattern, "evil.com/registry.example/prod/x"));
  CHECK_FALSE(Hits(pattern, "registry.example:5000/prod/x"));
  CHECK(Hits(pattern, "REGISTRY.example/prod/x"));
  CHECK_FALSE(oci::Repository::Parse("registry.example./prod/x").ok());
  CHECK(Hits("Registry.Example/prod/**", "registry.example/prod/x"));
  CHECK(IsRefused("registry.example./prod/**"));
}

TEST_CASE("one canonical name before matching (A73)") {
  const std::string name =
      GENERATE(as<std::string>(), "nginx", "docker.io/nginx", "index.docker.io/library/nginx",
               "docker.io/library/nginx", "docker.io:443/library/nginx");
  CHECK(Hits("docker.io/library/**", name));
  CHECK(Hits("nginx", name));
  CHECK(Hits("library/*", name));
  CHECK(Hits("docker.io/*", name));
  CHECK(Hits("docker.io/**", name));
  CHECK(Hits("index.docker.io/library/nginx", name));
  CHECK_FALSE(Hits("docker.io/bitnami/**", name));
  CHECK(Pattern(name).Canonical() == "docker.io/library/nginx");
}

TEST_CASE("a first segment that is no host is a path of docker.io") {
  CHECK(Hits("prod/**", "docker.io/prod/app"));
  CHECK_FALSE(Hits("prod/**", "registry.example/prod/app"));
  CHECK(Hits("localhost/app", "localhost/app"));
  CHECK(Hits("registry.example:443/app", "registry.example/app"));
}

TEST_CASE("layouts are matched by path, and not by wildcard registries") {
  const oci::Repository layout = Must(oci::Repository::ForLayout("/srv/images/app"));
  CHECK(Pattern("oci:/srv/**").Matches(layout));
  CHECK(Pattern("oci:/srv/images/app").Matches(layout));
  CHECK(Pattern("oci:/srv/*/app").Matches(layout));
  CHECK(Pattern("**").Matches(layout));
  CHECK_FALSE(Pattern("oci:/other/**").Matches(layout));
  CHECK_FALSE(Pattern("*/srv/**").Matches(layout));
  CHECK_FALSE(Pattern("*/**").Matches(layout));
  CHECK_FALSE(Pattern("oci:/srv/**").Matches(Must(oci::Repository::Parse("srv.example/x"))));
}

TEST_CASE("patterns that could be misread are refused") {
  const std::string text = GENERATE(
      as<std::string>(), "", " ", "*", "registry.example", "localhost", "localhost:5000",
      "registry.example/**/app", "registry.example/prod-*", "registry.example/pr*od/**", "a//b",
      "/a", "a/", "registry.example/", "registry.example/app:1.0", "registry.example/*:1.0",
      "registry.example/app@sha256:00", "registry.example/UPPER", "***", "**/app",
      "oci:relative/**", "oci:", "oci:/", "oci:/a/../b", "oci:/a//b", "registry.example/app\n",
      "registry.example/\xc3\xa4", "https://registry.example/app");
  CAPTURE(text);
  CHECK(IsRefused(text));
}

TEST_CASE("a pattern over its limit is refused with a short message") {
  const Result<ImagePattern> pattern = ImagePattern::Parse(std::string(100'000, 'a'));
  REQUIRE_FALSE(pattern.ok());
  CHECK(pattern.error().message().size() < 400);
}

TEST_CASE("literal beats one, one beats rest, longer beats shorter") {
  const std::vector<std::string> rising = {"**",
                                           "*/**",
                                           "*/*",
                                           "r.example/**",
                                           "r.example/*",
                                           "r.example/*/**",
                                           "r.example/*/*",
                                           "r.example/a",
                                           "r.example/a/**",
                                           "r.example/a/*",
                                           "r.example/a/b"};
  for (std::size_t i = 0; i < rising.size(); ++i) {
    for (std::size_t j = 0; j < rising.size(); ++j) {
      CAPTURE(rising[i], rising[j]);
      CHECK((Pattern(rising[i]).CompareSpecificity(Pattern(rising[j])) < 0) == (i < j));
    }
  }
}

TEST_CASE("overlap is about a name that both match") {
  CHECK(Pattern("r.example/*/b").Overlaps(Pattern("r.example/a/*")));
  CHECK(Pattern("r.example/**").Overlaps(Pattern("*/a/b/c")));
  CHECK(Pattern("**").Overlaps(Pattern("oci:/a")));
  CHECK_FALSE(Pattern("*/**").Overlaps(Pattern("oci:/a/b")));
  CHECK_FALSE(Pattern("r.example/a").Overlaps(Pattern("r.example/b")));
  CHECK_FALSE(Pattern("r.example/a").Overlaps(Pattern("r.example/a/**")));
}

TEST_CASE("property: equally specific and overlapping means the same pattern") {
  std::mt19937 random(7);
  const std::vector<std::string> words = {"a", "b", "*", "library"};
  const auto make = [&] {
    std::string text = std::vector<std::string>{"r.example", "docker.io", "*", "a"}[random() % 4];
    const std::size_t length = 1 + random() % 3;
    for (std::size_t i = 0; i < length; ++i) text += "/" + words[random() % words.size()];
    return random() % 3 == 0 ? text + "/**" : text;
  };
  for (int i = 0; i < 20'000; ++i) {
    const ImagePattern a = Pattern(make());
    const ImagePattern b = Pattern(make());
    CAPTURE(a.text(), b.text());
    const bool tie = a.CompareSpecificity(b) == 0 && a.Overlaps(b);
    REQUIRE(tie == (a.Canonical() == b.Canonical()));
    REQUIRE(a.Overlaps(b) == b.Overlaps(a));
    const oci::Repository name = Must(oci::Repository::Parse("r.example/a/b"));
    if (a.Matches(name) && b.Matches(name)) REQUIRE(a.Overlaps(b));
  }
}

TEST_CASE("attestation types have cosign's short names") {
  CHECK(Must(PredicateTypeFromName("custom")) == "https://cosign.sigstore.dev/attestation/v1");
  CHECK(Must(PredicateTypeFromName("slsaprovenance")) == "https://slsa.dev/provenance/v0.2");
  CHECK(Must(PredicateTypeFromName("slsaprovenance1")) == "https://slsa.dev/provenance/v1");
  CHECK(Must(PredicateTypeFromName("spdx")) == "https://spdx.dev/Document");
  CHECK(Must(PredicateTypeFromName("cyclonedx")) == "https://cyclonedx.org/bom");
  CHECK(Must(PredicateTypeFromName("vuln")) == "https://cosign.sigstore.dev/attestation/vuln/v1");
  CHECK(Must(PredicateTypeFromName("openvex")) == "https://openvex.dev/ns");
  CHECK(Must(PredicateTypeFromName("link")) == "https://in-toto.io/Link/v1");
  CHECK(Must(PredicateTypeFromName("urn:x")) == "urn:x");
}

TEST_CASE("a type that is neither name nor URI is refused") {
  const std::string name = GENERATE(as<std::string>(), "", " ", "spdxx", "SPDX", "https:", ":x",
                                    "1a:b", "https://a b", "urn:\x01", "urn:\xc3\xa4");
  const Result<std::string> type = PredicateTypeFromName(name);
  REQUIRE_FALSE(type.ok());
  CHECK(type.error().code() == ErrorCode::kConfig);
}

TEST_CASE("a near name is suggested, a far one is not") {
  CHECK(DidYouMean("annotation", {"mode", "annotations"}) == "; did you mean \"annotations\"?");
  CHECK(DidYouMean("Mode", {"mode"}) == "; did you mean \"mode\"?");
  CHECK(DidYouMean("mdoe", {"mode"}) == "; did you mean \"mode\"?");
  CHECK(DidYouMean("mutateDigest", {"mode", "images"}).empty());
  CHECK(DidYouMean("", {"mode"}).empty());
  CHECK(DidYouMean(std::string(100'000, 'm'), {"mode"}).empty());
}

}  // namespace
}  // namespace hallmark::policy
