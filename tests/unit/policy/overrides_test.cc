#include "hallmark/policy/overrides.h"

#include <memory>
#include <string>

#include "hallmark/policy/trust_policy.h"
#include "tests/support/catch.h"
#include "tests/support/world.h"
#include "tests/unit/policy/evidence.h"

namespace hallmark::policy {
namespace {

using signature::Assessment;
using testing::App;
using testing::ClaimFor;
using testing::EvidenceOf;
using testing::kNow;
using testing::LoadTestKey;
using testing::Must;
using testing::Needs;
using testing::RuleParts;
using testing::SignerAt;
using testing::Verified;

Assessment SignedByCi(std::size_t key = 0) {
  return Verified(ClaimFor(App()), SignerAt(key, {"ci"}));
}

Rule::Parts With(Overrides overrides) {
  Rule::Parts parts = RuleParts(Needs("ci"));
  parts.overrides = std::make_shared<Overrides>(std::move(overrides));
  return parts;
}

Verdict Decide(const Rule::Parts& parts, const Evidence& evidence, UnixTime now = kNow) {
  return Rule(parts).Decide(App(), evidence, now);
}

Exception ForApp() {
  return {
      "hotfix", "policy.json:9",         {Must(ImagePattern::Parse("registry.example/app"))}, {},
      kNow,     "waiting for the vendor"};
}

oci::Digest OtherDigest() {
  return oci::Digest::Of(crypto::HashAlgorithm::kSha256, AsBytes("other"));
}

Result<TrustPolicy> Parse(const std::string& members) {
  const std::string text =
      R"({"schema":"hallmark.policy/v1","keySets":{"ci":{"keys":[{"file":"k0.pub"}]}},"rules":[],)" +
      members + R"("default":{"require":{"signedBy":"ci"}}})";
  return TrustPolicy::Parse(AsBytes(text), "policy.json", LoadTestKey);
}

std::string Refusal(const std::string& members) {
  const Result<TrustPolicy> policy = Parse(members);
  if (policy.ok()) return "accepted";
  CHECK(policy.error().code() == ErrorCode::kConfig);
  return policy.error().message();
}

TEST_CASE("a denied digest is refused whatever else holds, and costs no look") {
  Overrides overrides;
  overrides.deny.digests = {App().digest()};
  overrides.exceptions = {ForApp()};
  Rule::Parts parts = With(std::move(overrides));
  parts.mode = GENERATE(Mode::kEnforce, Mode::kWarn, Mode::kOff);
  parts.on_unknown = OnUnknown::kAllow;
  SECTION("where a signature counts") {}
  SECTION("where nothing is required") {
    parts.require.reset();
    parts.allow_without_signature = true;
  }
  CHECK_FALSE(Rule(parts).NeedsEvidence(App()));
  const Verdict verdict = Decide(parts, EvidenceOf({SignedByCi()}));
  CHECK(verdict.word() == "denied");
  CHECK(verdict.reason == "deny-listed");
  CHECK_FALSE(verdict.fix.empty());
}

TEST_CASE("an index with a denied image is refused") {
  testing::MemoryStore store;
  const testing::Index index = testing::MakeIndex("denied");
  testing::Put(store, testing::Repo("registry.example/app"), index, "all");
  const store::Subject subject = Must(
      store::Resolve(testing::PatientContext(), store, testing::Ref("registry.example/app:all")));
  Overrides overrides;
  overrides.deny.digests = {index.images[1].digest()};
  Rule::Parts parts = With(std::move(overrides));
  const Verdict verdict = Rule(parts).Decide(subject, EvidenceOf({}), kNow);
  CHECK(verdict.reason == "deny-listed");
  CHECK(verdict.detail == "the policy's deny list names an image of this index");
  CHECK_FALSE(Rule(parts).NeedsEvidence(subject));
}

TEST_CASE("another denied digest is no matter") {
  Overrides overrides;
  overrides.deny.digests = {OtherDigest()};
  const Rule::Parts parts = With(std::move(overrides));
  CHECK(Rule(parts).NeedsEvidence(App()));
  CHECK(Decide(parts, EvidenceOf({SignedByCi()})).reason == "verified");
}

TEST_CASE("a denied key counts for nothing, and hides nobody else's signature") {
  Overrides overrides;
  overrides.deny.keys = {SignerAt(0, {}).fingerprint};
  const Rule::Parts parts = With(std::move(overrides));
  const Verdict verdict = Decide(parts, EvidenceOf({SignedByCi(0)}));
  CHECK(verdict.word() == "denied");
  CHECK(verdict.reason == "deny-listed");
  CHECK(Decide(parts, EvidenceOf({SignedByCi(0), SignedByCi(1)})).reason == "verified");
  Rule::Parts two = parts;
  two.require = Needs("ci", 2);
  CHECK(Decide(two, EvidenceOf({SignedByCi(0), SignedByCi(1)})).word() == "denied");
  CHECK(Decide(two, EvidenceOf({SignedByCi(1), SignedByCi(2)})).reason == "verified");
}

TEST_CASE("a denied certificate is looked for in the whole path") {
  const crypto::Fingerprint denied{1};
  Overrides overrides;
  overrides.deny.certificates = {denied};
  const Rule::Parts parts = With(std::move(overrides));
  signature::SignerIdentity signer = SignerAt(0, {"ci"});
  signer.certificates = {{2}, {3}};
  CHECK(Decide(parts, EvidenceOf({Verified(ClaimFor(App()), signer)})).reason == "verified");
  signer.certificates.push_back(denied);
  CHECK(Decide(parts, EvidenceOf({Verified(ClaimFor(App()), signer)})).reason == "deny-listed");
}

TEST_CASE("a denied key is looked for among the issuers too") {
  Overrides overrides;
  overrides.deny.keys = {crypto::Fingerprint{7}};
  const Rule::Parts parts = With(std::move(overrides));
  signature::SignerIdentity signer = SignerAt(0, {"ci"});
  signer.issuers = {{6}};
  CHECK(Decide(parts, EvidenceOf({Verified(ClaimFor(App()), signer)})).reason == "verified");
  signer.issuers.push_back({7});
  CHECK(Decide(parts, EvidenceOf({Verified(ClaimFor(App()), signer)})).reason == "deny-listed");
}

TEST_CASE("an exception lets a refused image through and says why") {
  Overrides overrides;
  overrides.exceptions = {ForApp()};
  const Rule::Parts parts = With(std::move(overrides));
  const Verdict verdict = Decide(parts, EvidenceOf({}));
  REQUIRE(verdict.allowed());
  CHECK(verdict.reason == "exception");
  CHECK(std::get<ByAudit>(std::get<Allow>(verdict.decision).basis).overlooked == "unsigned");
  CHECK(verdict.detail.find("would be unsigned") == 0);
  CHECK(verdict.loosened ==
        std::vector<std::string>{
            "exception hotfix until 2026-06-01T12:00:00Z: waiting for the vendor"});
}

TEST_CASE("an exception is not named where it decides nothing") {
  Overrides overrides;
  overrides.exceptions = {ForApp()};
  const Verdict verdict = Decide(With(std::move(overrides)), EvidenceOf({SignedByCi()}));
  CHECK(verdict.reason == "verified");
  CHECK(verdict.loosened.empty());
}

TEST_CASE("an exception ends") {
  Overrides overrides;
  overrides.exceptions = {ForApp()};
  const Rule::Parts parts = With(std::move(overrides));
  CHECK(Decide(parts, EvidenceOf({}), kNow).allowed());
  CHECK_FALSE(Decide(parts, EvidenceOf({}), kNow + std::chrono::seconds(1)).allowed());
}

TEST_CASE("an exception is for its images and digests only") {
  Exception exception = ForApp();
  CHECK(exception.Covers(App(), kNow));
  exception.digests = {OtherDigest()};
  CHECK_FALSE(exception.Covers(App(), kNow));
  exception.digests.insert(App().digest());
  CHECK(exception.Covers(App(), kNow));
  exception.images = {Must(ImagePattern::Parse("registry.example/other"))};
  CHECK_FALSE(exception.Covers(App(), kNow));
  exception.images.clear();
  CHECK(exception.Covers(App(), kNow));
  exception.digests.clear();
  CHECK_FALSE(exception.Covers(App(), kNow));
}

TEST_CASE("deny and exceptions are read, and hold for every rule and for the default") {
  const std::string digest = App().digest().ToString();
  const std::string hex = "sha256:" + std::string(64, 'a');
  const TrustPolicy policy = Must(Parse(R"("deny":{"comment":"x","digests":[")" + digest +
                                        R"("],"keys":[")" + hex + R"("],"certificates":[")" + hex +
                                        R"("]},"exceptions":[{"name":"e","images":["a.example/**"],
    "digests":[")" + digest + R"("],"until":"2027-01-01T00:00:00Z","reason":"why"}],)"));
  const std::shared_ptr<const Overrides>& overrides = policy.default_rule().parts().overrides;
  REQUIRE(overrides != nullptr);
  CHECK(overrides->deny.digests.contains(App().digest()));
  CHECK(overrides->deny.keys.size() == 1);
  CHECK(overrides->deny.certificates.size() == 1);
  REQUIRE(overrides->exceptions.size() == 1);
  CHECK(overrides->exceptions[0].name == "e");
  CHECK(overrides->exceptions[0].place == "policy.json:1");
  CHECK(overrides->exceptions[0].reason == "why");
  CHECK(policy.default_rule().Decide(App(), EvidenceOf({SignedByCi()}), kNow).reason ==
        "deny-listed");
  CHECK(Must(Parse("")).default_rule().parts().overrides == nullptr);
}

TEST_CASE("what is unclear in deny and exceptions is refused with its place") {
  const auto [members, words] = GENERATE(table<std::string, std::string>({
      {R"("deny":{"digest":[]},)", "did you mean \"digests\"?"},
      {R"("deny":{"digests":[]},)", "deny.digests: want at least one"},
      {R"("deny":{"digests":["sha256:12"]},)", "deny.digests[0]: "},
      {R"("deny":{"digests":[1]},)", "deny.digests[0]: want a string"},
      {R"("deny":{"keys":["abc"]},)", "deny.keys[0]: want sha256: and 64 hexadecimal digits"},
      {R"("deny":{"keys":["sha256:)" + std::string(64, 'x') + R"("]},)", "deny.keys[0]: "},
      {R"("deny":{"keys":["sha256:)" + std::string(64, 'a') + R"(","sha256:)" +
           std::string(64, 'a') + R"("]},)",
       "deny.keys[1]: stands in the list already"},
      {R"("deny":[],)", "deny: "},
      {R"("exceptions":{},)", "exceptions: "},
      {R"("exceptions":[{"name":"e","until":"2027-01-01T00:00:00Z","reason":"r"}],)",
       "want \"images\", \"digests\" or both"},
      {R"("exceptions":[{"name":"e","images":["a/b"],"reason":"r"}],)",
       "until: missing: an exception has to end"},
      {R"("exceptions":[{"name":"e","images":["a/b"],"until":"soon","reason":"r"}],)",
       "until: want a time"},
      {R"("exceptions":[{"name":"e","images":["a/b"],"until":"2027-01-01T00:00:00Z"}],)",
       "reason: "},
      {R"("exceptions":[{"name":"e","images":["a/b"],"until":"2027-01-01T00:00:00Z","reason":" "}],)",
       "reason: say why"},
      {R"("exceptions":[{"name":"e","images":[],"until":"2027-01-01T00:00:00Z","reason":"r"}],)",
       "images: want at least one"},
      {R"("exceptions":[{"name":"e","images":["a/b"],"until":"2027-01-01T00:00:00Z","reason":"r"},
        {"name":"e","images":["a/c"],"until":"2027-01-01T00:00:00Z","reason":"r"}],)",
       "another exception is called \"e\""},
  }));
  CAPTURE(members);
  const std::string refusal = Refusal(members);
  CAPTURE(refusal);
  CHECK(refusal.starts_with("policy.json:"));
  CHECK(refusal.find(words) != std::string::npos);
}

}  // namespace
}  // namespace hallmark::policy
