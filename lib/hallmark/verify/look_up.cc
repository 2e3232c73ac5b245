#include "hallmark/verify/internal/look_up.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/verify/internal/parallel.h"

namespace hallmark::verify {
namespace {

using revocation::Answer;
using revocation::Good;
using revocation::Revoked;
using revocation::Unknown;
using signature::Check;
using signature::Finding;
using signature::RevocationQuestion;

std::string NameOf(const RevocationQuestion& question) {
  return "\"" + Printable(question.issued.certificate().subject().text()) + "\"";
}

std::string Describe(const Revoked& revoked) {
  std::string text = "is revoked since " + encoding::ToRfc3339(revoked.time);
  if (revoked.reason) text += " (" + std::string(revocation::ToWord(*revoked.reason)) + ")";
  return text;
}

// What one answer makes of the signature; passed says until when it was asked.
Finding Judge(const RevocationQuestion& question, const Answer& answer) {
  const std::string name = NameOf(question);
  if (const auto* revoked = std::get_if<Revoked>(&answer.status)) {
    if (revocation::CountsAgainst(*revoked, question.signed_by)) {
      return {Check::kRevocation, signature::Outcome::kFailed, "revoked",
              name + " " + Describe(*revoked)};
    }
    return {Check::kRevocation, signature::Outcome::kPassed, "ok",
            name + " " + Describe(*revoked) + ", and signed before it became invalid"};
  }
  if (const auto* unknown = std::get_if<Unknown>(&answer.status)) {
    return {Check::kRevocation, signature::Outcome::kUnknown, "revocation",
            "whether " + name + " is revoked is not known: " + unknown->detail};
  }
  const auto& good = std::get<Good>(answer.status);
  return {Check::kRevocation, signature::Outcome::kPassed, "ok",
          name + " is not revoked as of " + encoding::ToRfc3339(good.this_update())};
}

bool IsWorse(const Finding& a, const Finding& b) {
  const auto rank = [](const Finding& finding) {
    if (finding.outcome == signature::Outcome::kFailed) return 0;
    return finding.outcome == signature::Outcome::kUnknown ? 1 : 2;
  };
  return rank(a) < rank(b);
}

}  // namespace

std::vector<std::string> LookUpRevocation(const Context& context, revocation::Checker& checker,
                                          signature::Assessment& assessment, UnixTime now) {
  const std::vector<RevocationQuestion> questions = std::move(assessment.to_look_up);
  assessment.to_look_up.clear();
  if (questions.empty()) return {};
  std::vector<std::optional<Answer>> answers(questions.size());
  ForEach(questions.size(), questions.size(),
          [&](std::size_t i) { answers[i] = checker.Check(context, questions[i].issued, now); });
  std::optional<Finding> worst;
  std::vector<std::string> asked;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    Finding finding = Judge(questions[i], *answers[i]);
    if (!worst || IsWorse(finding, *worst)) worst = std::move(finding);
    for (std::string& place : answers[i]->asked) {
      if (std::find(asked.begin(), asked.end(), place) == asked.end()) {
        asked.push_back(std::move(place));
      }
    }
  }
  assessment.Settle(*std::move(worst));
  return asked;
}

}  // namespace hallmark::verify
