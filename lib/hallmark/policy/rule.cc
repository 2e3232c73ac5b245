#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/duration.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/policy/internal/advice.h"
#include "hallmark/policy/internal/judge.h"
#include "hallmark/policy/internal/tally.h"
#include "hallmark/policy/trust_policy.h"
#include "hallmark/signature/index_children.h"

namespace hallmark::policy {
namespace {

using signature::Assessment;

constexpr std::size_t kShownHexDigits = 12;

// Why a refusal was given; the smaller is told. Nothing in it depends on the order of evidence.
struct Cause {
  bool by_stranger;
  int rank;
  std::string reason;
  std::string detail;
  friend bool operator<(const Cause& a, const Cause& b) {
    return std::tie(a.by_stranger, a.rank, a.reason, a.detail) <
           std::tie(b.by_stranger, b.rank, b.reason, b.detail);
  }
};

// Of several gaps the one is told that a person can do most about.
int GapRank(ErrorCode code) {
  constexpr std::array kOrder = {
      ErrorCode::kDenied,   ErrorCode::kThrottled, ErrorCode::kTimeout, ErrorCode::kUnavailable,
      ErrorCode::kProtocol, ErrorCode::kLimit,     ErrorCode::kStorage};
  return static_cast<int>(std::find(kOrder.begin(), kOrder.end(), code) - kOrder.begin());
}

std::string ShortName(const oci::Digest& digest) {
  return std::string(digest.algorithm_name()) + ":" + digest.hex().substr(0, kShownHexDigits) +
         "...";
}

std::string NameOf(const Assessment& assessment) {
  std::string name =
      std::string(ToName(assessment.format)) + " " + ShortName(assessment.artifact.digest);
  if (assessment.verified) {
    const signature::SignerIdentity& signer = assessment.verified->signer();
    name += " by " + Printable(signer.name) + " (key " + signer.key_id + ")";
  } else if (!assessment.unverified_signer_hint.empty()) {
    name += " by " + Printable(assessment.unverified_signer_hint);
  }
  return name;
}

// What may be run under the subject's digest: itself, or the images of an index.
std::set<oci::Digest> ImagesOf(const store::Subject& subject) {
  const auto* index = std::get_if<oci::ImageIndex>(&subject.document());
  if (index == nullptr) return {subject.digest()};
  std::set<oci::Digest> images;
  for (const oci::Descriptor& child : signature::ImageChildren(*index)) images.insert(child.digest);
  return images;
}

// The verdict before anything was decided: a Deny that knows its rule.
Verdict Blank(const Rule& rule) {
  Verdict verdict;
  verdict.rule = rule.name();
  verdict.wants = rule.Wants();
  verdict.place = rule.parts().place;
  verdict.loosened = rule.parts().loosened;
  return verdict;
}

// One verification of one image by one rule that needs evidence.
class Decision {
 public:
  Decision(const Rule& rule, const Question& question, const Evidence& evidence)
      : rule_(rule), question_(question), evidence_(evidence), verdict_(Blank(rule)) {
    for (const ImageIs* leaf : ImageLeaves(*rule.parts().require)) ConsiderImages(*leaf);
    for (const Assessment& assessment : evidence.assessments) Consider(assessment);
  }

  Verdict Make() && {
    const bool is_met = !counted_.empty() && IsMet(*rule_.parts().require, tally_);
    if (is_met) return std::move(*this).Verified();
    if (overlooked_) return std::move(*this).Overlooked();
    if (!evidence_.gaps.empty()) {
      BlameGap();
    } else if (undecided_) {
      verdict_.decision = Unknown{};
      Blame(*undecided_, Fix(undecided_->reason));
    } else if (evidence_.assessments.empty()) {
      verdict_.decision = Unsigned{};
      BlameAbsence();
    } else {
      BlameCause();
    }
    return std::move(verdict_);
  }

 private:
  void Consider(const Assessment& assessment) {
    Judged judged = Judge(assessment, question_);
    if (judged.judgement.counts) {
      for (const SignedBy* leaf : judged.leaves) tally_.Add(*leaf, *assessment.verified);
      counted_.push_back(*assessment.verified);
    } else {
      const Judgement& why = judged.judgement;
      Cause cause{!judged.by_trusted_key, TellingRank(why.reason), why.reason,
                  NameOf(assessment) + ": " + why.detail};
      std::optional<Cause>& best =
          judged.overlooked ? overlooked_ : (judged.undecided ? undecided_ : refused_);
      if (!best || cause < *best) best = std::move(cause);
    }
    verdict_.judged.push_back(std::move(judged.judgement));
  }

  // An image that nobody read is not as it should be: there is a gap then, which is told first.
  void ConsiderImages(const ImageIs& leaf) {
    std::set<oci::Digest> unread = ImagesOf(question_.subject);
    bool is_met = !unread.empty();
    for (const ImageRead& image : evidence_.images) {
      unread.erase(image.digest);
      const ImageFacts facts{question_.subject.asked(), image.manifest,
                             image.config ? &*image.config : nullptr};
      for (ImageFault& fault : policy::Judge(leaf.rule, facts, question_.now)) {
        is_met = false;
        Cause cause{false, TellingRank(fault.reason), std::string(fault.reason),
                    "image " + ShortName(image.digest) + ": " + std::move(fault.detail)};
        if (!image_fault_ || cause < *image_fault_) image_fault_ = std::move(cause);
      }
    }
    if (is_met && unread.empty()) tally_.Accept(leaf);
  }

  Verdict Verified() && {
    verdict_.reason = "verified";
    verdict_.detail = std::to_string(counted_.size()) +
                      (counted_.size() == 1 ? " signature counts" : " signatures count");
    verdict_.decision = Allow{ByVerification{std::move(counted_)}};
    return std::move(verdict_);
  }

  // Level "audit" of the Notary Project: a signature that is intact and about this image.
  Verdict Overlooked() && {
    verdict_.reason = "audited";
    verdict_.detail = "would be denied: " + overlooked_->reason + ": " + overlooked_->detail;
    verdict_.decision = Allow{ByAudit{overlooked_->reason}};
    return std::move(verdict_);
  }

  void Blame(const Cause& cause, std::string fix) {
    verdict_.reason = cause.reason;
    verdict_.detail = cause.detail;
    verdict_.fix = std::move(fix);
  }

  void BlameGap() {
    const auto told = std::min_element(evidence_.gaps.begin(), evidence_.gaps.end(),
                                       [](const Error& a, const Error& b) {
                                         return std::pair(GapRank(a.code()), a.message()) <
                                                std::pair(GapRank(b.code()), b.message());
                                       });
    verdict_.decision = Unknown{};
    verdict_.reason = ToWord(told->code());
    verdict_.detail = told->message();
    verdict_.fix = FixForGap(told->code(), question_.subject.asked());
  }

  void BlameAbsence() {
    verdict_.reason = "unsigned";
    verdict_.detail = rule_.parts().expectation.predicate_type == kSignedPredicate
                          ? "no signature is attached"
                          : "no attestation is attached";
    verdict_.fix = Fix("unsigned");
  }

  void BlameCause() {
    if (image_fault_ && (!refused_ || *image_fault_ < *refused_)) refused_ = image_fault_;
    if (!counted_.empty()) {
      Cause few{false, TellingRank("threshold"), "threshold",
                DescribeShortfall(*rule_.parts().require, tally_)};
      if (!refused_ || few < *refused_) refused_ = std::move(few);
    }
    Blame(*refused_, Fix(refused_->reason));
  }

  std::string Fix(std::string_view reason) const {
    return FixFor(reason, rule_.parts(), question_.subject.asked(), question_.subject.digest());
  }

  const Rule& rule_;
  const Question& question_;
  const Evidence& evidence_;
  Verdict verdict_;
  Tally tally_;
  std::vector<signature::VerifiedSignature> counted_;
  std::optional<Cause> refused_;
  std::optional<Cause> undecided_;
  std::optional<Cause> overlooked_;
  std::optional<Cause> image_fault_;
};

Verdict DecideWithoutEvidence(const Rule& rule, const store::Subject& subject) {
  Verdict verdict = Blank(rule);
  if (rule.parts().mode == Mode::kOff) {
    verdict.decision = Allow{ByExemption{}};
    verdict.reason = "exempt";
    verdict.detail = "the rule is off";
    return verdict;
  }
  if (rule.parts().allow_without_signature) {
    verdict.decision = Allow{ByExemption{}};
    verdict.reason = "exempt";
    if (!verdict.loosened.empty()) {
      verdict.detail = "the rule asks for no signature";
      return verdict;
    }
    verdict.detail = "no rule matches and the default lets unmatched images through";
    verdict.loosened.emplace_back("default allow-unmatched");
    return verdict;
  }
  if (rule.parts().is_unread) {
    verdict.reason = ToWord(ErrorCode::kConfig);
    verdict.detail = "the policy was read for other images, without the trust stores of this rule";
    verdict.fix = "read the policy for " + subject.asked().repository().ToString() + " too";
    return verdict;
  }
  verdict.reason = "no-rule";
  verdict.detail = "no rule matches " + subject.asked().repository().ToString();
  verdict.fix = FixFor("no-rule", rule.parts(), subject.asked(), subject.digest());
  return verdict;
}

// Lets through what would be refused, and says by what.
Verdict Overlook(Verdict refusal, std::string_view reason, std::string by) {
  refusal.detail =
      "would be " + std::string(refusal.word()) + ": " + refusal.reason + ": " + refusal.detail;
  refusal.decision = Allow{ByAudit{std::exchange(refusal.reason, reason)}};
  refusal.loosened.push_back(std::move(by));
  return refusal;
}

Verdict DenyListed(const Rule& rule, const store::Subject& subject) {
  Verdict verdict = Blank(rule);
  verdict.reason = "deny-listed";
  verdict.detail = rule.parts().overrides->deny.digests.contains(subject.digest())
                       ? "the policy's deny list names this digest"
                       : "the policy's deny list names an image of this index";
  verdict.fix = FixFor("deny-listed", rule.parts(), subject.asked(), subject.digest());
  return verdict;
}

// Also where one of an index's images is: it is what would run.
bool IsDenied(const Rule::Parts& rule, const store::Subject& subject) {
  if (!rule.overrides || rule.overrides->deny.digests.empty()) return false;
  const std::set<oci::Digest>& denied = rule.overrides->deny.digests;
  if (denied.contains(subject.digest())) return true;
  const std::set<oci::Digest> images = ImagesOf(subject);
  return std::any_of(images.begin(), images.end(),
                     [&](const oci::Digest& image) { return denied.contains(image); });
}

// Whether nothing but servers that do not answer stood in the way. Whatever whoever can write to
// the registry can bring about is no outage: more signatures than are read, or so large ones that
// the time runs out.
bool IsOutage(const Evidence& evidence) {
  const auto is_outage = [](const Error& gap) {
    return gap.code() == ErrorCode::kUnavailable || gap.code() == ErrorCode::kThrottled;
  };
  return !evidence.gaps.empty() &&
         std::all_of(evidence.gaps.begin(), evidence.gaps.end(), is_outage);
}

// The first of the file that covers the image; null when none does.
const Exception* ExceptionFor(const Rule::Parts& rule, const store::Subject& subject,
                              UnixTime now) {
  if (!rule.overrides) return nullptr;
  for (const Exception& exception : rule.overrides->exceptions) {
    if (exception.Covers(subject, now)) return &exception;
  }
  return nullptr;
}

}  // namespace

Action Enforcement::For(signature::Check check) const {
  switch (check) {
    case signature::Check::kAuthenticity:
      return authenticity;
    case signature::Check::kTimestamp:
      return timestamp;
    case signature::Check::kExpiry:
      return expiry;
    case signature::Check::kRevocation:
      return revocation;
    default:
      return Action::kEnforce;
  }
}

Verdict Rule::Decide(const store::Subject& subject, const Evidence& evidence, UnixTime now) const {
  if (IsDenied(parts_, subject)) return DenyListed(*this, subject);
  const Question question{subject, parts_, now};
  Verdict verdict = parts_.require ? Decision(*this, question, evidence).Make()
                                   : DecideWithoutEvidence(*this, subject);
  if (verdict.allowed()) return verdict;
  if (const Exception* exception = ExceptionFor(parts_, subject, now)) {
    return Overlook(std::move(verdict), "exception",
                    "exception " + exception->name + " until " +
                        encoding::ToRfc3339(exception->until) + ": " +
                        Printable(exception->reason));
  }
  if (parts_.require && parts_.mode == Mode::kWarn) {
    return Overlook(std::move(verdict), "audited", "mode warn (rule " + name() + ")");
  }
  const bool is_unknown = std::holds_alternative<Unknown>(verdict.decision);
  // An image that itself could not be read never is let through, so a rule about it is held to.
  const bool may_overlook = parts_.on_unknown == OnUnknown::kAllow && !NeedsImage();
  if (is_unknown && may_overlook && IsOutage(evidence)) {
    return Overlook(std::move(verdict), "audited", "onUnknown allow (rule " + name() + ")");
  }
  return verdict;
}

bool Rule::NeedsEvidence(const store::Subject& subject) const {
  return parts_.require.has_value() && !IsDenied(parts_, subject);
}

std::vector<std::string> Rule::Kinds() const {
  std::set<std::string> kinds;
  if (parts_.require) {
    for (const SignedBy* leaf : Leaves(*parts_.require)) {
      kinds.insert(leaf->predicate_type.value_or(parts_.expectation.predicate_type));
    }
  }
  return {kinds.begin(), kinds.end()};
}

bool Rule::NeedsImage() const { return parts_.require && !ImageLeaves(*parts_.require).empty(); }

bool Rule::NeedsConfig() const {
  if (!parts_.require) return false;
  const std::vector<const ImageIs*> leaves = ImageLeaves(*parts_.require);
  return std::any_of(leaves.begin(), leaves.end(),
                     [](const ImageIs* leaf) { return leaf->rule.NeedsConfig(); });
}

Verdict Rule::DecideUnresolved(const Error& error) const {
  Verdict verdict = Blank(*this);
  verdict.reason = ToWord(error.code());
  verdict.detail = error.message();
  verdict.fix = FixUnresolved(error.code());
  switch (error.code()) {
    case ErrorCode::kMismatch:
    case ErrorCode::kMalformed:
    case ErrorCode::kLimit:
    case ErrorCode::kUnsupported:
      verdict.decision = Deny{};
      break;
    default:
      verdict.decision = Unknown{};
      break;
  }
  return verdict;
}

std::string Rule::Wants() const {
  if (parts_.is_unread) return "what its trust stores would say: they were not read";
  if (!parts_.require) {
    if (parts_.mode == Mode::kOff) return "nothing: the rule is off";
    if (parts_.allow_without_signature && !parts_.loosened.empty()) return "nothing: level skip";
    return parts_.allow_without_signature ? "nothing: unmatched images are exempt"
                                          : "a rule for the image: unmatched images are denied";
  }
  std::string wants = Describe(*parts_.require);
  const Expectation& expectation = parts_.expectation;
  if (expectation.predicate_type != kSignedPredicate) {
    wants += ", attestation " + Printable(expectation.predicate_type);
  }
  const std::vector<const SignedBy*> leaves = Leaves(*parts_.require);
  const bool all_say = std::all_of(leaves.begin(), leaves.end(),
                                   [](const SignedBy* leaf) { return leaf->max_age.has_value(); });
  if (expectation.max_age && !all_say) {
    wants += ", no older than " + encoding::DurationText(*expectation.max_age);
  }
  for (const auto& [name, value] : expectation.annotations) {
    wants += ", signed annotation " + Printable(name) + "=" + Printable(value);
  }
  switch (expectation.signed_name) {
    case SignedName::kNone:
      return wants;
    case SignedName::kRepository:
      return wants + ", signed for this repository";
    case SignedName::kTag:
      return wants + ", signed for this repository and tag";
    case SignedName::kExact:
      return wants + ", signed for exactly this repository and tag";
    default:
      return wants + ", signed for a name compared in an unknown way";
  }
}

}  // namespace hallmark::policy
