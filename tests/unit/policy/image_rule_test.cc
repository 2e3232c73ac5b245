#include "hallmark/policy/image_rule.h"

#include <limits>
#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/world.h"
#include "tests/unit/policy/evidence.h"

namespace hallmark::policy {
namespace {

using testing::kNow;
using testing::Must;
using testing::Ref;

const std::string kLayer = "application/vnd.oci.image.layer.v1.tar+gzip";
const std::string kForeign = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";
const std::string kConfig = "application/vnd.oci.image.config.v1+json";
const std::string kBaseName = "org.opencontainers.image.base.name";
const std::string kBaseDigest = "org.opencontainers.image.base.digest";

oci::Digest DigestOf(std::string_view text) {
  return oci::Digest::Of(oci::Digest::Algorithm::kSha256, AsBytes(text));
}

oci::Descriptor Descriptor(const std::string& type, std::uint64_t size = 10) {
  return oci::Descriptor{type, DigestOf(type), size, "", {}, std::nullopt};
}

// An image that meets every condition of the tests below, until one of them changes it.
struct Image {
  oci::Reference asked = Ref("registry.example/app:1.2.3");
  oci::ImageManifest manifest;
  oci::ImageConfig config;
  bool has_config = true;

  Image() {
    manifest.config = Descriptor(kConfig);
    manifest.layers = {Descriptor(kLayer, 100), Descriptor(kLayer, 200)};
    config.platform = {"linux", "amd64", "", ""};
    config.created = kNow - std::chrono::hours(24);
    config.user = "1000";
    config.layers = 2;
  }

  std::vector<ImageFault> Judged(const ImageRule& rule) const {
    return Judge(rule, {asked, manifest, has_config ? &config : nullptr}, kNow);
  }
  // The reasons, blank between; empty when the rule is met.
  std::string Faults(const ImageRule& rule) const {
    std::string reasons;
    for (const ImageFault& fault : Judged(rule)) {
      reasons += (reasons.empty() ? "" : " ") + std::string(fault.reason);
    }
    return reasons;
  }
  std::string Detail(const ImageRule& rule) const {
    const std::vector<ImageFault> faults = Judged(rule);
    REQUIRE(faults.size() == 1);
    return faults[0].detail;
  }
};

ImageRule UserRule(ImageRule::User user) {
  ImageRule rule;
  rule.user = user;
  return rule;
}

std::string UserFaults(const std::string& user, ImageRule::User wanted) {
  INFO(user);
  Image image;
  image.config.user = user;
  return image.Faults(UserRule(wanted));
}

TEST_CASE("numbers other than 0 are not root, whatever is asked") {
  const ImageRule::User wanted =
      GENERATE(ImageRule::User::kNotRoot, ImageRule::User::kNumericNotRoot);
  for (const std::string user :
       {"1", "1000", "1000:1000", "1000:0", "1000:staff", "1000:", "65532:root", "2147483647"}) {
    CHECK(UserFaults(user, wanted).empty());
  }
}

TEST_CASE("root is root in every spelling that a runtime takes for it") {
  const ImageRule::User wanted =
      GENERATE(ImageRule::User::kNotRoot, ImageRule::User::kNumericNotRoot);
  for (const std::string user : {"",
                                 ":",
                                 ":1000",
                                 "0",
                                 "0:1000",
                                 "0:0",
                                 "root",
                                 "root:1000",
                                 "00",
                                 "000:1",
                                 "+0",
                                 "-0",
                                 "+1",
                                 "-1",
                                 " 0",
                                 "0x0",
                                 "01000",
                                 "2147483648",
                                 "4294967296",
                                 "4294967296:1",
                                 "1000:4294967296",
                                 "1000:+0",
                                 "1000:1:2",
                                 "1000:-1",
                                 " root",
                                 "root ",
                                 "\xC3\xA9",
                                 "a b",
                                 "..",
                                 "99999999999"}) {
    CHECK(UserFaults(user, wanted) == "image-root");
  }
}

TEST_CASE("names are not root, unless a number is asked for") {
  for (const std::string user :
       {"app", "_apt", "nobody:nogroup", "www-data", "a.b_c-1:1000", "Root", "roots"}) {
    CHECK(UserFaults(user, ImageRule::User::kNotRoot).empty());
    CHECK(UserFaults(user, ImageRule::User::kNumericNotRoot) == "image-root");
  }
}

TEST_CASE("users of Windows images cannot be told from administrators") {
  Image image;
  image.config.platform.os = GENERATE(as<std::string>(), "windows", "Windows");
  CHECK(image.Faults(UserRule(ImageRule::User::kNotRoot)) == "image-root");
}

ImageRule TagRule(ImageRule::Tag tag) {
  ImageRule rule;
  rule.tag = tag;
  return rule;
}

// The faults of the image, asked for by that name.
std::string TagFaults(const std::string& name, const ImageRule& rule) {
  INFO(name);
  Image image;
  image.asked = Ref(name);
  return image.Faults(rule);
}

TEST_CASE("no latest, no pin, no version: what a tag can be asked for") {
  const std::string at = "@" + DigestOf("x").ToString();
  const ImageRule not_latest = TagRule(ImageRule::Tag::kNotLatest);
  const ImageRule pinned = TagRule(ImageRule::Tag::kPinned);
  const ImageRule version = TagRule(ImageRule::Tag::kSemanticVersion);
  const std::string name = "registry.example/app";
  for (const std::string& latest : {name, name + ":latest"}) {
    for (const ImageRule& rule : {not_latest, pinned, version}) {
      CHECK(TagFaults(latest, rule) == "image-tag");
    }
  }
  CHECK(TagFaults(name + ":Latest", not_latest).empty());
  CHECK(TagFaults(name + ":1.2.3", not_latest).empty());
  CHECK(TagFaults(name + at, not_latest).empty());
  CHECK(TagFaults(name + ":latest" + at, not_latest).empty());
  CHECK(TagFaults(name + ":1.2.3", pinned) == "image-tag");
  CHECK(TagFaults(name + at, pinned).empty());
  CHECK(TagFaults(name + ":1.2.3" + at, pinned).empty());
  CHECK(TagFaults(name + ":1.2.3", version).empty());
  CHECK(TagFaults(name + ":v1.2.3-rc.1" + at, version).empty());
  CHECK(TagFaults(name + ":1.2", version) == "image-tag");
  CHECK(TagFaults(name + at, version) == "image-tag");
  CHECK(TagFaults(name + ":1.2.3" + at, TagRule(ImageRule::Tag{9})) == "image-tag");
}

TEST_CASE("a tag follows one of the patterns, and tag and pattern both hold") {
  ImageRule rule;
  rule.tag_patterns = {Must(TagPattern::Parse("release-*")), Must(TagPattern::Parse("1.*"))};
  const std::string name = "registry.example/app";
  CHECK(TagFaults(name + ":release-7", rule).empty());
  CHECK(TagFaults(name + ":1.2.3", rule).empty());
  CHECK(TagFaults(name + ":2.0.0", rule) == "image-tag");
  CHECK(TagFaults(name + "@" + DigestOf("x").ToString(), rule) == "image-tag");
  rule.tag = ImageRule::Tag::kSemanticVersion;
  CHECK(TagFaults(name + ":release-7", rule) == "image-tag");
  CHECK(TagFaults(name + ":2.0", rule) == "image-tag image-tag");
  CHECK(TagFaults(name + ":1.2.3", rule).empty());
}

TEST_CASE("the size of an image is that of its layers, and never wraps round") {
  ImageRule rule;
  rule.max_bytes = 300;
  Image image;
  CHECK(image.Faults(rule).empty());
  rule.max_bytes = 299;
  CHECK(image.Detail(rule) == "the layers have 300 bytes, more than 299");
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  image.manifest.layers = {Descriptor(kLayer, kMost), Descriptor(kLayer, 2)};
  CHECK(image.Faults(rule) == "image-size");
  image.manifest.layers = {Descriptor(kLayer, kMost - 1), Descriptor(kLayer, 1)};
  CHECK(image.Faults(rule) == "image-size");
  image.manifest.layers.clear();
  CHECK(image.Faults(rule).empty());
}

TEST_CASE("layers are counted, in manifest and config alike") {
  ImageRule rule;
  rule.max_layers = 2;
  Image image;
  CHECK(image.Faults(rule).empty());
  rule.max_layers = 1;
  CHECK(image.Detail(rule) == "2 layers, more than 1");
  image.config.layers = 1;
  CHECK(image.Faults(rule) == "image-layers image-layers");
  rule.max_layers = 2;
  CHECK(image.Detail(rule) == "the manifest has 2 layers, the config 1");
  image.has_config = false;
  CHECK(image.Faults(rule).empty());
}

TEST_CASE("labels are there, with their value where one is wanted") {
  ImageRule rule;
  rule.labels = {{"team", "payments"}, {"version", std::nullopt}};
  Image image;
  CHECK(image.Faults(rule) == "image-label image-label");
  image.config.labels = {{"team", "payments"}, {"version", "7"}, {"other", ""}};
  CHECK(image.Faults(rule).empty());
  image.config.labels["version"] = "";
  CHECK(image.Detail(rule) == "label \"version\" is empty");
  image.config.labels["version"] = "7";
  image.config.labels["team"] = "pay\nments";
  CHECK(image.Detail(rule) == R"(label "team" is "pay\x0aments", not "payments")");
  image.config.labels = {{"Team", "payments"}, {"version", "7"}};
  CHECK(image.Detail(rule) == "label \"team\" is missing");
  // Annotations are no labels.
  image.manifest.annotations["team"] = "payments";
  CHECK(image.Faults(rule) == "image-label");
}

TEST_CASE("an image is made for one of the platforms") {
  ImageRule rule;
  rule.platforms = {{"linux", "amd64", "", ""}, {"linux", "arm64", "v8", ""}};
  Image image;
  CHECK(image.Faults(rule).empty());
  const auto faults = [&](const oci::Platform& platform) {
    image.config.platform = platform;
    return image.Faults(rule);
  };
  CHECK(faults({"linux", "amd64", "v3", ""}).empty());
  CHECK(faults({"linux", "arm64", "v8", "1"}).empty());
  CHECK(faults({"linux", "arm64", "", ""}).empty());
  CHECK(faults({"linux", "arm64", "v9", ""}) == "image-architecture");
  CHECK(faults({"linux", "arm", "v8", ""}) == "image-architecture");
  CHECK(faults({"windows", "amd64", "", ""}) == "image-architecture");
  CHECK(faults({"linux", "AMD64", "", ""}) == "image-architecture");
  CHECK(faults({"", "", "", ""}) == "image-architecture");
}

TEST_CASE("a base image has an allowed name") {
  ImageRule rule;
  rule.base = ImageRule::Base{
      {Must(ImagePattern::Parse("debian")), Must(ImagePattern::Parse("registry.example/base/**"))},
      {}};
  Image image;
  CHECK(image.Faults(rule) == "image-base");
  // A label may be the base's own.
  image.config.labels[kBaseName] = "debian";
  CHECK(image.Faults(rule) == "image-base");
  for (const std::string name : {"debian", "docker.io/library/debian:12",
                                 "registry.example/base/a/b:1", "registry.example/base/a"}) {
    INFO(name);
    image.manifest.annotations[kBaseName] = name;
    CHECK(image.Faults(rule).empty());
  }
  for (const std::string name : {"alpine", "registry.example/base", "registry.example.evil/base/a",
                                 "", "scratch", "De bian", "debian\n"}) {
    INFO(name);
    image.manifest.annotations[kBaseName] = name;
    CHECK(image.Faults(rule) == "image-base");
  }
}

TEST_CASE("a base image has an allowed digest, and name and digest both hold") {
  ImageRule rule;
  rule.base = ImageRule::Base{{}, {DigestOf("a"), DigestOf("b")}};
  Image image;
  CHECK(image.Faults(rule) == "image-base");
  image.config.labels[kBaseDigest] = DigestOf("b").ToString();
  CHECK(image.Faults(rule) == "image-base");
  image.manifest.annotations[kBaseDigest] = DigestOf("b").ToString();
  CHECK(image.Faults(rule).empty());
  image.manifest.annotations[kBaseDigest] = DigestOf("c").ToString();
  CHECK(image.Faults(rule) == "image-base");
  image.manifest.annotations[kBaseDigest] = "sha256:b";
  CHECK(image.Faults(rule) == "image-base");
  image.manifest.annotations[kBaseDigest] = DigestOf("a").ToString();
  rule.base->images = {Must(ImagePattern::Parse("debian"))};
  CHECK(image.Faults(rule) == "image-base");
  image.manifest.annotations[kBaseName] = "debian:12";
  CHECK(image.Faults(rule).empty());
  rule.base = ImageRule::Base{};
  CHECK(image.Faults(rule) == "image-base");
}

TEST_CASE("an image is of an age, and not of tomorrow") {
  ImageRule rule;
  rule.max_age = std::chrono::hours(24);
  Image image;
  CHECK(image.Faults(rule).empty());
  const auto faults = [&](std::chrono::seconds ago) {
    image.config.created = kNow - ago;
    return image.Faults(rule);
  };
  CHECK(faults(std::chrono::hours(24) + std::chrono::seconds(1)) == "image-age");
  CHECK(faults(std::chrono::seconds(0)).empty());
  CHECK(faults(-std::chrono::minutes(5)).empty());
  CHECK(faults(-std::chrono::minutes(5) - std::chrono::seconds(1)) == "image-age");
  image.config.created = UnixTime();
  CHECK(image.Faults(rule) == "image-age");
  image.config.created.reset();
  CHECK(image.Detail(rule) == "the config says no time of creation");
}

TEST_CASE("secrets in the environment are named, never shown") {
  ImageRule rule;
  rule.no_secrets = ImageRule::NoSecrets{{"KNOWN_TOKEN"}};
  Image image;
  image.config.environment = {{"PATH", "/bin"}, {"KNOWN_TOKEN", "hunter2"}, {"API_KEY", ""}};
  CHECK(image.Faults(rule).empty());
  image.config.environment.push_back({"DB_PASSWORD", "hunter2"});
  image.config.environment.push_back({"DB_PASSWORD", "hunter3"});
  image.config.environment.push_back({"URL", "db://u:hunter4@h"});
  const std::string detail = image.Detail(rule);
  CHECK(detail == "environment variables that look like secrets: DB_PASSWORD, URL");
  CHECK(detail.find("hunter") == std::string::npos);
  image.config.environment = {{"known_token", "hunter2"}};
  CHECK(image.Faults(rule) == "image-secret");
}

TEST_CASE("a line lists five secrets, and none that leaves the line") {
  ImageRule rule;
  rule.no_secrets.emplace();
  Image image;
  for (const std::string name :
       {"G_TOKEN", "F_TOKEN", "E_TOKEN", "D_TOKEN", "C_TOKEN", "B_TOKEN"}) {
    image.config.environment.push_back({name, "x"});
  }
  image.config.environment.push_back({"A\nTOKEN", "x"});
  CHECK(image.Detail(rule) ==
        "environment variables that look like secrets: A\\x0aTOKEN, B_TOKEN, C_TOKEN, D_TOKEN, "
        "E_TOKEN and 2 more");
}

TEST_CASE("an image is made of known media types, foreign layers where they are allowed") {
  ImageRule known;
  known.media_types = ImageRule::MediaTypes::kKnown;
  ImageRule foreign;
  foreign.media_types = ImageRule::MediaTypes::kAllowForeign;
  Image image;
  CHECK(image.Faults(known).empty());
  CHECK(image.Faults(foreign).empty());
  image.manifest.layers[1].media_type = kForeign;
  CHECK(image.Detail(known) == "layer 2 of type \"" + kForeign + "\": foreign, held elsewhere");
  CHECK(image.Faults(foreign).empty());
  image.manifest.layers[1].media_type = "application/vnd.in-toto+json";
  CHECK(image.Detail(foreign) == "layer 2 of type \"application/vnd.in-toto+json\"");
  image.manifest.layers.pop_back();
  image.manifest.config->media_type = "application/vnd.oci.empty.v1+json";
  CHECK(image.Faults(known) == "image-media-type");
  image.manifest.config.reset();
  CHECK(image.Faults(foreign) == "image-media-type");
}

// Every condition that the image above does not meet.
ImageRule Everything() {
  ImageRule rule;
  rule.user = ImageRule::User::kNotRoot;
  rule.tag = ImageRule::Tag::kPinned;
  rule.max_bytes = 1;
  rule.max_layers = 1;
  rule.labels = {{"a", std::nullopt}};
  rule.platforms = {{"linux", "s390x", "", ""}};
  rule.base.emplace();
  rule.max_age = std::chrono::seconds(1);
  rule.no_secrets.emplace();
  rule.media_types = ImageRule::MediaTypes::kKnown;
  return rule;
}

TEST_CASE("every fault is told, in one order") {
  Image image;
  image.config.user = "root";
  image.config.environment = {{"TOKEN", "x"}};
  image.manifest.layers[0].media_type = "a/b";
  CHECK(image.Faults(Everything()) ==
        "image-root image-tag image-size image-layers image-label image-architecture image-base "
        "image-age image-secret image-media-type");
  CHECK(image.Faults(ImageRule()).empty());
}

TEST_CASE("without a config nothing that stands in one is met") {
  Image image;
  image.has_config = false;
  ImageRule rule;
  rule.user = ImageRule::User::kNotRoot;
  rule.labels = {{"a", std::nullopt}, {"b", std::nullopt}};
  rule.platforms = {{"linux", "amd64", "", ""}};
  rule.max_age = std::chrono::hours(48);
  rule.no_secrets.emplace();
  CHECK(image.Faults(rule) == "image-root image-label image-architecture image-age image-secret");
}

TEST_CASE("a config is needed by the conditions about it and by no others") {
  ImageRule rule;
  rule.tag = ImageRule::Tag::kPinned;
  rule.tag_patterns = {Must(TagPattern::Parse("*"))};
  rule.max_bytes = 1;
  rule.base.emplace();
  rule.media_types = ImageRule::MediaTypes::kKnown;
  CHECK_FALSE(rule.NeedsConfig());
  const auto needs = [](auto set) {
    ImageRule one;
    set(one);
    return one.NeedsConfig();
  };
  CHECK(needs([](ImageRule& r) { r.user = ImageRule::User::kNotRoot; }));
  CHECK(needs([](ImageRule& r) { r.max_layers = 1; }));
  CHECK(needs([](ImageRule& r) { r.labels = {{"a", "b"}}; }));
  CHECK(needs([](ImageRule& r) { r.platforms = {{"linux", "amd64", "", ""}}; }));
  CHECK(needs([](ImageRule& r) { r.max_age = std::chrono::hours(1); }));
  CHECK(needs([](ImageRule& r) { r.no_secrets.emplace(); }));
}

}  // namespace
}  // namespace hallmark::policy
