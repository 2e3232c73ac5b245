#include "hallmark/policy/internal/judge.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/duration.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/policy/internal/tally.h"
#include "hallmark/policy/limits.h"

namespace hallmark::policy {
namespace {

using signature::Assessment;
using signature::Check;
using signature::Finding;
using signature::Outcome;
using signature::VerifiedSignature;

using Fault = std::optional<std::pair<std::string, std::string>>;  // reason and detail

// What a telling order ends with, so that other reasons (limit, unsupported) come before it.
constexpr std::string_view kStranger = "untrusted-signer";
constexpr std::string_view kUncertified = "chain";
constexpr std::array<std::string_view, 14> kTelling = {
    "wrong-digest",    "deny-listed",   "revoked",    "expired",   "too-old",
    "no-signing-time", "name-mismatch", "annotation", "threshold", "attestation",
    "not-yet-current", "bad-signature", "algorithm",  "malformed"};

// The deny list wins over whatever else is true of a signer.
Fault DenyFault(const VerifiedSignature& signature, const Question& question) {
  if (!question.rule.overrides) return std::nullopt;
  const DenyList& deny = question.rule.overrides->deny;
  const signature::SignerIdentity& signer = signature.signer();
  if (deny.keys.contains(signer.fingerprint)) {
    return {{"deny-listed", "the policy's deny list names its key"}};
  }
  const auto is_denied = [](const std::vector<crypto::Fingerprint>& all,
                            const std::set<crypto::Fingerprint>& denied) {
    return std::any_of(all.begin(), all.end(),
                       [&](const crypto::Fingerprint& one) { return denied.contains(one); });
  };
  if (is_denied(signer.issuers, deny.keys)) {
    return {{"deny-listed", "the policy's deny list names the key of one of its issuers"}};
  }
  if (is_denied(signer.certificates, deny.certificates)) {
    return {{"deny-listed", "the policy's deny list names a certificate of its path"}};
  }
  return std::nullopt;
}

Fault SignerFault(const VerifiedSignature& signature, const SignedBy& leaf) {
  const std::vector<std::string>& sets = signature.signer().key_sets;
  if (std::find(sets.begin(), sets.end(), leaf.key_set) != sets.end()) return std::nullopt;
  return {{std::string(kStranger), "not in a key set that the rule asks for"}};
}

Fault PredicateFault(const signature::Claim& claim, const std::string& wanted) {
  if (claim.predicate_type == wanted) return std::nullopt;
  return {{"attestation", "a statement of type \"" + Printable(claim.predicate_type) +
                              "\", wanted \"" + Printable(wanted) + "\""}};
}

bool IsEnforced(Check check, const Question& question) {
  return question.rule.enforcement.For(check) == Action::kEnforce;
}

Fault ExpiryFault(const signature::Claim& claim, const Question& question) {
  if (!claim.expires || question.now <= *claim.expires) return std::nullopt;
  if (!IsEnforced(Check::kExpiry, question)) return std::nullopt;
  return {{"expired", "expired on " + encoding::ToRfc3339(*claim.expires)}};
}

Fault FindingFault(const Assessment& assessment, const Question& question) {
  for (const Finding& finding : assessment.findings) {
    if (!IsEnforced(finding.check, question)) continue;
    switch (finding.outcome) {
      case Outcome::kPassed:
      case Outcome::kNotApplicable:
      case Outcome::kUnknown:  // looked at last, so that a certain failure is told first
        continue;
      default:
        return {{finding.reason, finding.detail}};
    }
  }
  return std::nullopt;
}

Fault AnnotationFault(const signature::Claim& claim, const Expectation& expectation) {
  for (const auto& [name, value] : expectation.annotations) {
    const auto found = claim.annotations.find(name);
    const std::string wanted = Printable(name) + "=" + Printable(value);
    if (found == claim.annotations.end()) return {{"annotation", "nothing signed for " + wanted}};
    if (found->second != value) {
      return {{"annotation", "signed " + Printable(name) + "=" + Printable(found->second) +
                                 ", wanted " + wanted}};
    }
  }
  return std::nullopt;
}

Fault NameFault(const signature::Claim& claim, const Question& question) {
  std::string fault =
      NameMismatch(claim, question.subject.asked(), question.rule.expectation.signed_name);
  if (fault.empty()) return std::nullopt;
  return {{"name-mismatch", std::move(fault)}};
}

// Holds the signer's own word against the clock: that is what a replayed old signature fails.
Fault AgeFault(const signature::Claim& claim, const std::optional<std::chrono::seconds>& max_age,
               UnixTime now) {
  if (!max_age) return std::nullopt;
  if (!claim.signed_at) {
    return {{"no-signing-time", "does not say when it was signed, wanted no older than " +
                                    encoding::DurationText(*max_age)}};
  }
  const std::string signed_on = "signed on " + encoding::ToRfc3339(*claim.signed_at);
  if (*claim.signed_at > now + kMaxClockSkew) {
    return {{"not-yet-current", signed_on + ", which is in the future"}};
  }
  if (now - *claim.signed_at <= *max_age) return std::nullopt;
  return {{"too-old", signed_on + ", wanted no older than " + encoding::DurationText(*max_age)}};
}

// Why it does not count for that leaf.
Fault LeafFault(const Assessment& assessment, const SignedBy& leaf, const Question& question) {
  const signature::Claim& claim = assessment.verified->claim();
  const Expectation& expectation = question.rule.expectation;
  if (Fault fault = SignerFault(*assessment.verified, leaf)) return fault;
  const std::string& wanted =
      leaf.predicate_type ? *leaf.predicate_type : expectation.predicate_type;
  if (Fault fault = PredicateFault(claim, wanted)) return fault;
  if (Fault fault = FindingFault(assessment, question)) return fault;
  if (Fault fault = ExpiryFault(claim, question)) return fault;
  if (wanted == kSignedPredicate || !leaf.predicate_type) {
    if (Fault fault = NameFault(claim, question)) return fault;
    if (Fault fault = AnnotationFault(claim, expectation)) return fault;
  }
  return AgeFault(claim, leaf.max_age ? leaf.max_age : expectation.max_age, question.now);
}

// The leaves that it counts for, or the most telling reason why there is none.
struct Standing {
  std::vector<const SignedBy*> leaves;
  Fault fault;
};

bool IsMoreTelling(const Fault& a, const Fault& b) {
  return std::pair(TellingRank(a->first), *a) < std::pair(TellingRank(b->first), *b);
}

Standing StandingOf(const Assessment& assessment, const Question& question) {
  const VerifiedSignature& verified = *assessment.verified;
  if (verified.claim().subject != question.subject.digest()) {
    return {{}, {{"wrong-digest", "signed " + verified.claim().subject.ToString()}}};
  }
  if (Fault fault = DenyFault(verified, question)) return {{}, std::move(fault)};
  Standing standing;
  for (const SignedBy* leaf : Leaves(*question.rule.require)) {
    Fault fault = LeafFault(assessment, *leaf, question);
    if (!fault) {
      standing.leaves.push_back(leaf);
    } else if (!standing.fault || IsMoreTelling(fault, standing.fault)) {
      standing.fault = std::move(fault);
    }
  }
  if (standing.leaves.empty() && !standing.fault) {
    standing.fault = {{std::string(kStranger), "the rule asks for nobody"}};
  }
  return standing;
}

const Finding* Undecided(const Assessment& assessment, const Question& question) {
  const auto found = std::find_if(
      assessment.findings.begin(), assessment.findings.end(), [&](const Finding& finding) {
        return finding.outcome == Outcome::kUnknown && IsEnforced(finding.check, question);
      });
  return found == assessment.findings.end() ? nullptr : &*found;
}

// What a rule with a level overlooks in a signature that counts.
std::string Overlooked(const Assessment& assessment) {
  for (const Finding& finding : assessment.findings) {
    if (finding.outcome != Outcome::kFailed && finding.outcome != Outcome::kUnknown) continue;
    return ", although " + finding.reason + ": " + finding.detail;
  }
  return "";
}

bool HasPassed(const Assessment& assessment, Check check) {
  return std::any_of(assessment.findings.begin(), assessment.findings.end(),
                     [&](const Finding& finding) {
                       return finding.check == check && finding.outcome == Outcome::kPassed;
                     });
}

// Whether every failure is one that the rule only logs, and the checks that it always enforces were
// done. Only level "audit" logs authenticity, without which nothing is verified.
bool IsOverlooked(const Assessment& assessment, const Question& question) {
  if (question.rule.enforcement.authenticity == Action::kEnforce) return false;
  // What a claim must say can only be asked of one that is proved.
  const Expectation& expectation = question.rule.expectation;
  if (!expectation.annotations.empty() || expectation.signed_name != SignedName::kNone) {
    return false;
  }
  for (const Check needed : {Check::kFormat, Check::kIntegrity, Check::kSubject}) {
    if (!HasPassed(assessment, needed)) return false;
  }
  return std::none_of(
      assessment.findings.begin(), assessment.findings.end(), [&](const Finding& finding) {
        const bool is_fault =
            finding.outcome == Outcome::kFailed || finding.outcome == Outcome::kUnknown;
        return is_fault && IsEnforced(finding.check, question);
      });
}

Judged JudgeVerified(const Assessment& assessment, const Question& question) {
  Standing standing = StandingOf(assessment, question);
  if (standing.leaves.empty()) {
    const bool by_trusted_key = standing.fault->first != kStranger;
    return {{false, std::move(standing.fault->first), std::move(standing.fault->second)},
            {},
            by_trusted_key};
  }
  if (const Finding* open = Undecided(assessment, question)) {
    return {{false, open->reason, open->detail}, {}, true, true};
  }
  return {{true, "ok", "counts" + Overlooked(assessment)}, std::move(standing.leaves), true};
}

// Whether a certificate's key signed, which is anybody's until authenticity has passed.
bool IsByCertificate(const Assessment& assessment) {
  return assessment.format == signature::FormatId::kNotationJws ||
         assessment.format == signature::FormatId::kNotationCose;
}

// A key of the trust root shows itself in a passed integrity check, and in reasons that are only
// given when a trusted key verified or was named.
bool IsByTrustedKey(const Assessment& assessment, std::string_view reason) {
  if (IsByCertificate(assessment)) return HasPassed(assessment, Check::kAuthenticity);
  // "algorithm" is only said of a signature that a trusted key did make.
  for (std::string_view known : {"bad-signature", "expired", "not-yet-current", "algorithm"}) {
    if (reason == known) return true;
  }
  return HasPassed(assessment, Check::kIntegrity);
}

}  // namespace

Judged Judge(const Assessment& assessment, const Question& question) {
  if (assessment.verified && question.rule.require) return JudgeVerified(assessment, question);
  if (const Finding* failure = assessment.Failure()) {
    return {{false, failure->reason, failure->detail},
            {},
            IsByTrustedKey(assessment, failure->reason),
            false,
            IsOverlooked(assessment, question)};
  }
  if (const Finding* open = Undecided(assessment, question)) {
    return {
        {false, open->reason, open->detail}, {}, IsByTrustedKey(assessment, open->reason), true};
  }
  return {{false, "malformed", "nothing was proved"}};
}

int TellingRank(std::string_view reason) {
  // Told before that the requirement as a whole is not met: of two of one rank by their names.
  if (reason.starts_with("image-")) return TellingRank("threshold");
  const auto found = std::find(kTelling.begin(), kTelling.end(), reason);
  if (found != kTelling.end()) return static_cast<int>(found - kTelling.begin());
  // Somebody that a trusted authority certified is less of a stranger than one it did not.
  const int last = static_cast<int>(kTelling.size());
  return reason == kStranger ? last + 1 : (reason == kUncertified ? last + 2 : last);
}

}  // namespace hallmark::policy
