#include "hallmark/verify/internal/judge.h"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "hallmark/verify/internal/one_listing.h"
#include "hallmark/verify/internal/parallel.h"

namespace hallmark::verify {
namespace {

using signature::Assessment;
using signature::Candidate;
using signature::Format;

struct Lead {
  const Format* format;
  Candidate candidate;
};

// The answers of the formats in turn, so that a flood of one format's does not hide another's.
std::vector<Lead> InTurn(const std::vector<const Format*>& formats,
                         std::vector<signature::Found>& found) {
  std::vector<Lead> leads;
  for (std::size_t i = 0, taken = 1; taken > 0; ++i) {
    taken = 0;
    for (std::size_t at = 0; at < found.size(); ++at) {
      if (i >= found[at].candidates.size()) continue;
      leads.push_back({formats[at], std::move(found[at].candidates[i])});
      ++taken;
    }
  }
  return leads;
}

// Asks every format where its signatures are, at the same time; their answers are all evidence.
std::vector<Lead> FindLeads(const Context& context, const Parts& parts, const policy::Rule& rule,
                            const store::Subject& subject, policy::Evidence& evidence) {
  OneListing shared(parts.reader);
  store::Reader& reader = parts.formats.size() > 1 ? shared : parts.reader;
  std::vector<signature::Found> found(parts.formats.size());
  ForEach(found.size(), found.size(), [&](std::size_t i) {
    found[i] = parts.formats[i]->Find(
        context, reader, subject,
        {rule.parts().expectation.predicate_type, parts.policy.trust_root()});
  });
  for (signature::Found& one : found) {
    for (Error& gap : one.gaps) evidence.gaps.push_back(std::move(gap));
    for (std::string& place : one.asked) evidence.asked.push_back(std::move(place));
  }
  return InTurn(parts.formats, found);
}

// Only a verification ends the search: "allowed" by warn mode is no reason to stop looking.
bool IsSatisfied(const policy::Verdict& verdict) {
  const auto* allow = std::get_if<policy::Allow>(&verdict.decision);
  return allow != nullptr && std::holds_alternative<policy::ByVerification>(allow->basis);
}

// Errors after which the next candidate would fare no better.
bool EndsSearch(ErrorCode code) {
  return code == ErrorCode::kTimeout || code == ErrorCode::kThrottled;
}

// Reads and judges the candidates of one image, in their order.
class Search {
 public:
  Search(const Context& context, const Parts& parts, const policy::Rule& rule,
         const store::Subject& subject, UnixTime now, policy::Evidence& evidence)
      : context_(context),
        parts_(parts),
        rule_(rule),
        subject_(subject),
        now_(now),
        evidence_(evidence) {}

  void Run(std::vector<Lead> leads, std::size_t max_signatures) {
    std::size_t read = 0;
    // By index: a manifest of several signatures adds its own to the list.
    for (std::size_t i = 0; i < leads.size(); ++i) {
      const Lead lead = leads[i];
      if (read == max_signatures) {
        AddGap(Error(ErrorCode::kLimit, "only " + std::to_string(read) + " of " +
                                            std::to_string(leads.size()) +
                                            " attached signatures were read"));
        return;
      }
      ++read;
      if (std::optional<Error> late = OutOfTime(context_)) return AddGap(*std::move(late));
      if (IsEnough(lead, leads)) return;
    }
  }

 private:
  void AddGap(Error gap) { evidence_.gaps.push_back(std::move(gap)); }

  // Takes one candidate in; whether the search is over.
  bool IsEnough(const Lead& lead, std::vector<Lead>& leads) {
    signature::Loaded loaded = lead.format->Load(context_, parts_.reader, subject_, lead.candidate);
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
    evidence_.assessments.push_back(AssessLoaded(lead, std::move(loaded)));
    return evidence_.assessments.back().verified &&
           IsSatisfied(rule_.Decide(subject_, evidence_, now_));
  }

  Assessment AssessLoaded(const Lead& lead, signature::Loaded loaded) {
    if (auto* useless = std::get_if<Assessment>(&loaded)) return std::move(*useless);
    return lead.format->Assess(std::get<signature::Signature>(loaded), subject_,
                               parts_.policy.trust_root(), now_);
  }

  const Context& context_;
  const Parts& parts_;
  const policy::Rule& rule_;
  const store::Subject& subject_;
  const UnixTime now_;
  policy::Evidence& evidence_;
};

}  // namespace

std::optional<Error> OutOfTime(const Context& context) {
  if (context.stop.stop_requested()) return Error(ErrorCode::kTimeout, "interrupted");
  if (std::chrono::steady_clock::now() < context.deadline) return std::nullopt;
  return Error(ErrorCode::kTimeout, "the deadline passed while reading signatures");
}

Outcome Judge(const Context& context, const Parts& parts, const policy::Rule& rule,
              const store::Subject& subject, const Options& options, UnixTime now) {
  policy::Evidence evidence;
  if (rule.NeedsEvidence()) {
    std::vector<Lead> leads = FindLeads(context, parts, rule, subject, evidence);
    Search(context, parts, rule, subject, now, evidence)
        .Run(std::move(leads), options.max_signatures);
  }
  policy::Verdict verdict = rule.Decide(subject, evidence, now);
  return Outcome{subject.asked(), subject.digest(), std::nullopt, std::move(verdict),
                 std::move(evidence)};
}

Outcome Unresolved(const policy::Rule& rule, oci::Reference reference, const Error& error) {
  return Outcome{std::move(reference), std::nullopt, std::nullopt, rule.DecideUnresolved(error),
                 policy::Evidence{}};
}

}  // namespace hallmark::verify
