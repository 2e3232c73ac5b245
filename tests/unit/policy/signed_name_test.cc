#include <string>

#include "hallmark/policy/trust_policy.h"
#include "tests/support/catch.h"
#include "tests/unit/policy/evidence.h"

namespace hallmark::policy {
namespace {

using signature::Claim;
using testing::ClaimFor;
using testing::EvidenceOf;
using testing::kNow;
using testing::Needs;
using testing::RuleParts;
using testing::SignerAt;
using testing::SubjectAsked;
using testing::Verified;

// A08: signed name, what was asked, what the rule compares; whether it is allowed.
struct NameCase {
  const char* asked;
  const char* repository;
  const char* tag;
  SignedName wanted;
  bool allowed;
};

TEST_CASE("signed names are compared as far as the rule says (A08)") {
  const char* const app = "registry.example/app";
  const char* const asked = "registry.example/app:1.4";
  const NameCase test = GENERATE_COPY(values<NameCase>({
      {asked, nullptr, nullptr, SignedName::kNone, true},
      {asked, "other.example/x", "9", SignedName::kNone, true},
      {asked, app, "1.4", SignedName::kExact, true},
      {asked, app, "1.4", SignedName::kTag, true},
      {asked, app, "1.4", SignedName::kRepository, true},
      {asked, app, "9", SignedName::kRepository, true},
      {asked, app, nullptr, SignedName::kRepository, true},
      {asked, app, "9", SignedName::kTag, false},
      {asked, app, nullptr, SignedName::kTag, false},
      {asked, app, "9", SignedName::kExact, false},
      {asked, app, nullptr, SignedName::kExact, false},
      {asked, "registry.example/app2", "1.4", SignedName::kRepository, false},
      {asked, "registry.example/app2", "1.4", SignedName::kTag, false},
      {asked, "registry.example/app2", "1.4", SignedName::kExact, false},
      {asked, "REGISTRY.example:443/app", "1.4", SignedName::kExact, true},
      {asked, "not a name", "1.4", SignedName::kRepository, false},
      {asked, nullptr, nullptr, SignedName::kRepository, false},
      {asked, nullptr, "1.4", SignedName::kTag, false},
      {asked, nullptr, nullptr, SignedName::kExact, false},
      {asked, app, "1.4", static_cast<SignedName>(0), false},
      {"oci:/srv/app", nullptr, nullptr, SignedName::kNone, true},
      {"oci:/srv/app", app, "1", SignedName::kRepository, false},
      {"oci:/srv/app", "oci:/srv/app", "1", SignedName::kRepository, false},
  }));
  const store::Subject subject = SubjectAsked(test.asked);
  Claim claim = ClaimFor(subject);
  if (test.repository != nullptr) claim.repository = test.repository;
  if (test.tag != nullptr) claim.tag = test.tag;
  Rule::Parts parts = RuleParts(Needs("ci"));
  parts.expectation.signed_name = test.wanted;
  const Verdict verdict =
      Rule(parts).Decide(subject, EvidenceOf({Verified(claim, SignerAt(0, {"ci"}))}), kNow);
  CAPTURE(test.asked, verdict.detail);
  CHECK(verdict.allowed() == test.allowed);
  if (!test.allowed) CHECK(verdict.reason == "name-mismatch");
}

TEST_CASE("asked by digest, kTag compares the repository and kExact refuses (A08)") {
  const std::string digest = SubjectAsked("registry.example/app:1").digest().ToString();
  const store::Subject subject = SubjectAsked("registry.example/app@" + digest);
  Claim claim = ClaimFor(subject);
  claim.repository = "registry.example/app";
  claim.tag = "1.4";
  const Evidence evidence = EvidenceOf({Verified(claim, SignerAt(0, {"ci"}))});
  Rule::Parts parts = RuleParts(Needs("ci"));
  parts.expectation.signed_name = SignedName::kTag;
  CHECK(Rule(parts).Decide(subject, evidence, kNow).allowed());
  parts.expectation.signed_name = SignedName::kExact;
  CHECK(Rule(parts).Decide(subject, evidence, kNow).reason == "name-mismatch");
}

}  // namespace
}  // namespace hallmark::policy
