// The Notary Project's trustpolicy.json, as TrustPolicy::Parse reads it.
#include <string>
#include <utility>
#include <vector>

#include "hallmark/policy/trust_policy.h"
#include "tests/support/catch.h"
#include "tests/support/world.h"
#include "tests/support/x509_authority.h"
#include "tests/unit/policy/evidence.h"

namespace hallmark::policy {
namespace {

using signature::Assessment;
using signature::Check;
using signature::Outcome;
using testing::ClaimFor;
using testing::EvidenceOf;
using testing::kNow;
using testing::Must;
using testing::Ref;
using testing::SignerAt;
using testing::SubjectAsked;
using testing::Verified;
using trust::StoreKind;

const x509::Certificate& Root() {
  static const x509::Certificate kRoot = testing::SelfSigned(testing::RootSpec()).certificate();
  return kRoot;
}

Result<std::vector<x509::Certificate>> LoadStore(StoreKind, const std::string& name) {
  if (name == "missing") return Error(ErrorCode::kConfig, "no such folder");
  return std::vector<x509::Certificate>{Root()};
}

Result<TrustPolicy> Parse(const std::string& text) {
  return TrustPolicy::Parse(AsBytes(text), "trustpolicy.json", testing::LoadTestKey, LoadStore);
}

// One statement; an empty part is left out.
struct Statement {
  std::string scopes = R"(["*"])";
  std::string verification = R"({"level":"strict"})";
  std::string stores = R"(["ca:own"])";
  std::string identities = R"(["*"])";
  std::string name = R"("own")";
  std::string more = {};

  std::string Text() const {
    std::string text;
    const auto add = [&](const std::string& member, const std::string& value) {
      if (value.empty()) return;
      text += (text.empty() ? "" : ",") + ("\"" + member + "\":" + value);
    };
    add("name", name);
    add("registryScopes", scopes);
    add("signatureVerification", verification);
    add("trustStores", stores);
    add("trustedIdentities", identities);
    return "{" + text + more + "}";
  }
};

std::string Document(const std::vector<Statement>& statements) {
  std::string text;
  for (const Statement& one : statements) text += (text.empty() ? "" : ",") + one.Text();
  return R"({"version":"1.0","trustPolicies":[)" + text + "]}";
}

Result<TrustPolicy> Parse(const Statement& statement) { return Parse(Document({statement})); }

void CheckRefused(const Result<TrustPolicy>& policy, const std::string& part) {
  INFO(part);
  REQUIRE_FALSE(policy.ok());
  CHECK(policy.error().code() == ErrorCode::kConfig);
  CHECK(policy.error().message().starts_with("trustpolicy.json:1:"));
  CHECK(policy.error().message().find(part) != std::string::npos);
}

TEST_CASE("a statement is a rule with its stores and identities") {
  const TrustPolicy policy = Must(Parse(Document(
      {{.scopes = R"(["registry.example/app","registry.example/db"])",
        .stores = R"(["ca:own","tsa:stamps"])",
        .identities =
            R"(["x509.subject: C=US, ST=WA, O=Example","x509.subject:C=US,ST=WA,O=Other"])",
        .name = R"("apps")"},
       {.stores = R"(["signingAuthority:own"])", .name = R"("rest")"}})));
  CHECK(policy.is_notation());
  REQUIRE(policy.trust_root().authorities().size() == 2);
  const trust::TrustedAuthority& apps = policy.trust_root().authorities()[0];
  CHECK(apps.signing.size() == 1);
  CHECK(apps.timestamping.size() == 1);
  CHECK(apps.timestamp_use == trust::TimestampUse::kAlways);
  CHECK(apps.subjects.size() == 2);
  CHECK_FALSE(apps.any_subject);
  const trust::TrustedAuthority& rest = policy.trust_root().authorities()[1];
  CHECK(rest.signing.empty());
  CHECK(rest.signing_authorities.size() == 1);
  CHECK(rest.any_subject);
  CHECK(policy.RuleFor(Ref("registry.example/app:1")).name() == "apps");
  CHECK(policy.RuleFor(Ref("registry.example/app2:1")).name() == "rest");
  CHECK(policy.RuleFor(Ref("registry.example/app:1")).parts().loosened.empty());
}

TEST_CASE("images that no statement is for are denied") {
  const TrustPolicy policy = Must(Parse(Statement{.scopes = R"(["registry.example/app"])"}));
  const auto subject = SubjectAsked("registry.example/other:1");
  const Verdict verdict = policy.RuleFor(subject.asked()).Decide(subject, {}, kNow);
  CHECK(verdict.word() == "denied");
  CHECK(verdict.reason == "no-rule");
}

TEST_CASE("a later use of timestamps is said") {
  const TrustPolicy policy = Must(
      Parse(Statement{.verification = R"({"level":"strict","verifyTimestamp":"afterCertExpiry"})",
                      .stores = R"(["ca:own","tsa:own"])"}));
  CHECK(policy.trust_root().authorities()[0].timestamp_use ==
        trust::TimestampUse::kAfterCertificateExpiry);
}

TEST_CASE("what cannot be meant is refused with its place") {
  CheckRefused(Parse(R"({"version":"2.0","trustPolicies":[]})"), "version");
  CheckRefused(Parse(R"({"version":"1.0","trustPolicies":[]})"), "trustPolicies");
  CheckRefused(Parse(R"({"version":"1.0","trustPolicies":[{}],"more":1})"), "unknown member");
  CheckRefused(Parse(Statement{.more = R"(,"trustedIdentites":["*"])"}), "did you mean");
  CheckRefused(Parse(Statement{.name = ""}), "name");
  CheckRefused(Parse(Statement{.name = R"("")"}), "name");
  CheckRefused(Parse(Statement{.scopes = "[]"}), "registryScopes");
  CheckRefused(Parse(Statement{.scopes = R"(["*","registry.example/a"])"}), "stands alone");
  CheckRefused(Parse(Statement{.scopes = R"(["registry.example/*"])"}), "wildcards");
  CheckRefused(Parse(Statement{.scopes = R"(["registry"])"}), "docker.io/library/registry");
  CheckRefused(Parse(Statement{.scopes = R"(["registry.example/a","registry.example/a"])"}),
               "already");
  CheckRefused(Parse(Statement{.verification = R"({"level":"Strict"})"}), "level");
  CheckRefused(Parse(Statement{.verification = R"({"level":"strict","verifyTimestamp":"never"})"}),
               "verifyTimestamp");
  CheckRefused(
      Parse(Statement{.verification = R"({"level":"strict","override":{"integrity":"log"}})"}),
      "integrity");
  CheckRefused(
      Parse(Statement{.verification = R"({"level":"strict","override":{"expiry":"skip"}})"}),
      "expiry");
  CheckRefused(Parse(Statement{.stores = "[]"}), "trustStores");
  CheckRefused(Parse(Statement{.stores = R"(["own"])"}), "ca:NAME");
  CheckRefused(Parse(Statement{.stores = R"(["ca:../own"])"}), "ca:NAME");
  CheckRefused(Parse(Statement{.stores = R"(["ca:"])"}), "ca:NAME");
  CheckRefused(Parse(Statement{.stores = R"(["ca:missing"])"}), "no such folder");
  CheckRefused(Parse(Statement{.stores = R"(["tsa:own"])"}), "signingAuthority");
  CheckRefused(Parse(Statement{.identities = "[]"}), "trustedIdentities");
  CheckRefused(Parse(Statement{.identities = R"(["*","x509.subject: C=US, ST=WA, O=A"])"}),
               "stands alone");
  CheckRefused(Parse(Statement{.identities = R"(["C=US, ST=WA, O=A"])"}), "x509.subject");
  CheckRefused(Parse(Statement{.identities = R"(["x509.subject: O=A"])"}), "");
  CheckRefused(
      Parse(Statement{
          .identities =
              R"(["x509.subject: C=US, ST=WA, O=A","x509.subject: C=US, ST=WA, O=A, CN=b"])"}),
      "overlaps");
}

TEST_CASE("two statements claim neither a name nor a repository (A76)") {
  const Statement app{.scopes = R"(["registry.example/app"])"};
  Statement same_scope = app;
  same_scope.name = R"("other")";
  CheckRefused(Parse(Document({app, same_scope})), "scope");
  CheckRefused(Parse(Document({app, {.name = R"("own")"}})), "called");
  CheckRefused(Parse(Document({{}, {.name = R"("other")"}})), "\"*\"");
}

TEST_CASE("level skip asks for nothing, loudly") {
  const Statement skip{.verification = R"({"level":"skip"})", .stores = "", .identities = ""};
  const TrustPolicy policy = Must(Parse(skip));
  const auto subject = SubjectAsked("registry.example/app:1");
  const Rule& rule = policy.RuleFor(subject.asked());
  CHECK_FALSE(rule.parts().require.has_value());
  const Verdict verdict = rule.Decide(subject, {}, kNow);
  CHECK(verdict.allowed());
  CHECK(verdict.reason == "exempt");
  CHECK(verdict.loosened ==
        std::vector<std::string>{"signatureVerification level skip (rule own)"});
  Statement odd = skip;
  odd.stores = R"(["ca:own"])";
  CheckRefused(Parse(odd), "skip");
  odd = skip;
  odd.verification = R"({"level":"skip","override":{}})";
  CheckRefused(Parse(odd), "skip");
}

// What a level makes of one signature by somebody of the statement's signer set.
Verdict DecideAt(const std::string& level, std::vector<signature::Finding> further) {
  const TrustPolicy policy = Must(Parse(Statement{.verification = level}));
  const auto subject = SubjectAsked("registry.example/app:1");
  const std::string set = policy.trust_root().authorities()[0].signer_set;
  const Assessment one = Verified(ClaimFor(subject), SignerAt(0, {set}), std::move(further));
  return policy.RuleFor(subject.asked()).Decide(subject, EvidenceOf({one}), kNow);
}

signature::Finding Late(Check check) { return {check, Outcome::kFailed, "expired", "too late"}; }

TEST_CASE("a level enforces or logs what the specification says") {
  const std::string strict = R"({"level":"strict"})";
  const std::string permissive = R"({"level":"permissive"})";
  for (const Check check : {Check::kTimestamp, Check::kExpiry}) {
    CHECK(DecideAt(strict, {Late(check)}).word() == "denied");
    const Verdict logged = DecideAt(permissive, {Late(check)});
    CHECK(logged.allowed());
    CHECK(logged.reason == "verified");
    CHECK(logged.judged[0].detail.find("although expired") != std::string::npos);
    CHECK_FALSE(logged.loosened.empty());
  }
  const signature::Finding open{Check::kRevocation, Outcome::kUnknown, "revocation", "not asked"};
  const Verdict unknown = DecideAt(strict, {open});
  CHECK(unknown.word() == "unknown");
  CHECK(unknown.reason == "revocation");
  CHECK(DecideAt(permissive, {open}).allowed());
  CHECK(DecideAt(R"({"level":"strict","override":{"revocation":"skip"}})", {open}).allowed());
  CHECK(
      DecideAt(R"({"level":"permissive","override":{"expiry":"enforce"}})", {Late(Check::kExpiry)})
          .word() == "denied");
}

// A signature that is intact and about the image, by nobody that is trusted.
Assessment Stranger(const store::Subject& subject, bool about_it) {
  signature::Prover prover(
      {signature::FormatId::kNotationJws, subject.manifest(), subject.manifest().descriptor()});
  prover.Pass(Check::kFormat, "fine");
  prover.Pass(Check::kIntegrity, "fine");
  prover.Add({Check::kSubject, about_it ? Outcome::kPassed : Outcome::kFailed,
              about_it ? "ok" : "wrong-digest", "the subject"});
  return std::move(prover).Fail(Check::kAuthenticity, "chain", "not trusted");
}

TEST_CASE("audit overlooks who signed, and nothing about the image") {
  const auto subject = SubjectAsked("registry.example/app:1");
  const auto decide = [&](const std::string& level, const Assessment& one) {
    const TrustPolicy policy = Must(Parse(Statement{.verification = level}));
    return policy.RuleFor(subject.asked()).Decide(subject, EvidenceOf({one}), kNow);
  };
  const std::string audit = R"({"level":"audit"})";
  const Verdict overlooked = decide(audit, Stranger(subject, true));
  CHECK(overlooked.allowed());
  CHECK(overlooked.reason == "audited");
  CHECK(std::holds_alternative<ByAudit>(std::get<Allow>(overlooked.decision).basis));
  CHECK(decide(audit, Stranger(subject, false)).word() == "denied");
  CHECK(decide(R"({"level":"permissive"})", Stranger(subject, true)).word() == "denied");
  CHECK(
      decide(R"({"level":"audit","override":{"authenticity":"enforce"}})", Stranger(subject, true))
          .word() == "denied");
  CHECK(
      decide(audit, testing::Failed(Check::kIntegrity, "bad-signature", {Check::kFormat})).word() ==
      "denied");
  const TrustPolicy policy = Must(Parse(Statement{.verification = audit}));
  CHECK(policy.RuleFor(subject.asked()).Decide(subject, {}, kNow).word() == "unsigned");
}

TEST_CASE("audit cannot overlook what only a proved claim can say") {
  const auto subject = SubjectAsked("registry.example/app:1");
  const TrustPolicy policy = Must(Parse(Statement{.verification = R"({"level":"audit"})"}));
  const Evidence evidence = EvidenceOf({Stranger(subject, true)});
  CHECK(policy.RuleFor(subject.asked()).Decide(subject, evidence, kNow).allowed());
  const TrustPolicy tight = Must(policy.WithAnnotations({{"env", "prod"}}));
  CHECK(tight.RuleFor(subject.asked()).Decide(subject, evidence, kNow).word() == "denied");
}

TEST_CASE("a statement knows its own stores and no other's") {
  const TrustPolicy policy = Must(Parse(
      Document({{.scopes = R"(["registry.example/app"])", .stores = R"(["ca:own","tsa:own"])"},
                {.name = R"("rest")"}})));
  const auto& app = policy.TrustRootFor(policy.RuleFor(Ref("registry.example/app:1")));
  const auto& rest = policy.TrustRootFor(policy.RuleFor(Ref("registry.example/other:1")));
  REQUIRE(app.authorities().size() == 1);
  REQUIRE(rest.authorities().size() == 1);
  CHECK(app.authorities()[0].timestamping.size() == 1);
  CHECK(rest.authorities()[0].timestamping.empty());
}

TEST_CASE("annotations may be asked for beside the policy, and only tighten") {
  const TrustPolicy policy = Must(Parse(Statement{}));
  const TrustPolicy tight = Must(policy.WithAnnotations({{"env", "prod"}}));
  const auto subject = SubjectAsked("registry.example/app:1");
  const std::string set = policy.trust_root().authorities()[0].signer_set;
  signature::Claim claim = ClaimFor(subject);
  const auto word = [&](const TrustPolicy& by) {
    const Assessment one = Verified(claim, SignerAt(0, {set}));
    return by.RuleFor(subject.asked()).Decide(subject, EvidenceOf({one}), kNow).word();
  };
  CHECK(word(policy) == "allowed");
  CHECK(word(tight) == "denied");
  claim.annotations["env"] = "prod";
  CHECK(word(tight) == "allowed");
  CHECK_FALSE(tight.WithAnnotations({{"env", "dev"}}).ok());
}

TEST_CASE("without a loader of stores the document is a policy of ours, and none") {
  const std::string text = Document({{}});
  const auto policy = TrustPolicy::Parse(AsBytes(text), "policy.json", testing::LoadTestKey);
  CHECK_FALSE(policy.ok());
}

}  // namespace
}  // namespace hallmark::policy
