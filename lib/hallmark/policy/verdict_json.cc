#include "hallmark/policy/verdict_json.h"

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/rfc3339.h"

namespace hallmark::policy {
namespace {

using json::Value;
using signature::Assessment;
using signature::Outcome;

// Details are put together from several texts that were each cut already.
constexpr std::size_t kMaxDetailBytes = 2048;

Value Text(std::string_view text) { return Value::String(std::string(text)); }

Value Detail(const std::string& detail) {
  if (detail.size() <= kMaxDetailBytes) return Text(detail);
  std::size_t end = kMaxDetailBytes;
  while (end > 0 && (static_cast<unsigned char>(detail[end]) & 0xC0U) == 0x80U) --end;
  return Text(detail.substr(0, end) + "...");
}

// JSON readers agree on integers up to 2^53-1 only.
Value Count(std::uint64_t count) {
  constexpr std::uint64_t kSafe = (std::uint64_t{1} << 53) - 1;
  return Value::Integer(static_cast<std::int64_t>(std::min(count, kSafe)));
}

Value CheckLine(std::string_view check, std::string_view outcome, std::string_view reason,
                const std::string& detail) {
  return Value::Object({{"check", Text(check)},
                        {"outcome", Text(outcome)},
                        {"reason", Text(reason)},
                        {"detail", Detail(detail)}});
}

bool IsUndecided(const Assessment& assessment) {
  const auto is = [&](Outcome outcome) {
    return std::any_of(assessment.findings.begin(), assessment.findings.end(),
                       [&](const auto& finding) { return finding.outcome == outcome; });
  };
  return is(Outcome::kUnknown) && !is(Outcome::kFailed);
}

std::string_view OutcomeOf(const Assessment& assessment, const Judgement& judgement) {
  if (judgement.counts) return ToName(Outcome::kPassed);
  return ToName(IsUndecided(assessment) ? Outcome::kUnknown : Outcome::kFailed);
}

// The policy's own judgement is told where it decided: on what was verified.
Value Checks(const Assessment& assessment, const Judgement& judgement, bool judged) {
  std::vector<Value> checks;
  for (const signature::Finding& finding : assessment.findings) {
    checks.push_back(
        CheckLine(ToName(finding.check), ToName(finding.outcome), finding.reason, finding.detail));
  }
  if (judged && assessment.verified) {
    checks.push_back(
        CheckLine("policy", OutcomeOf(assessment, judgement), judgement.reason, judgement.detail));
  }
  return Value::Array(std::move(checks));
}

Value SignerOf(const Assessment& assessment) {
  if (assessment.verified) {
    const signature::SignerIdentity& signer = assessment.verified->signer();
    return Text(Printable(signer.name) + " (" + signer.key_id + ")");
  }
  if (assessment.unverified_signer_hint.empty()) return Value::Null();
  return Text("unverified: " + Printable(assessment.unverified_signer_hint));
}

Value SignedAtOf(const Assessment& assessment) {
  if (!assessment.verified || !assessment.verified->claim().signed_at) return Value::Null();
  return Text(encoding::ToRfc3339(*assessment.verified->claim().signed_at));
}

Value SignatureLine(const Assessment& assessment, const Judgement& judgement, bool judged) {
  return Value::Object({{"format", Text(ToName(assessment.format))},
                        {"artifact", Text(assessment.artifact.digest.ToString())},
                        {"signer", SignerOf(assessment)},
                        {"signedAt", SignedAtOf(assessment)},
                        {"outcome", Text(OutcomeOf(assessment, judgement))},
                        {"checks", Checks(assessment, judgement, judged)}});
}

// A verdict that asked for no evidence judged nothing, whatever was found.
Value Signatures(const VerdictReport& report) {
  const std::vector<Judgement>& judged = report.verdict.judged;
  const std::vector<Assessment>& assessments = report.evidence.assessments;
  const bool is_judged = judged.size() == assessments.size();
  std::vector<Value> lines;
  for (std::size_t i = 0; i < assessments.size(); ++i) {
    lines.push_back(SignatureLine(assessments[i], is_judged ? judged[i] : Judgement(), is_judged));
  }
  return Value::Array(std::move(lines));
}

Value Gaps(const std::vector<Error>& gaps) {
  std::vector<Value> lines;
  lines.reserve(gaps.size());
  for (const Error& gap : gaps) {
    lines.push_back(
        Value::Object({{"reason", Text(ToWord(gap.code()))}, {"detail", Detail(gap.message())}}));
  }
  return Value::Array(std::move(lines));
}

Value Requests(const std::map<std::string, std::uint64_t>& requests) {
  std::vector<std::pair<std::string, Value>> hosts;
  hosts.reserve(requests.size());
  for (const auto& [host, count] : requests) hosts.emplace_back(host, Count(count));
  return Value::Object(std::move(hosts));
}

Value Loosened(const std::vector<std::string>& loosened) {
  std::vector<Value> names;
  names.reserve(loosened.size());
  for (const std::string& name : loosened) names.push_back(Text(name));
  return Value::Array(std::move(names));
}

}  // namespace

json::Value ToJson(const VerdictReport& report) {
  const Verdict& verdict = report.verdict;
  std::vector<std::pair<std::string, Value>> members;
  const auto add = [&](std::string_view name, Value value) {
    members.emplace_back(name, std::move(value));
  };
  add("schema", Text(kVerdictSchema));
  add("reference", Text(Printable(report.reference, kMaxDetailBytes)));
  add("digest", report.digest ? Text(report.digest->ToString()) : Value::Null());
  if (report.platform) add("platform", Text(Printable(report.platform->ToString())));
  add("verdict", Text(verdict.word()));
  add("reason", Text(verdict.reason));
  add("detail", Detail(verdict.detail));
  add("rule", Text(verdict.rule));
  add("policySha256", report.policy_sha256.empty() ? Value::Null() : Text(report.policy_sha256));
  add("signatures", Signatures(report));
  add("gaps", Gaps(report.evidence.gaps));
  add("requests", Requests(report.requests));
  add("cache",
      Value::Object({{"hits", Count(report.cache.hits)}, {"misses", Count(report.cache.misses)}}));
  add("loosened", Loosened(verdict.loosened));
  add("elapsedMs", Count(static_cast<std::uint64_t>(
                       std::max<std::int64_t>(0, std::int64_t{report.elapsed.count()}))));
  return Value::Object(std::move(members));
}

}  // namespace hallmark::policy
