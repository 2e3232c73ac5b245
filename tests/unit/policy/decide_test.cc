#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "hallmark/policy/internal/tally.h"
#include "hallmark/policy/trust_policy.h"
#include "hallmark/signature/bundle/bundle_format.h"
#include "tests/support/catch.h"
#include "tests/unit/policy/evidence.h"

namespace hallmark::policy {
namespace {

using signature::Assessment;
using signature::Check;
using signature::Claim;
using signature::Outcome;
using testing::App;
using testing::ClaimFor;
using testing::EvidenceOf;
using testing::Failed;
using testing::kNow;
using testing::Needs;
using testing::RuleParts;
using testing::SignerAt;
using testing::Verified;

Verdict Decide(const Rule::Parts& parts, const Evidence& evidence) {
  return Rule(parts).Decide(App(), evidence, kNow);
}

Assessment SignedByCi(std::size_t key = 0) {
  return Verified(ClaimFor(App()), SignerAt(key, {"ci"}));
}

void CheckRefused(const Verdict& verdict, std::string_view word, std::string_view reason) {
  CHECK_FALSE(verdict.allowed());
  CHECK(verdict.word() == word);
  CHECK(verdict.reason == reason);
  CHECK_FALSE(verdict.detail.empty());
  CHECK_FALSE(verdict.fix.empty());
  CHECK(verdict.rule == "apps");
  CHECK(verdict.place == "policy.json:3");
  CHECK(verdict.loosened.empty());
}

TEST_CASE("a default verdict denies") {
  CHECK(Verdict().word() == "denied");
  CHECK_FALSE(Verdict().allowed());
}

TEST_CASE("the predicate that says signed is the bundle format's") {
  CHECK(kSignedPredicate == signature::kSignPredicate);
  CHECK(Expectation().predicate_type == kSignedPredicate);
}

TEST_CASE("enough signatures verify") {
  const Verdict verdict = Decide(RuleParts(Needs("ci")), EvidenceOf({SignedByCi()}));
  REQUIRE(verdict.allowed());
  CHECK(verdict.word() == "allowed");
  CHECK(verdict.reason == "verified");
  CHECK(verdict.wants == "1 of key set ci");
  CHECK(verdict.fix.empty());
  CHECK(verdict.loosened.empty());
  REQUIRE(verdict.judged.size() == 1);
  CHECK(verdict.judged[0].counts);
  const auto* basis = std::get_if<ByVerification>(&std::get<Allow>(verdict.decision).basis);
  REQUIRE(basis != nullptr);
  CHECK(basis->signatures.size() == 1);
}

TEST_CASE("gaps and failures beside enough signatures do not matter") {
  const Evidence evidence = EvidenceOf({Failed(Check::kIntegrity, "bad-signature"), SignedByCi()},
                                       {Error(ErrorCode::kTimeout, "page 2")});
  const Verdict verdict = Decide(RuleParts(Needs("ci")), evidence);
  CHECK(verdict.reason == "verified");
  REQUIRE(verdict.judged.size() == 2);
  CHECK_FALSE(verdict.judged[0].counts);
  CHECK(verdict.judged[0].reason == "bad-signature");
}

TEST_CASE("nothing found is unsigned, with the command that mends it") {
  const Verdict verdict = Decide(RuleParts(Needs("ci")), EvidenceOf({}));
  CheckRefused(verdict, "unsigned", "unsigned");
  CHECK(verdict.fix.find("hallmark sign --key KEY registry.example/app@sha256:") == 0);
}

TEST_CASE("a gap makes what is missing unknown, by the gap's kind") {
  const auto [code, word] =
      GENERATE(table<ErrorCode, std::string>({{ErrorCode::kTimeout, "timeout"},
                                              {ErrorCode::kDenied, "auth"},
                                              {ErrorCode::kThrottled, "throttled"},
                                              {ErrorCode::kUnavailable, "unreachable"},
                                              {ErrorCode::kProtocol, "protocol"},
                                              {ErrorCode::kLimit, "limit"},
                                              {ErrorCode::kStorage, "storage"}}));
  const Evidence nothing = EvidenceOf({}, {Error(code, "referrers")});
  CheckRefused(Decide(RuleParts(Needs("ci")), nothing), "unknown", word);
  const Evidence bad = EvidenceOf({Failed(Check::kIntegrity, "bad-signature")}, nothing.gaps);
  CheckRefused(Decide(RuleParts(Needs("ci")), bad), "unknown", word);
}

TEST_CASE("of several gaps the most useful is told, in any order") {
  const Error slow(ErrorCode::kTimeout, "referrers");
  const Error login(ErrorCode::kDenied, "fallback tag");
  CHECK(Decide(RuleParts(Needs("ci")), EvidenceOf({}, {slow, login})).reason == "auth");
  CHECK(Decide(RuleParts(Needs("ci")), EvidenceOf({}, {login, slow})).reason == "auth");
}

TEST_CASE("a failed signature denies for its reason") {
  const std::string reason =
      GENERATE(as<std::string>(), "malformed", "bad-signature", "wrong-digest", "untrusted-signer",
               "algorithm", "expired", "not-yet-current", "limit", "unsupported");
  CheckRefused(Decide(RuleParts(Needs("ci")), EvidenceOf({Failed(Check::kIntegrity, reason)})),
               "denied", reason);
}

TEST_CASE("a signature about another digest never counts, whoever hands it over") {
  Claim claim = ClaimFor(App());
  claim.subject = oci::Digest::Of(crypto::HashAlgorithm::kSha256, AsBytes("other"));
  const Evidence evidence = EvidenceOf({Verified(claim, SignerAt(0, {"ci"}))});
  CheckRefused(Decide(RuleParts(Needs("ci")), evidence), "denied", "wrong-digest");
}

TEST_CASE("a key of another set is a stranger to the rule") {
  const Evidence evidence = EvidenceOf({Verified(ClaimFor(App()), SignerAt(0, {"old"}))});
  const Verdict verdict = Decide(RuleParts(Needs("ci")), evidence);
  CheckRefused(verdict, "denied", "untrusted-signer");
  CHECK(verdict.fix.find("add the signer's key to ci") != std::string::npos);
}

TEST_CASE("a statement of another type does not count (A03)") {
  Claim claim = ClaimFor(App());
  claim.predicate_type = "https://slsa.dev/provenance/v1";
  const Evidence provenance = EvidenceOf({Verified(claim, SignerAt(0, {"ci"}))});
  Rule::Parts parts = RuleParts(Needs("ci"));
  CheckRefused(Decide(parts, provenance), "denied", "attestation");
  parts.expectation.predicate_type = "https://slsa.dev/provenance/v0.2";
  CheckRefused(Decide(parts, provenance), "denied", "attestation");
  CheckRefused(Decide(parts, EvidenceOf({SignedByCi()})), "denied", "attestation");
  parts.expectation.predicate_type = claim.predicate_type;
  CHECK(Decide(parts, provenance).allowed());
}

TEST_CASE("required annotations must be signed, by the right key (A09)") {
  Rule::Parts parts = RuleParts(Needs("ci"));
  parts.expectation.annotations = {{"env", "prod"}};
  Claim dev = ClaimFor(App());
  dev.annotations = {{"env", "dev"}};
  Claim prod = dev;
  prod.annotations["env"] = "prod";
  CheckRefused(Decide(parts, EvidenceOf({Verified(dev, SignerAt(0, {"ci"}))})), "denied",
               "annotation");
  const Evidence split = EvidenceOf({SignedByCi(), Verified(prod, SignerAt(1, {"other"}))});
  CheckRefused(Decide(parts, split), "denied", "annotation");
  const Evidence stranger =
      EvidenceOf({SignedByCi(), Failed(Check::kAuthenticity, "untrusted-signer")});
  const Verdict verdict = Decide(parts, stranger);
  CheckRefused(verdict, "denied", "annotation");
  CHECK(verdict.fix.find("--annotate env=prod") != std::string::npos);
  CHECK(Decide(parts, EvidenceOf({Verified(prod, SignerAt(0, {"ci"}))})).allowed());
}

TEST_CASE("an expired statement does not count; its last second does") {
  Claim claim = ClaimFor(App());
  claim.expires = kNow - std::chrono::seconds(1);
  CheckRefused(Decide(RuleParts(Needs("ci")), EvidenceOf({Verified(claim, SignerAt(0, {"ci"}))})),
               "denied", "expired");
  claim.expires = kNow;
  CHECK(
      Decide(RuleParts(Needs("ci")), EvidenceOf({Verified(claim, SignerAt(0, {"ci"}))})).allowed());
}

TEST_CASE("every finding beside the proof must have passed") {
  const Rule::Parts parts = RuleParts(Needs("ci"));
  const auto with = [](Outcome outcome, std::string reason) {
    return EvidenceOf({Verified(ClaimFor(App()), SignerAt(0, {"ci"}),
                                {{Check::kExpiry, outcome, std::move(reason), "told"}})});
  };
  CheckRefused(Decide(parts, with(Outcome::kFailed, "expired")), "denied", "expired");
  CheckRefused(Decide(parts, with(Outcome::kUnknown, "timeout")), "unknown", "timeout");
  CheckRefused(Decide(parts, with(static_cast<Outcome>(0), "expired")), "denied", "expired");
  CHECK(Decide(parts, with(Outcome::kPassed, "ok")).allowed());
  CHECK(Decide(parts, with(Outcome::kNotApplicable, "not-applicable")).allowed());
}

TEST_CASE("one key counts once, however often it signed (A54)") {
  const Rule::Parts two = RuleParts(Needs("ci", 2));
  Assessment twin = SignedByCi();
  CheckRefused(Decide(two, EvidenceOf({SignedByCi(), twin, twin})), "denied", "threshold");
  signature::SignerIdentity alias = SignerAt(0, {"ci"});
  alias.name = "another name";
  alias.key_id = "another id";
  const Evidence aliased = EvidenceOf({SignedByCi(), Verified(ClaimFor(App()), alias)});
  CheckRefused(Decide(two, aliased), "denied", "threshold");
  CHECK(Decide(two, EvidenceOf({SignedByCi(0), SignedByCi(1)})).allowed());
}

TEST_CASE("allOf wants every part, anyOf one, emptiness nobody's (A72)") {
  const Evidence a = EvidenceOf({Verified(ClaimFor(App()), SignerAt(0, {"a"}))});
  const Evidence both =
      EvidenceOf({a.assessments[0], Verified(ClaimFor(App()), SignerAt(1, {"b"}))});
  CHECK_FALSE(Decide(RuleParts({AllOf{{Needs("a"), Needs("b")}}}), a).allowed());
  CHECK(Decide(RuleParts({AllOf{{Needs("a"), Needs("b")}}}), a).reason == "threshold");
  CHECK(Decide(RuleParts({AllOf{{Needs("a"), Needs("b")}}}), both).allowed());
  CHECK(Decide(RuleParts({AnyOf{{Needs("a"), Needs("b")}}}), a).allowed());
  CHECK_FALSE(Decide(RuleParts({AnyOf{{Needs("b"), Needs("c")}}}), a).allowed());
  CHECK_FALSE(Decide(RuleParts({AllOf{}}), both).allowed());
  CHECK_FALSE(Decide(RuleParts({AnyOf{}}), both).allowed());
  CHECK_FALSE(Decide(RuleParts({AllOf{{Needs("a"), {AnyOf{}}}}}), both).allowed());
  CHECK_FALSE(Decide(RuleParts(Needs("a", 0)), both).allowed());
  CHECK(Rule(RuleParts({AllOf{{Needs("a"), Needs("b", 2)}}})).Wants() ==
        "(1 of key set a and 2 of key set b)");
}

TEST_CASE("the most telling reason wins, whatever the order") {
  const std::vector<Check> intact = {Check::kFormat, Check::kIntegrity};
  const auto claim = [](auto change) {
    Claim changed = ClaimFor(App());
    change(changed);
    return Verified(changed, SignerAt(2, {"ci"}));
  };
  Rule::Parts parts = RuleParts(Needs("ci", 3));
  parts.expectation.annotations = {{"env", "prod"}};
  parts.expectation.signed_name = SignedName::kRepository;
  const auto good = [](Claim& c) {
    c.annotations = {{"env", "prod"}};
    c.repository = "registry.example/app";
  };
  // Most telling first: each is put together with all that come after it.
  const std::vector<std::pair<std::string, Assessment>> falling = {
      {"wrong-digest", Failed(Check::kSubject, "wrong-digest", intact)},
      {"expired", Failed(Check::kAuthenticity, "expired", intact)},
      {"name-mismatch", claim([](Claim& c) {
         c.annotations = {{"env", "prod"}};
       })},
      {"annotation", claim([](Claim& c) { c.repository = "registry.example/app"; })},
      {"threshold", claim(good)},
      {"attestation", claim([](Claim& c) { c.predicate_type = "urn:x"; })},
      {"not-yet-current", Failed(Check::kAuthenticity, "not-yet-current", intact)},
      {"bad-signature", Failed(Check::kIntegrity, "bad-signature")},
      {"algorithm", Failed(Check::kIntegrity, "algorithm")},
      {"malformed", Failed(Check::kFormat, "malformed", intact)},
      {"wrong-digest", Failed(Check::kFormat, "wrong-digest", {}, "stranger")},
      {"malformed", Failed(Check::kFormat, "malformed")},
      {"limit", Failed(Check::kFormat, "limit")},
      {"untrusted-signer", Failed(Check::kAuthenticity, "untrusted-signer")}};
  std::mt19937 random(11);
  for (std::size_t first = 0; first < falling.size(); ++first) {
    std::vector<Assessment> assessments;
    for (std::size_t i = first; i < falling.size(); ++i) assessments.push_back(falling[i].second);
    std::string detail;
    for (int shuffle = 0; shuffle < 10; ++shuffle) {
      std::shuffle(assessments.begin(), assessments.end(), random);
      const Verdict verdict = Decide(parts, EvidenceOf(assessments));
      CHECK(verdict.reason == falling[first].first);
      if (shuffle > 0) CHECK(verdict.detail == detail);
      detail = verdict.detail;
    }
  }
}

TEST_CASE("mode warn lets a refusal through by name, never as verified") {
  Rule::Parts parts = RuleParts(Needs("ci"));
  parts.mode = Mode::kWarn;
  const Verdict verdict = Decide(parts, EvidenceOf({Failed(Check::kIntegrity, "bad-signature")}));
  REQUIRE(verdict.allowed());
  CHECK(verdict.reason == "audited");
  CHECK(std::get<ByAudit>(std::get<Allow>(verdict.decision).basis).overlooked == "bad-signature");
  CHECK(verdict.loosened == std::vector<std::string>{"mode warn (rule apps)"});
  CHECK(verdict.detail.find("would be denied: bad-signature") == 0);
  CHECK(Decide(parts, EvidenceOf({})).detail.find("would be unsigned") == 0);
  CHECK(Decide(parts, EvidenceOf({SignedByCi()})).reason == "verified");
  parts.mode = static_cast<Mode>(0);
  CHECK_FALSE(Decide(parts, EvidenceOf({})).allowed());
}

TEST_CASE("a default without a requirement denies or exempts, and says which") {
  Rule::Parts parts;
  parts.name = "default";
  CHECK_FALSE(Rule(parts).NeedsEvidence(App()));
  const Verdict denied = Decide(parts, EvidenceOf({SignedByCi()}));
  CHECK(denied.word() == "denied");
  CHECK(denied.reason == "no-rule");
  CHECK(denied.fix == "add a rule for registry.example/app to the policy");
  parts.mode = Mode::kWarn;
  CHECK_FALSE(Decide(parts, EvidenceOf({})).allowed());
  parts.allow_without_signature = true;
  const Verdict exempt = Decide(parts, EvidenceOf({}));
  REQUIRE(exempt.allowed());
  CHECK(exempt.reason == "exempt");
  CHECK(std::holds_alternative<ByExemption>(std::get<Allow>(exempt.decision).basis));
  CHECK(exempt.loosened == std::vector<std::string>{"default allow-unmatched"});
}

TEST_CASE("an image that could not be resolved is never allowed") {
  Rule::Parts parts = RuleParts(Needs("ci"));
  parts.mode = GENERATE(Mode::kEnforce, Mode::kWarn);
  parts.allow_without_signature = GENERATE(true, false);
  const auto [code, word] =
      GENERATE(table<ErrorCode, std::string>({{ErrorCode::kMismatch, "denied"},
                                              {ErrorCode::kMalformed, "denied"},
                                              {ErrorCode::kLimit, "denied"},
                                              {ErrorCode::kUnsupported, "denied"},
                                              {ErrorCode::kNotFound, "unknown"},
                                              {ErrorCode::kDenied, "unknown"},
                                              {ErrorCode::kThrottled, "unknown"},
                                              {ErrorCode::kUnavailable, "unknown"},
                                              {ErrorCode::kTimeout, "unknown"},
                                              {ErrorCode::kProtocol, "unknown"},
                                              {ErrorCode::kStorage, "unknown"},
                                              {ErrorCode::kConfig, "unknown"},
                                              {ErrorCode::kInternal, "unknown"}}));
  const Verdict verdict = Rule(parts).DecideUnresolved(Error(code, "fetch manifest"));
  CheckRefused(verdict, word, ToWord(code));
}

TEST_CASE("switches of the command line show in every verdict") {
  Rule::Parts parts = RuleParts(Needs("ci"));
  parts.loosened = {"--insecure-something"};
  CHECK(Decide(parts, EvidenceOf({SignedByCi()})).loosened == parts.loosened);
  CHECK(Decide(parts, EvidenceOf({})).loosened == parts.loosened);
}

TEST_CASE("foreign text in a verdict is made printable") {
  Claim claim = ClaimFor(App());
  claim.repository = "evil\x1b[2J\nallowed";
  claim.annotations = {{"env", "\x1b[31m"}};
  claim.predicate_type = "urn:\x1b";
  Rule::Parts parts = RuleParts(Needs("ci"));
  parts.expectation.annotations = {{"env", "prod"}};
  for (int i = 0; i < 3; ++i) {
    if (i > 0) claim.predicate_type = kSignedPredicate;
    parts.expectation.signed_name = i == 1 ? SignedName::kRepository : SignedName::kNone;
    const Verdict verdict = Decide(parts, EvidenceOf({Verified(claim, SignerAt(0, {"ci"}))}));
    CHECK(verdict.detail.find_first_of("\x1b\n") == std::string::npos);
  }
}

// Random evidence: allowed if and only if enough distinct proper keys signed properly.
TEST_CASE("property: never allowed without the count of distinct proper keys") {
  std::mt19937 random(23);
  for (int round = 0; round < 5'000; ++round) {
    const auto count = static_cast<std::uint32_t>(1 + random() % 3);
    Rule::Parts parts = RuleParts(Needs("ci", count));
    parts.expectation.annotations = {{"env", "prod"}};
    std::vector<Assessment> assessments;
    std::set<std::size_t> proper;
    const std::size_t candidates = random() % 6;
    for (std::size_t i = 0; i < candidates; ++i) {
      const std::size_t key = random() % 5;
      const bool in_set = random() % 4 != 0;
      const int flaw = static_cast<int>(random() % 7);
      Claim claim = ClaimFor(App());
      if (flaw != 1) claim.annotations = {{"env", flaw == 2 ? "dev" : "prod"}};
      if (flaw == 3) claim.predicate_type = "https://slsa.dev/provenance/v1";
      if (flaw == 4) claim.expires = kNow - std::chrono::seconds(1);
      if (flaw == 5) {
        assessments.push_back(Failed(Check::kIntegrity, "bad-signature"));
        continue;
      }
      assessments.push_back(Verified(claim, SignerAt(key, {in_set ? "ci" : "old"})));
      if (in_set && (flaw == 0 || flaw == 6)) proper.insert(key);
    }
    std::vector<Error> gaps;
    if (random() % 4 == 0) gaps.emplace_back(ErrorCode::kTimeout, "page 2");
    const Verdict verdict = Decide(parts, EvidenceOf(assessments, gaps));
    REQUIRE(verdict.allowed() == (proper.size() >= count));
    if (verdict.allowed()) continue;
    const std::string_view word =
        !gaps.empty() ? "unknown" : (assessments.empty() ? "unsigned" : "denied");
    REQUIRE(verdict.word() == word);
    std::shuffle(assessments.begin(), assessments.end(), random);
    const Verdict again = Decide(parts, EvidenceOf(assessments, gaps));
    REQUIRE(again.reason == verdict.reason);
    REQUIRE(again.detail == verdict.detail);
  }
}

}  // namespace
}  // namespace hallmark::policy
