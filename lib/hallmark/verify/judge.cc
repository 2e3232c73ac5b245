#include "hallmark/verify/internal/judge.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "hallmark/verify/internal/counting_reader.h"
#include "hallmark/verify/internal/look_up.h"
#include "hallmark/verify/internal/one_listing.h"
#include "hallmark/verify/internal/parallel.h"
#include "hallmark/verify/internal/read_images.h"

namespace hallmark::verify {
namespace {

using signature::Assessment;
using signature::Candidate;
using signature::Format;

struct Lead {
  const Format* format;
  Candidate candidate;
};

using Leads = std::vector<Lead>;

// The lists in turn, so that a flood in one does not hide what is in another.
Leads InTurn(std::vector<Leads> lists) {
  Leads leads;
  for (std::size_t i = 0, taken = 1; taken > 0; ++i) {
    taken = 0;
    for (Leads& list : lists) {
      if (i >= list.size()) continue;
      leads.push_back(std::move(list[i]));
      ++taken;
    }
  }
  return leads;
}

// What each kind of statement brought, in turn, and every candidate once.
Leads Distinct(std::vector<Leads> by_kind) {
  if (by_kind.size() == 1) return std::move(by_kind.front());
  Leads distinct;
  std::map<std::pair<oci::Digest, std::optional<oci::Digest>>, std::size_t> places;
  for (Lead& lead : InTurn(std::move(by_kind))) {
    const Candidate& one = lead.candidate;
    const auto layer = one.layer ? std::optional(one.layer->digest) : std::nullopt;
    const auto [place, is_new] =
        places.try_emplace(std::pair(one.artifact.digest, layer), distinct.size());
    if (is_new) {
      distinct.push_back(std::move(lead));
    } else {
      std::size_t& most = distinct[place->second].candidate.max_bytes;
      most = std::max(most, one.max_bytes);
    }
  }
  return distinct;
}

// Asks some of the formats where statements of every kind that the rule wants are, at the same
// time; their answers are evidence.
class Finder {
 public:
  Finder(const Context& context, const Parts& parts, const policy::Rule& rule,
         const store::Subject& subject, policy::Evidence& evidence)
      : context_(context),
        parts_(parts),
        root_(parts.policy.TrustRootFor(rule)),
        kinds_(rule.Kinds()),
        subject_(subject),
        evidence_(evidence),
        shared_(parts.reader) {}

  std::vector<Leads> Ask(std::span<const Format* const> formats) {
    store::Reader& reader = parts_.formats.size() * kinds_.size() > 1 ? shared_ : parts_.reader;
    std::vector<signature::Found> found(formats.size() * kinds_.size());
    ForEach(found.size(), found.size(), [&](std::size_t i) {
      found[i] = formats[i / kinds_.size()]->Find(context_, reader, subject_,
                                                  {kinds_[i % kinds_.size()], root_});
    });
    std::vector<Leads> lists;
    for (std::size_t i = 0; i < formats.size(); ++i) {
      std::vector<Leads> by_kind(kinds_.size());
      for (std::size_t kind = 0; kind < kinds_.size(); ++kind) {
        by_kind[kind] = TakeIn(formats[i], found[i * kinds_.size() + kind]);
      }
      lists.push_back(Distinct(std::move(by_kind)));
    }
    return lists;
  }

 private:
  Leads TakeIn(const Format* format, signature::Found& found) {
    Leads leads;
    for (Candidate& one : found.candidates) leads.push_back({format, std::move(one)});
    for (Error& gap : found.gaps) evidence_.gaps.push_back(std::move(gap));
    for (std::string& place : found.asked) evidence_.asked.push_back(std::move(place));
    return leads;
  }

  const Context& context_;
  const Parts& parts_;
  const trust::TrustRoot& root_;
  const std::vector<std::string> kinds_;
  const store::Subject& subject_;
  policy::Evidence& evidence_;
  OneListing shared_;
};

// Only a verification ends the search: "allowed" by warn mode is no reason to stop looking.
bool IsSatisfied(const policy::Verdict& verdict) {
  const auto* allow = std::get_if<policy::Allow>(&verdict.decision);
  return allow != nullptr && std::holds_alternative<policy::ByVerification>(allow->basis);
}

// Errors after which the next candidate would fare no better.
bool EndsSearch(ErrorCode code) {
  return code == ErrorCode::kTimeout || code == ErrorCode::kThrottled;
}

// How much of one image's candidates is read.
struct Budget {
  std::size_t signatures;
  std::size_t reads;

  Budget Half() const { return {(signatures + 1) / 2, (reads + 1) / 2}; }
};

// What the manifest of one candidate and the blob that it names take.
constexpr std::size_t kReadsEach = 2;

// Reads and judges the candidates of one image, in their order.
class Search {
 public:
  Search(const Context& context, const Parts& parts, const policy::Rule& rule,
         const store::Subject& subject, const Options& options, UnixTime now,
         policy::Evidence& evidence)
      : context_(context),
        parts_(parts),
        rule_(rule),
        subject_(subject),
        options_(options),
        now_(now),
        evidence_(evidence),
        reader_(parts.reader) {}

  // Takes candidates in from the front of `leads` until enough is proved, none is left or `most`
  // is spent in all; whether the search is over.
  bool Take(Leads& leads, Budget most) {
    std::size_t taken = 0;
    bool is_over = false;
    // By index: a manifest of several signatures adds its own to the list.
    for (; taken < leads.size() && CanRead(most) && !is_over; ++taken, ++read_) {
      if (std::optional<Error> late = OutOfTime(context_)) {
        AddGap(*std::move(late));
        return true;
      }
      const Lead lead = leads[taken];
      is_over = IsEnough(lead, leads);
    }
    leads.erase(leads.begin(), leads.begin() + static_cast<std::ptrdiff_t>(taken));
    return is_over;
  }

  // Says of what was left that it was not read.
  void LeaveOut(const Leads& leads) {
    if (leads.empty()) return;
    AddGap(Error(ErrorCode::kLimit, "only " + std::to_string(read_) + " of " +
                                        std::to_string(read_ + leads.size()) +
                                        " attached signatures were read"));
  }

 private:
  void AddGap(Error gap) { evidence_.gaps.push_back(std::move(gap)); }

  bool CanRead(Budget most) const {
    return read_ < most.signatures && reader_.count() + kReadsEach <= most.reads;
  }

  // Takes one candidate in; whether the search is over.
  bool IsEnough(const Lead& lead, Leads& leads) {
    signature::Loaded loaded = lead.format->Load(context_, reader_, subject_, lead.candidate);
    if (auto* error = std::get_if<Error>(&loaded)) {
      const ErrorCode code = error->code();
      AddGap(std::move(*error));
      return EndsSearch(code);
    }
    if (std::holds_alternative<signature::Unrelated>(loaded)) return false;
    if (auto* several = std::get_if<signature::Several>(&loaded)) {
      for (Candidate& one : several->candidates) leads.push_back({lead.format, std::move(one)});
      return false;
    }
    Assessment assessment = AssessLoaded(lead, std::move(loaded));
    LookUp(assessment);
    evidence_.assessments.push_back(std::move(assessment));
    if (!evidence_.assessments.back().verified) return false;
    // An image that nobody who is trusted signed is not worth a look.
    if (rule_.NeedsImage() && !std::exchange(has_looked_, true)) {
      ReadImages(context_, parts_.reader, rule_, subject_, options_, evidence_);
    }
    return IsSatisfied(rule_.Decide(subject_, evidence_, now_));
  }

  Assessment AssessLoaded(const Lead& lead, signature::Loaded loaded) {
    if (auto* useless = std::get_if<Assessment>(&loaded)) return std::move(*useless);
    auto& signature = std::get<signature::Signature>(loaded);
    const trust::TrustRoot& root = parts_.policy.TrustRootFor(rule_);
    Assessment assessment = lead.format->Assess(signature, subject_, root, now_);
    if (!assessment.plugin_question || parts_.plugins == nullptr) return assessment;
    Result<signature::PluginWord> word =
        parts_.plugins->Ask(context_, *assessment.plugin_question, rule_.parts().enforcement);
    if (!word.ok()) return WithoutPlugin(std::move(assessment), word.error());
    signature.plugin_word = std::move(word).value();
    return lead.format->Assess(signature, subject_, root, now_);
  }

  // What a plugin that is not there leaves undone is refused; what one could not do is unknown.
  static Assessment WithoutPlugin(Assessment assessment, const Error& error) {
    for (signature::Finding& finding : assessment.findings) {
      if (finding.outcome != signature::Outcome::kFailed) continue;
      finding.detail += ": " + error.message();
      if (error.code() == ErrorCode::kConfig || error.code() == ErrorCode::kMalformed) continue;
      finding.outcome = signature::Outcome::kUnknown;
      finding.reason = "plugin";
    }
    return assessment;
  }

  // Costs requests, so only what may count yet is looked up.
  void LookUp(Assessment& assessment) {
    const policy::Enforcement& enforcement = rule_.parts().enforcement;
    if (parts_.revocation == nullptr || !assessment.verified) return;
    if (enforcement.revocation == policy::Action::kSkip) return;
    for (const signature::Finding& finding : assessment.findings) {
      const bool is_failed = finding.outcome == signature::Outcome::kFailed;
      if (is_failed && enforcement.For(finding.check) == policy::Action::kEnforce) return;
    }
    for (std::string& place : LookUpRevocation(context_, *parts_.revocation, assessment, now_)) {
      evidence_.asked.push_back(std::move(place));
    }
  }

  const Context& context_;
  const Parts& parts_;
  const policy::Rule& rule_;
  const store::Subject& subject_;
  const Options& options_;
  const UnixTime now_;
  policy::Evidence& evidence_;
  CountingReader reader_;
  std::size_t read_ = 0;
  bool has_looked_ = false;
};

// Whether signatures of more than one format may count: all places are asked at once then, so that
// the union is no deeper in round trips than the deepest of them.
bool IsUnion(const trust::TrustRoot& root) {
  return !root.keys().empty() && !root.authorities().empty();
}

// The first format alone, then all others at once: where the first one's signatures suffice, as
// they mostly do, no other place costs a request. Until the others were asked the first may use
// half of what is read in all, so that its flood cannot hide theirs.
void Gather(const Context& context, const Parts& parts, const policy::Rule& rule,
            const store::Subject& subject, const Options& options, UnixTime now,
            policy::Evidence& evidence) {
  Finder finder(context, parts, rule, subject, evidence);
  Search search(context, parts, rule, subject, options, now, evidence);
  const std::span<const Format* const> formats(parts.formats);
  const Budget most{options.max_signatures, options.max_reads};
  const std::size_t first =
      IsUnion(parts.policy.TrustRootFor(rule)) ? formats.size() : std::size_t{1};
  std::vector<Leads> lists = finder.Ask(formats.first(first));
  if (formats.size() > first) {
    if (search.Take(lists.front(), most.Half())) return;
    for (Leads& list : finder.Ask(formats.subspan(first))) lists.push_back(std::move(list));
  }
  Leads leads = InTurn(std::move(lists));
  if (!search.Take(leads, most)) search.LeaveOut(leads);
}

}  // namespace

std::optional<Error> OutOfTime(const Context& context) {
  if (context.stop.stop_requested()) return Error(ErrorCode::kTimeout, "interrupted");
  if (std::chrono::steady_clock::now() < context.deadline) return std::nullopt;
  return Error(ErrorCode::kTimeout, "the deadline passed while reading signatures");
}

Outcome Judge(const Context& context, const Parts& parts, const policy::Rule& rule,
              const store::Subject& subject, const Options& options, UnixTime now) {
  policy::Evidence evidence;
  if (rule.NeedsEvidence(subject)) Gather(context, parts, rule, subject, options, now, evidence);
  policy::Verdict verdict = rule.Decide(subject, evidence, now);
  return Outcome{subject.asked(), subject.digest(), std::nullopt, std::move(verdict),
                 std::move(evidence)};
}

Outcome Unresolved(const policy::Rule& rule, oci::Reference reference, const Error& error) {
  return Outcome{std::move(reference), std::nullopt, std::nullopt, rule.DecideUnresolved(error),
                 policy::Evidence{}};
}

}  // namespace hallmark::verify
