#include "tools/common/sarif_result.h"

#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include "hallmark/base/printable.h"
#include "tools/common/sarif_location.h"
#include "tools/common/verdict_text.h"

namespace hallmark::cli {
namespace {

using json::Value;

constexpr std::size_t kFingerprintDigits = 32;

Value Text(std::string_view text) { return Value::String(std::string(text)); }

bool IsVerified(const policy::Verdict& verdict) {
  const auto* allow = std::get_if<policy::Allow>(&verdict.decision);
  return allow != nullptr && std::holds_alternative<policy::ByVerification>(allow->basis);
}

std::string_view LevelOf(const policy::Verdict& verdict) {
  if (!verdict.allowed()) return "error";
  return IsVerified(verdict) ? "note" : "warning";
}

// "registry.example/app" of "registry.example/app:1.4@sha256:9f2c..."; "oci:dir" of "oci:dir:1.4".
std::string_view RepositoryOf(std::string_view reference) {
  reference = reference.substr(0, reference.find("@sha"));
  std::size_t start = 0;
  for (const std::string_view scheme : {"oci:", "oci-archive:"}) {
    if (reference.starts_with(scheme)) start = scheme.size();
  }
  const std::size_t slash = reference.rfind('/');
  if (slash != std::string_view::npos && slash > start) start = slash;
  return reference.substr(0, reference.find(':', start));
}

std::string PlatformOf(const policy::VerdictReport& report) {
  return report.platform ? report.platform->ToString() : "";
}

// A plain text message (SARIF section 3.11): braces are doubled, since single ones are places to
// fill in, and nothing a stranger wrote becomes a link.
std::string Message(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '(' && !result.empty() && result.back() == ']') result += ' ';
    result += c;
    if (c == '{' || c == '}') result += c;
  }
  return result;
}

Value MessageOf(const policy::VerdictReport& report) {
  const policy::Verdict& verdict = report.verdict;
  std::string text =
      PlainWord(verdict) + " " + Printable(report.reference, 1024) + ": " + verdict.reason;
  if (report.platform) text += " (" + Printable(PlatformOf(report)) + ")";
  if (!verdict.detail.empty()) text += ": " + verdict.detail;
  if (!verdict.fix.empty()) text += ". Fix: " + verdict.fix;
  if (!verdict.loosened.empty()) text += " " + LoosenedNote(verdict);
  return Value::Object({{"text", Text(Message(text))}});
}

}  // namespace

bool IsSarifResult(const policy::Verdict& verdict) {
  return !IsVerified(verdict) || !verdict.loosened.empty();
}

std::string SarifFingerprint(const policy::VerdictReport& report) {
  const Bytes parts = json::Canonical(Value::Array(
      {Text(Printable(RepositoryOf(report.reference), 1024)), Text(Printable(PlatformOf(report))),
       Text(Printable(report.verdict.rule)), Text(report.verdict.reason)}));
  return oci::Digest::Of(oci::Digest::Algorithm::kSha256, parts)
      .hex()
      .substr(0, kFingerprintDigits);
}

Value SarifResult(const policy::VerdictReport& report, const SarifPlace& place) {
  // "primaryLocationLineHash" with its count is what GitHub tells results apart by.
  const std::string fingerprint = SarifFingerprint(report) + ":" + std::to_string(place.occurrence);
  return Value::Object(
      {{"ruleId", Text(report.verdict.reason)},
       {"ruleIndex", Value::Integer(static_cast<std::int64_t>(place.rule_index))},
       {"kind", Text("fail")},
       {"level", Text(LevelOf(report.verdict))},
       {"message", MessageOf(report)},
       {"locations", Value::Array({SarifLocation(report)})},
       {"partialFingerprints", Value::Object({{"primaryLocationLineHash", Text(fingerprint)},
                                              {"hallmarkVerdict/v1", Text(fingerprint)}})},
       {"properties", Value::Object({{"verdict", policy::ToJson(report)}})}});
}

}  // namespace hallmark::cli
