#include "hallmark/signature/assessment.h"

#include <algorithm>
#include <utility>

#include "hallmark/base/check.h"

namespace hallmark::signature {
namespace {

bool HasPassed(const std::vector<Finding>& findings, Check check) {
  return std::any_of(findings.begin(), findings.end(), [check](const Finding& finding) {
    return finding.check == check && finding.outcome == Outcome::kPassed;
  });
}

}  // namespace

std::string_view ToName(Check check) {
  switch (check) {
    case Check::kFormat:
      return "format";
    case Check::kIntegrity:
      return "integrity";
    case Check::kSubject:
      return "subject";
    case Check::kAuthenticity:
      return "authenticity";
    case Check::kExpiry:
      return "expiry";
    case Check::kTimestamp:
      return "timestamp";
    case Check::kTransparency:
      return "transparency";
    case Check::kRevocation:
      return "revocation";
    default:
      return "unknown";
  }
}

std::string_view ToName(Outcome outcome) {
  switch (outcome) {
    case Outcome::kPassed:
      return "passed";
    case Outcome::kFailed:
      return "failed";
    case Outcome::kNotApplicable:
      return "not-applicable";
    case Outcome::kUnknown:
    default:
      return "unknown";
  }
}

const Finding* Assessment::Failure() const {
  const auto failed = std::find_if(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.outcome == Outcome::kFailed;
  });
  return failed == findings.end() ? nullptr : &*failed;
}

void Assessment::Settle(Finding finding) {
  const auto open = std::find_if(findings.begin(), findings.end(), [&](const Finding& other) {
    return other.check == finding.check && other.outcome == Outcome::kUnknown;
  });
  HALLMARK_CHECK(open != findings.end());
  *open = std::move(finding);
}

Prover::Prover(const Signature& signature)
    : assessment_{signature.format, signature.artifact, {}, std::nullopt, {}} {}

void Prover::Pass(Check check, std::string detail) {
  assessment_.findings.push_back({check, Outcome::kPassed, "ok", std::move(detail)});
}

void Prover::NotApplicable(Check check, std::string detail) {
  assessment_.findings.push_back(
      {check, Outcome::kNotApplicable, "not-applicable", std::move(detail)});
}

void Prover::Hint(std::string unverified_signer) {
  assessment_.unverified_signer_hint = std::move(unverified_signer);
}

void Prover::Add(Finding finding) { assessment_.findings.push_back(std::move(finding)); }

Assessment Prover::Refuse() && {
  HALLMARK_CHECK(assessment_.Failure() != nullptr);
  return std::move(assessment_);
}

Assessment Prover::Fail(Check check, std::string reason, std::string detail) && {
  assessment_.findings.push_back({check, Outcome::kFailed, std::move(reason), std::move(detail)});
  return std::move(assessment_);
}

Assessment Prover::Succeed(const crypto::SignedBytes& proof, Claim claim, SignerIdentity signer,
                           std::vector<Finding> further) && {
  for (Check check : {Check::kFormat, Check::kIntegrity, Check::kSubject, Check::kAuthenticity}) {
    HALLMARK_CHECK(HasPassed(assessment_.findings, check));
  }
  HALLMARK_CHECK(assessment_.Failure() == nullptr);
  HALLMARK_CHECK(!proof.bytes().empty());
  HALLMARK_CHECK(!signer.key_sets.empty());
  for (Finding& finding : further) assessment_.findings.push_back(std::move(finding));
  assessment_.verified = VerifiedSignature(assessment_.format, std::move(claim), std::move(signer));
  return std::move(assessment_);
}

}  // namespace hallmark::signature
