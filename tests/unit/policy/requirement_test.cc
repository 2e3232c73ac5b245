#include "hallmark/policy/requirement.h"

#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "hallmark/policy/internal/tally.h"
#include "hallmark/policy/trust_policy.h"
#include "tests/support/catch.h"
#include "tests/support/world.h"
#include "tests/unit/policy/evidence.h"

namespace hallmark::policy {
namespace {

using signature::Assessment;
using signature::Claim;
using std::chrono::hours;
using std::chrono::seconds;
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

constexpr std::string_view kSbom = "https://spdx.dev/Document";

Verdict Decide(const Rule::Parts& parts, const Evidence& evidence) {
  return Rule(parts).Decide(App(), evidence, kNow);
}

Assessment Signed(std::size_t key, std::vector<std::string> key_sets) {
  return Verified(ClaimFor(App()), SignerAt(key, std::move(key_sets)));
}

Assessment Attested(std::string_view type, std::size_t key, std::vector<std::string> key_sets) {
  Claim claim = ClaimFor(App());
  claim.predicate_type = type;
  return Verified(claim, SignerAt(key, std::move(key_sets)));
}

Assessment SignedAt(std::optional<UnixTime> time) {
  Claim claim = ClaimFor(App());
  claim.signed_at = time;
  return Verified(claim, SignerAt(0, {"ci"}));
}

Requirement NeedsSbom(std::string key_set) {
  return {SignedBy{std::move(key_set), 1, std::string(kSbom)}};
}

Result<TrustPolicy> Parse(const std::string& require, const std::string& further = "") {
  const std::string text =
      R"({"schema":"hallmark.policy/v1","keySets":{"ci":{"keys":[{"file":"k0.pub"},
      {"file":"k1.pub"}]},"qa":{"keys":[{"file":"k2.pub"}]}},"rules":[{"name":"a","images":["a.example/**"],"require":{"signedBy":"ci"}}],
      "default":{"require":)" +
      require + further + "}}";
  return TrustPolicy::Parse(AsBytes(text), "policy.json", LoadTestKey);
}

std::string Refusal(const std::string& require, const std::string& further = "") {
  const Result<TrustPolicy> policy = Parse(require, further);
  if (policy.ok()) return "accepted";
  CHECK(policy.error().code() == ErrorCode::kConfig);
  CHECK(policy.error().message().starts_with("policy.json:"));
  return policy.error().message();
}

TEST_CASE("at least so many of several requirements") {
  const Requirement require{AtLeast{2, {Needs("a"), Needs("b"), Needs("c")}}};
  const Rule::Parts parts = RuleParts(require);
  CHECK(Rule(parts).Wants() == "2 of (1 of key set a, 1 of key set b, 1 of key set c)");
  const Verdict one = Decide(parts, EvidenceOf({Signed(0, {"a"})}));
  CHECK(one.word() == "denied");
  CHECK(one.reason == "threshold");
  CHECK(Decide(parts, EvidenceOf({Signed(0, {"a"}), Signed(1, {"a"})})).reason == "threshold");
  CHECK(Decide(parts, EvidenceOf({Signed(0, {"a"}), Signed(1, {"c"})})).reason == "verified");
}

TEST_CASE("a requirement of nothing is never met") {
  for (const Requirement& require :
       {Requirement{AtLeast{0, {Needs("ci")}}}, Requirement{AtLeast{1, {}}},
        Requirement{AtLeast{0, {}}}, Requirement{AtLeast{2, {Needs("ci")}}}, Requirement{AllOf{}},
        Requirement{AnyOf{}}, Needs("ci", 0)}) {
    CHECK_FALSE(Decide(RuleParts(require), EvidenceOf({Signed(0, {"ci"})})).allowed());
  }
}

TEST_CASE("a signature and an attestation by different people") {
  const Rule::Parts parts = RuleParts({AllOf{{Needs("ci"), NeedsSbom("qa")}}});
  CHECK(Rule(parts).Wants() ==
        "(1 of key set ci and attestation https://spdx.dev/Document by 1 of key set qa)");
  const Assessment signature = Signed(0, {"ci"});
  const Assessment sbom = Attested(kSbom, 2, {"qa"});
  CHECK(Decide(parts, EvidenceOf({signature, sbom})).reason == "verified");
  CHECK(Decide(parts, EvidenceOf({sbom, signature})).reason == "verified");
  CHECK(Decide(parts, EvidenceOf({signature})).reason == "threshold");
  CHECK(Decide(parts, EvidenceOf({sbom})).reason == "threshold");
  // Each by the other: neither counts for what it is not.
  CHECK_FALSE(Decide(parts, EvidenceOf({Signed(2, {"qa"}), Attested(kSbom, 0, {"ci"})})).allowed());
  CHECK_FALSE(Decide(parts, EvidenceOf({signature, Attested("https://x/y", 2, {"qa"})})).allowed());
}

TEST_CASE("one key that signed twice counts once for each leaf") {
  const Rule::Parts parts = RuleParts({SignedBy{"qa", 2, std::string(kSbom)}});
  CHECK_FALSE(Decide(parts, EvidenceOf({Attested(kSbom, 2, {"qa"}), Attested(kSbom, 2, {"qa"})}))
                  .allowed());
  CHECK(Decide(parts, EvidenceOf({Attested(kSbom, 2, {"qa"}), Attested(kSbom, 3, {"qa"})}))
            .allowed());
}

TEST_CASE("name and annotations are asked of the signature, not of attestations beside it") {
  Rule::Parts parts = RuleParts({AllOf{{Needs("ci"), NeedsSbom("qa")}}});
  parts.expectation.annotations = {{"env", "prod"}};
  parts.expectation.signed_name = SignedName::kRepository;
  Claim claim = ClaimFor(App());
  claim.annotations = {{"env", "prod"}};
  claim.repository = "registry.example/app";
  const Assessment sbom = Attested(kSbom, 2, {"qa"});
  CHECK(Decide(parts, EvidenceOf({Verified(claim, SignerAt(0, {"ci"})), sbom})).allowed());
  CHECK_FALSE(Decide(parts, EvidenceOf({Signed(0, {"ci"}), sbom})).allowed());
  // An attestation that the rule as a whole asks for has to say them.
  Rule::Parts whole = RuleParts(Needs("qa"));
  whole.expectation = parts.expectation;
  whole.expectation.predicate_type = kSbom;
  CHECK(Decide(whole, EvidenceOf({sbom})).reason == "name-mismatch");
}

TEST_CASE("old signatures do not count where the rule limits their age") {
  Rule::Parts parts = RuleParts(Needs("ci"));
  parts.expectation.max_age = hours(24 * 7);
  CHECK(Rule(parts).Wants() == "1 of key set ci, no older than 7d");
  const auto reason = [&](std::optional<UnixTime> time) {
    return Decide(parts, EvidenceOf({SignedAt(time)})).reason;
  };
  CHECK(reason(kNow) == "verified");
  CHECK(reason(kNow - hours(24 * 7)) == "verified");
  CHECK(reason(kNow - hours(24 * 7) - seconds(1)) == "too-old");
  CHECK(reason(std::nullopt) == "no-signing-time");
  CHECK(reason(kNow + std::chrono::minutes(5)) == "verified");
  CHECK(reason(kNow + std::chrono::minutes(5) + seconds(1)) == "not-yet-current");
  parts.expectation.max_age.reset();
  CHECK(reason(std::nullopt) == "verified");
}

TEST_CASE("a leaf's own age replaces the rule's") {
  Rule::Parts parts = RuleParts({SignedBy{"ci", 1, std::nullopt, hours(24 * 30)}});
  parts.expectation.max_age = hours(1);
  CHECK(Rule(parts).Wants() == "1 of key set ci, no older than 30d");
  CHECK(Decide(parts, EvidenceOf({SignedAt(kNow - hours(48))})).reason == "verified");
  parts.require = {SignedBy{"ci", 1, std::nullopt, seconds(90)}};
  CHECK(Decide(parts, EvidenceOf({SignedAt(kNow - seconds(91))})).reason == "too-old");
}

TEST_CASE("a rule that is off lets through without a look, and says so") {
  Rule::Parts parts = RuleParts(Needs("ci"));
  parts.mode = Mode::kOff;
  parts.require.reset();
  parts.loosened = {"mode off (rule apps)"};
  CHECK_FALSE(Rule(parts).NeedsEvidence(App()));
  CHECK(Rule(parts).Wants() == "nothing: the rule is off");
  const Verdict verdict = Decide(parts, EvidenceOf({}));
  REQUIRE(verdict.allowed());
  CHECK(verdict.reason == "exempt");
  CHECK(std::holds_alternative<ByExemption>(std::get<Allow>(verdict.decision).basis));
  CHECK(verdict.loosened == parts.loosened);
}

TEST_CASE("onUnknown allow lets through what could not be found out, and nothing else") {
  Rule::Parts parts = RuleParts(Needs("ci"));
  parts.on_unknown = OnUnknown::kAllow;
  const Evidence gap = EvidenceOf({}, {Error(ErrorCode::kUnavailable, "referrers")});
  const Verdict verdict = Decide(parts, gap);
  REQUIRE(verdict.allowed());
  CHECK(verdict.reason == "audited");
  CHECK(verdict.detail.find("would be unknown: unreachable") == 0);
  CHECK(verdict.loosened == std::vector<std::string>{"onUnknown allow (rule apps)"});
  CHECK(Decide(parts, EvidenceOf({})).word() == "unsigned");
  CHECK(Decide(parts, EvidenceOf({Signed(0, {"old"})})).word() == "denied");
  // What somebody who can write to the registry could bring about opens nothing.
  for (const ErrorCode code : {ErrorCode::kTimeout, ErrorCode::kLimit, ErrorCode::kProtocol,
                               ErrorCode::kDenied, ErrorCode::kMalformed, ErrorCode::kStorage}) {
    CHECK(Decide(parts, EvidenceOf({}, {Error(code, "referrers")})).word() == "unknown");
    CHECK(Decide(parts, EvidenceOf({}, {gap.gaps[0], Error(code, "tag")})).word() == "unknown");
  }
  const signature::Finding open{signature::Check::kRevocation, signature::Outcome::kUnknown,
                                "revocation", "no answer"};
  const Assessment undecided = Verified(ClaimFor(App()), SignerAt(0, {"ci"}), {open});
  CHECK(Decide(parts, EvidenceOf({undecided})).reason == "revocation");
  parts.on_unknown = OnUnknown::kRefuse;
  CHECK(Decide(parts, gap).word() == "unknown");
}

// A tree of requirements over the key sets "s0" to "s2", two levels deep at most.
Requirement RandomRequirement(std::mt19937& random, int depth = 2) {
  const std::string set = "s" + std::to_string(random() % 3);
  if (depth == 0 || random() % 3 == 0) {
    SignedBy leaf{set, static_cast<std::uint32_t>(1 + random() % 2)};
    if (random() % 3 == 0) leaf.predicate_type = std::string(kSbom);
    if (random() % 4 == 0) leaf.max_age = hours(24);
    return {std::move(leaf)};
  }
  std::vector<Requirement> parts;
  for (std::size_t i = 0; i <= random() % 3; ++i) {
    parts.push_back(RandomRequirement(random, depth - 1));
  }
  const auto count = static_cast<std::uint32_t>(1 + random() % parts.size());
  switch (random() % 3) {
    case 0:
      return {AllOf{std::move(parts)}};
    case 1:
      return {AnyOf{std::move(parts)}};
    default:
      return {AtLeast{count, std::move(parts)}};
  }
}

Assessment RandomAssessment(std::mt19937& random) {
  Claim claim = ClaimFor(App());
  if (random() % 3 == 0) claim.predicate_type = std::string(kSbom);
  if (random() % 2 == 0) claim.signed_at = kNow - hours(random() % 48);
  return Verified(claim, SignerAt(random() % 5, {"s" + std::to_string(random() % 3)}));
}

TEST_CASE("property: less evidence and more demands never allow, and order is no matter") {
  std::mt19937 random(29);
  std::size_t allowed = 0;
  for (int round = 0; round < 3'000; ++round) {
    const Requirement require = RandomRequirement(random);
    const Rule::Parts parts = RuleParts(require);
    std::vector<Assessment> assessments;
    for (std::size_t i = 0; i < random() % 8; ++i) assessments.push_back(RandomAssessment(random));
    const Verdict verdict = Decide(parts, EvidenceOf(assessments));
    std::shuffle(assessments.begin(), assessments.end(), random);
    const Verdict again = Decide(parts, EvidenceOf(assessments));
    REQUIRE(again.word() == verdict.word());
    REQUIRE(again.reason == verdict.reason);
    REQUIRE(again.detail == verdict.detail);
    if (verdict.allowed()) {
      ++allowed;
      continue;
    }
    const Requirement more{AllOf{{require, RandomRequirement(random)}}};
    REQUIRE_FALSE(Decide(RuleParts(more), EvidenceOf(assessments)).allowed());
    if (assessments.empty()) continue;
    assessments.pop_back();
    REQUIRE_FALSE(Decide(parts, EvidenceOf(assessments)).allowed());
  }
  CHECK(allowed > 300);
  CHECK(allowed < 2'700);
}

TEST_CASE("a leaf that names the kind of a signature is held to name and annotations") {
  Rule::Parts parts = RuleParts({SignedBy{"ci", 1, std::string(kSignedPredicate)}});
  parts.expectation.annotations = {{"env", "prod"}};
  CHECK(Decide(parts, EvidenceOf({Signed(0, {"ci"})})).reason == "annotation");
}

TEST_CASE("the members of a requirement are read") {
  const Requirement require =
      *Must(Parse(R"({"atLeast":1,"of":[{"signedBy":"ci","count":2,"maxAge":"12h"},
        {"signedBy":"qa","attestation":"spdx"}]})"))
           .default_rule()
           .parts()
           .require;
  const auto& some = std::get<AtLeast>(require.value);
  CHECK(some.count == 1);
  REQUIRE(some.parts.size() == 2);
  const auto& first = std::get<SignedBy>(some.parts[0].value);
  CHECK(first.count == 2);
  CHECK(first.max_age == hours(12));
  CHECK_FALSE(first.predicate_type.has_value());
  CHECK(std::get<SignedBy>(some.parts[1].value).predicate_type == kSbom);
  const Rule::Parts parts =
      Must(Parse(R"({"signedBy":"ci"})", R"(,"maxAge":"2w","mode":"off","onUnknown":"allow")"))
          .default_rule()
          .parts();
  CHECK(parts.expectation.max_age == hours(24 * 14));
  CHECK(parts.mode == Mode::kOff);
  CHECK_FALSE(parts.require.has_value());
  CHECK(parts.loosened == std::vector<std::string>{"mode off (rule default)"});
  CHECK(parts.on_unknown == OnUnknown::kAllow);
}

TEST_CASE("a policy whose only rule is off is none") {
  const std::string text = R"({"schema":"hallmark.policy/v1","keySets":{"ci":{"keys":[
    {"file":"k0.pub"}]}},"rules":[],"default":{"require":{"signedBy":"ci"},"mode":"off"}})";
  const Result<TrustPolicy> policy = TrustPolicy::Parse(AsBytes(text), "policy.json", LoadTestKey);
  REQUIRE_FALSE(policy.ok());
  CHECK(policy.error().message().find("default: without any rule") != std::string::npos);
}

TEST_CASE("what could be misread in a requirement is refused (A56)") {
  const auto [require, words] = GENERATE(table<std::string, std::string>({
      {R"({"atLeast":0,"of":[{"signedBy":"ci"}]})", "atLeast: want at least 1"},
      {R"({"atLeast":-1,"of":[{"signedBy":"ci"}]})", "atLeast: "},
      {R"({"atLeast":"1","of":[{"signedBy":"ci"}]})", "atLeast: "},
      {R"({"atLeast":4294967296,"of":[{"signedBy":"ci"}]})", "atLeast: "},
      {R"({"atLeast":2,"of":[{"signedBy":"ci"}]})", "\"of\" has only 1 part"},
      {R"({"atLeast":3,"of":[{"signedBy":"ci"},{"signedBy":"qa"}]})", "\"of\" has only 2 parts"},
      {R"({"atLeast":1,"of":[]})", "of: want at least one requirement"},
      {R"({"atLeast":1})", "of: "},
      {R"({"atLeast":2,"of":[{"signedBy":"ci"},{"signedBy":"ci"}]})",
       "of[1]: stands in the list already"},
      {R"({"allOf":[{"signedBy":"ci"},{"signedBy":"qa"},{"signedBy":"ci"}]})",
       "allOf[2]: stands in the list already"},
      {R"({"of":[{"signedBy":"ci"}]})", "want exactly one of"},
      {R"({"signedBy":"ci","of":[{"signedBy":"ci"}]})", "of: belongs beside \"atLeast\""},
      {R"({"anyOf":[{"signedBy":"ci"}],"maxAge":"1d"})",
       "maxAge: belongs beside \"signedBy\" or \"identity\""},
      {R"({"anyOf":[{"signedBy":"ci"}],"attestation":"spdx"})",
       "attestation: belongs beside \"signedBy\""},
      {R"({"signedBy":"ci","attestation":"sbom"})", "attestation: "},
      {R"({"signedBy":"ci","maxAge":"7 days"})", "maxAge: "},
      {R"({"signedBy":"ci","maxAge":"0d"})", "maxAge: "},
      {R"({"signedBy":"ci","maxAge":7})", "maxAge: "},
      {R"({"signedBy":"ci","allOf":[{"signedBy":"ci"}]})", "want exactly one of"},
  }));
  CAPTURE(require);
  const std::string refusal = Refusal(require);
  CAPTURE(refusal);
  CHECK(refusal.find(words) != std::string::npos);
}

TEST_CASE("name and annotations are not asked where nothing could say them") {
  const std::string attested = R"({"signedBy":"ci","attestation":"spdx"})";
  CHECK(Refusal(attested, R"(,"signedName":"tag")").find("signedName: no part of") !=
        std::string::npos);
  CHECK(Refusal(attested, R"(,"annotations":{"a":"b"})").find("annotations: no part of") !=
        std::string::npos);
  CHECK(Parse(attested).ok());
  CHECK(Parse(R"({"anyOf":[{"signedBy":"qa"},)" + attested + "]}", R"(,"signedName":"tag")").ok());
}

TEST_CASE("the holder of a certificate counts once, whatever the key or the name") {
  const auto certified = [](std::size_t key, std::string subject) {
    signature::SignerIdentity signer = SignerAt(key, {"identity team"});
    signer.name = std::move(subject);
    signer.certificates = {{static_cast<std::uint8_t>(key)}};
    return Verified(ClaimFor(App()), std::move(signer));
  };
  const Rule::Parts two = RuleParts(Needs("identity team", 2));
  CHECK_FALSE(Decide(two, EvidenceOf({certified(0, "CN=a"), certified(1, "CN=a")})).allowed());
  CHECK_FALSE(Decide(two, EvidenceOf({certified(0, "CN=a"), certified(0, "CN=b")})).allowed());
  CHECK(Decide(two, EvidenceOf({certified(0, "CN=a"), certified(1, "CN=b")})).allowed());
}

TEST_CASE("what is missing of attestations stands in the fix") {
  const Rule::Parts parts = RuleParts({AllOf{{Needs("ci"), NeedsSbom("qa")}}});
  const Verdict verdict = Decide(parts, EvidenceOf({Signed(0, {"ci"})}));
  CHECK(verdict.fix.find("attach what is missing of https://spdx.dev/Document") !=
        std::string::npos);
  CHECK(Rule(parts).Kinds() ==
        std::vector<std::string>{std::string(kSignedPredicate), std::string(kSbom)});
}

TEST_CASE("an unknown mode or onUnknown is refused") {
  CHECK(Refusal(R"({"signedBy":"ci"})", R"(,"mode":"audit")").find("mode: want \"enforce\"") !=
        std::string::npos);
  CHECK(Refusal(R"({"signedBy":"ci"})", R"(,"onUnknown":"deny")").find("onUnknown: want") !=
        std::string::npos);
  CHECK(Refusal(R"({"signedBy":"nobody"})", R"(,"mode":"off")").find("unknown key set") !=
        std::string::npos);
}

}  // namespace
}  // namespace hallmark::policy
