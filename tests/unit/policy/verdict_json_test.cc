#include "hallmark/policy/verdict_json.h"

#include <fstream>
#include <sstream>
#include <string>

#include "hallmark/policy/trust_policy.h"
#include "tests/support/catch.h"
#include "tests/support/world.h"
#include "tests/unit/policy/evidence.h"
#include "tests/unit/policy/schema_validator.h"

namespace hallmark::policy {
namespace {

using signature::Check;
using signature::Outcome;
using testing::ClaimFor;
using testing::EvidenceOf;
using testing::Failed;
using testing::kNow;
using testing::Needs;
using testing::RuleParts;
using testing::SignerAt;
using testing::SubjectAsked;
using testing::Verified;

const json::Value& Schema() {
  static const json::Value kSchema = [] {
    std::ifstream file(HALLMARK_SOURCE_DIR "/docs/verdict.schema.json");
    std::stringstream text;
    text << file.rdbuf();
    return testing::ParseJson(text.str());
  }();
  return kSchema;
}

// As it comes out of the process: through text, parsed again.
json::Value Rendered(const VerdictReport& report) {
  json::Value value = testing::ParseJson(json::ToText(ToJson(report)));
  const std::vector<std::string> faults = testing::SchemaValidator(Schema()).Faults(value);
  CAPTURE(json::ToText(value));
  CHECK(faults == std::vector<std::string>());
  return value;
}

std::string Text(const json::Value& value, std::string_view name) {
  const json::Value* member = value.Find(name);
  return member != nullptr && member->string() != nullptr ? *member->string() : "(none)";
}

VerdictReport Report(const Rule::Parts& parts, Evidence evidence) {
  const store::Subject subject = SubjectAsked("registry.example/app:1.4");
  VerdictReport report;
  report.reference = subject.asked().ToString();
  report.digest = subject.digest();
  report.verdict = Rule(parts).Decide(subject, evidence, kNow);
  report.evidence = std::move(evidence);
  return report;
}

TEST_CASE("a verified image is rendered whole") {
  signature::Claim claim = ClaimFor(SubjectAsked("registry.example/app:1.4"));
  claim.signed_at = kNow;
  VerdictReport report =
      Report(RuleParts(Needs("ci")), EvidenceOf({Verified(claim, SignerAt(0, {"ci"}))}));
  report.platform = oci::Platform{"linux", "arm64", "v8", ""};
  report.policy_sha256 = std::string(64, 'a');
  report.requests = {{"registry.example:5000", 4}};
  report.cache = {1, 2};
  report.elapsed = std::chrono::milliseconds(84);
  const json::Value value = Rendered(report);
  CHECK(Text(value, "schema") == "hallmark.verdict/v1");
  CHECK(Text(value, "reference") == "registry.example/app:1.4");
  CHECK(Text(value, "platform") == "linux/arm64/v8");
  CHECK(Text(value, "verdict") == "allowed");
  CHECK(Text(value, "reason") == "verified");
  CHECK(Text(value, "rule") == "apps");
  CHECK(value.Find("requests")->Find("registry.example:5000")->unsigned_integer() == 4U);
  CHECK(value.Find("cache")->Find("misses")->unsigned_integer() == 2U);
  CHECK(value.Find("elapsedMs")->unsigned_integer() == 84U);
  const json::Value& signature = value.Find("signatures")->array()->at(0);
  CHECK(Text(signature, "format") == "bundle");
  CHECK(Text(signature, "signedAt") == "2026-06-01T12:00:00Z");
  CHECK(Text(signature, "outcome") == "passed");
  CHECK(Text(signature, "signer").starts_with("k0 ("));
  const std::vector<json::Value>& checks = *signature.Find("checks")->array();
  CHECK(Text(checks.back(), "check") == "policy");
  CHECK(Text(checks.back(), "outcome") == "passed");
}

TEST_CASE("a signature that the policy refuses says so beside its passed checks") {
  signature::Claim claim = ClaimFor(SubjectAsked("registry.example/app:1.4"));
  claim.predicate_type = "urn:other";
  const json::Value value =
      Rendered(Report(RuleParts(Needs("ci")), EvidenceOf({Verified(claim, SignerAt(0, {"ci"}))})));
  CHECK(Text(value, "verdict") == "denied");
  const json::Value& signature = value.Find("signatures")->array()->at(0);
  CHECK(Text(signature, "outcome") == "failed");
  CHECK(Text(signature.Find("checks")->array()->back(), "reason") == "attestation");
}

TEST_CASE("refusals of every kind follow the schema") {
  Rule::Parts warn = RuleParts(Needs("ci"));
  warn.mode = Mode::kWarn;
  Rule::Parts exempt;
  exempt.name = "default";
  exempt.allow_without_signature = true;
  const Evidence bad = EvidenceOf({Failed(Check::kIntegrity, "bad-signature")});
  const Evidence gap = EvidenceOf({}, {Error(ErrorCode::kTimeout, "referrers")});
  CHECK(Text(Rendered(Report(RuleParts(Needs("ci")), bad)), "verdict") == "denied");
  CHECK(Text(Rendered(Report(RuleParts(Needs("ci")), EvidenceOf({}))), "verdict") == "unsigned");
  const json::Value unknown = Rendered(Report(RuleParts(Needs("ci")), gap));
  CHECK(Text(unknown, "verdict") == "unknown");
  CHECK(Text(unknown.Find("gaps")->array()->at(0), "reason") == "timeout");
  const json::Value audited = Rendered(Report(warn, bad));
  CHECK(Text(audited, "reason") == "audited");
  CHECK(*audited.Find("loosened")->array()->at(0).string() == "mode warn (rule apps)");
  CHECK(Text(Rendered(Report(exempt, bad)), "reason") == "exempt");
  VerdictReport unresolved;
  unresolved.reference = "registry.example/app:1.4";
  unresolved.verdict = Rule(warn).DecideUnresolved(Error(ErrorCode::kNotFound, "fetch manifest"));
  const json::Value value = Rendered(unresolved);
  CHECK(Text(value, "verdict") == "unknown");
  CHECK(value.Find("digest")->kind() == json::Kind::kNull);
  CHECK(value.Find("policySha256")->kind() == json::Kind::kNull);
}

TEST_CASE("foreign text is escaped and cut (A109)") {
  VerdictReport report =
      Report(RuleParts(Needs("ci")), EvidenceOf({Failed(Check::kIntegrity, "bad-signature")}));
  report.evidence.assessments[0].unverified_signer_hint =
      "evil\x1b[2J\xe2\x80\xae" + std::string(10'000, 'x');
  report.evidence.assessments[0].findings[0].detail = std::string(10'000, 'y');
  report.platform = oci::Platform{"li\nnux", "\x07", "", ""};
  const std::string text = json::ToText(ToJson(report));
  Rendered(report);
  CHECK(text.size() < 6'000);
  CHECK(text.find("\\u001b") == std::string::npos);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("\xe2\x80\xae") == std::string::npos);
  CHECK(text.find("unverified: evil") != std::string::npos);
}

TEST_CASE("equal reports give equal documents") {
  const VerdictReport report =
      Report(RuleParts(Needs("ci")), EvidenceOf({Failed(Check::kIntegrity, "bad-signature")}));
  CHECK(json::ToText(ToJson(report)) == json::ToText(ToJson(report)));
}

}  // namespace
}  // namespace hallmark::policy
