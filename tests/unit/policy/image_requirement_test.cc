// Rules that ask about the image itself, beside who signed it.
#include <string>
#include <utility>
#include <vector>

#include "hallmark/policy/trust_policy.h"
#include "tests/support/catch.h"
#include "tests/support/world.h"
#include "tests/unit/policy/evidence.h"

namespace hallmark::policy {
namespace {

using testing::App;
using testing::ClaimFor;
using testing::EvidenceOf;
using testing::kNow;
using testing::Must;
using testing::Needs;
using testing::RuleParts;
using testing::SignerAt;
using testing::Verified;

ImageRead ReadApp(std::string user) {
  oci::ImageConfig config;
  config.platform.os = "linux";
  config.user = std::move(user);
  return {App().digest(), std::get<oci::ImageManifest>(App().document()), std::move(config)};
}

Requirement NotRoot() {
  ImageRule rule;
  rule.user = ImageRule::User::kNotRoot;
  return {ImageIs{std::move(rule)}};
}

Requirement SignedAndNotRoot() { return {AllOf{{Needs("ci"), NotRoot()}}}; }

Evidence Signed(std::vector<ImageRead> images, std::vector<Error> gaps = {}) {
  Evidence evidence = EvidenceOf({Verified(ClaimFor(App()), SignerAt(0, {"ci"}))}, std::move(gaps));
  evidence.images = std::move(images);
  return evidence;
}

Verdict Decide(const Requirement& require, const Evidence& evidence) {
  return Rule(RuleParts(require)).Decide(App(), evidence, kNow);
}

Result<TrustPolicy> Parse(const std::string& require) {
  const std::string text =
      R"({"schema":"hallmark.policy/v1","keySets":{"ci":{"keys":[{"file":"k0.pub"}]}},"rules":[],
      "default":{"require":)" +
      require + "}}";
  return TrustPolicy::Parse(AsBytes(text), "policy.json", testing::LoadTestKey);
}

TEST_CASE("an image has to be as the rule wants it, beside its signature") {
  const Rule rule(RuleParts(SignedAndNotRoot()));
  CHECK(rule.NeedsImage());
  CHECK(rule.NeedsConfig());
  CHECK(rule.Wants() == "(1 of key set ci and an image as its conditions want it (user))");
  CHECK(Decide(SignedAndNotRoot(), Signed({ReadApp("1000")})).reason == "verified");
  const Verdict root = Decide(SignedAndNotRoot(), Signed({ReadApp("0")}));
  CHECK(root.word() == "denied");
  CHECK(root.reason == "image-root");
  CHECK(root.fix.find("build the image") == 0);
}

TEST_CASE("a rule without such a condition reads no image") {
  const Rule rule(RuleParts(Needs("ci")));
  CHECK_FALSE(rule.NeedsImage());
  CHECK_FALSE(rule.NeedsConfig());
  ImageRule size;
  size.max_bytes = 1;
  const Rule other(RuleParts({AllOf{{Needs("ci"), {ImageIs{size}}}}}));
  CHECK(other.NeedsImage());
  CHECK_FALSE(other.NeedsConfig());
}

TEST_CASE("an image that was not read is not as the rule wants it") {
  CHECK_FALSE(Decide(SignedAndNotRoot(), Signed({})).allowed());
  const Verdict gap = Decide(
      SignedAndNotRoot(), Signed({}, {Error(ErrorCode::kUnavailable, "read the image's config")}));
  CHECK(gap.word() == "unknown");
  // One of another digest is no matter.
  ImageRead other = ReadApp("1000");
  other.digest = oci::Digest::Of(crypto::HashAlgorithm::kSha256, AsBytes("other"));
  CHECK_FALSE(Decide(SignedAndNotRoot(), Signed({std::move(other)})).allowed());
  ImageRead bare = ReadApp("1000");
  bare.config.reset();
  CHECK(Decide(SignedAndNotRoot(), Signed({std::move(bare)})).reason == "image-root");
}

TEST_CASE("an image without a signature is unsigned, fit or not") {
  Evidence evidence = EvidenceOf({});
  evidence.images = {ReadApp("1000")};
  CHECK(Decide(SignedAndNotRoot(), evidence).word() == "unsigned");
  evidence.images = {ReadApp("")};
  CHECK(Decide(SignedAndNotRoot(), evidence).word() == "unsigned");
}

TEST_CASE("conditions are parts like others") {
  const Requirement either{AnyOf{{Needs("release"), {AllOf{{Needs("ci"), NotRoot()}}}}}};
  CHECK(Decide(either, Signed({ReadApp("1000")})).allowed());
  CHECK_FALSE(Decide(either, Signed({ReadApp("root")})).allowed());
  Evidence released = EvidenceOf({Verified(ClaimFor(App()), SignerAt(1, {"release"}))});
  released.images = {ReadApp("root")};
  CHECK(Decide(either, released).allowed());
}

TEST_CASE("no outage lets an image through that a rule asks about") {
  Rule::Parts parts = RuleParts(SignedAndNotRoot());
  parts.on_unknown = OnUnknown::kAllow;
  const Evidence gap = EvidenceOf({}, {Error(ErrorCode::kUnavailable, "read the image's config")});
  CHECK(Rule(parts).Decide(App(), gap, kNow).word() == "unknown");
}

TEST_CASE("a requirement that needs no signature is none for a program either") {
  Rule::Parts parts = RuleParts({AnyOf{{Needs("ci"), NotRoot()}}});
  CHECK_FALSE(
      TrustPolicy::ForKeys({{"ci", "k0", testing::KeyAt(0).public_key(), {}, {}}}, parts).ok());
}

TEST_CASE("a requirement put together by a program is not verified by no signature") {
  Evidence evidence = EvidenceOf({});
  evidence.images = {ReadApp("1000")};
  CHECK_FALSE(Decide({AnyOf{{Needs("ci"), NotRoot()}}}, evidence).allowed());
}

TEST_CASE("no requirement can be met without a signature") {
  const std::string image = R"({"image":{"user":"not-root"}})";
  const auto refused = [](const std::string& require) {
    const Result<TrustPolicy> policy = Parse(require);
    return !policy.ok() &&
           policy.error().message().find("without any signature") != std::string::npos;
  };
  CHECK(refused(image));
  CHECK(refused(R"({"allOf":[)" + image + "]}"));
  CHECK(refused(R"({"anyOf":[{"signedBy":"ci"},)" + image + "]}"));
  CHECK(refused(R"({"atLeast":1,"of":[{"signedBy":"ci"},)" + image + "]}"));
  CHECK(Parse(R"({"atLeast":2,"of":[{"signedBy":"ci"},)" + image + "]}").ok());
  const TrustPolicy policy = Must(Parse(R"({"allOf":[{"signedBy":"ci"},)" + image + "]}"));
  CHECK(policy.default_rule().NeedsConfig());
  const Result<TrustPolicy> bad =
      Parse(R"({"allOf":[{"signedBy":"ci"},{"image":{"users":"not-root"}}]})");
  REQUIRE_FALSE(bad.ok());
  CHECK(bad.error().message().find("require.allOf[1].image.users: unknown member") !=
        std::string::npos);
}

}  // namespace
}  // namespace hallmark::policy
