#include "tools/common/verdict_text.h"

#include <set>
#include <variant>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/rfc3339.h"

namespace hallmark::cli {

std::string PlainWord(const policy::Verdict& verdict) {
  if (!verdict.allowed()) return std::string(verdict.word());
  const auto& basis = std::get<policy::Allow>(verdict.decision).basis;
  return std::holds_alternative<policy::ByVerification>(basis) ? "allowed"
                                                               : "allowed (not verified)";
}

std::string PinnedName(const policy::VerdictReport& report) {
  constexpr std::size_t kMaxName = 1024;
  std::string name = Printable(report.reference, kMaxName);
  if (!report.digest) return name;
  if (const std::size_t at = name.find("@sha"); at != std::string::npos) name.resize(at);
  return name + "@" + report.digest->ToString();
}

std::string LoosenedNote(const policy::Verdict& verdict) {
  std::string text;
  for (const std::string& name : verdict.loosened) {
    text += (text.empty() ? "(loosened: " : ", ") + name;
  }
  return text.empty() ? text : text + ")";
}

namespace {

using policy::VerdictReport;
using signature::Assessment;

constexpr std::size_t kReasonColumn = 84;
constexpr std::size_t kMaxFound = 10;  // more are counted, not shown
constexpr std::string_view kIndent = "           ";

std::string Short(const oci::Digest& digest) {
  return std::string(digest.algorithm_name()) + ":" + digest.hex().substr(0, 12);
}

// "registry.example/app:1.4@sha256:9f2c... (linux/amd64)"
std::string NameOf(const VerdictReport& report) {
  std::string name = PinnedName(report);
  if (report.platform) name += " (" + Printable(report.platform->ToString()) + ")";
  return name;
}

std::string Decided(const VerdictReport& report, const Console& console) {
  const policy::Verdict& verdict = report.verdict;
  const std::string word = PlainWord(verdict);
  if (word == "allowed") return console.Paint(word, Color::kGreen);
  const bool is_refused = !verdict.allowed();
  const bool retry_may_help = std::holds_alternative<policy::Unknown>(verdict.decision);
  return console.Paint(word, is_refused && !retry_may_help ? Color::kRed : Color::kYellow);
}

std::string Head(const VerdictReport& report, const Console& console) {
  const std::string name = NameOf(report);
  const std::size_t width = PlainWord(report.verdict).size() + 1 + name.size();
  const std::size_t gap = width + 2 < kReasonColumn ? kReasonColumn - width : 2;
  return Decided(report, console) + " " + name + std::string(gap, ' ') + report.verdict.reason +
         "\n";
}

// "verified by ci.pub (7c41...), signed 2026-11-24T06:26:03Z"
std::string SignersOf(const policy::ByVerification& basis) {
  std::set<std::string> said;
  std::string text;
  for (const signature::VerifiedSignature& signature : basis.signatures) {
    std::string signer =
        Printable(signature.signer().name) + " (" + signature.signer().key_id + ")";
    if (signature.claim().signed_at) {
      signer += ", signed " + encoding::ToRfc3339(*signature.claim().signed_at);
    }
    if (said.insert(signer).second) text += (text.empty() ? "" : "; ") + signer;
  }
  return text;
}

std::string AllowedLine(const VerdictReport& report, const Console& console) {
  const auto& basis = std::get<policy::Allow>(report.verdict.decision).basis;
  std::string line = Decided(report, console) + " " + NameOf(report);
  if (const auto* verified = std::get_if<policy::ByVerification>(&basis)) {
    line += "  verified by " + SignersOf(*verified);
  } else {
    line += "  " + report.verdict.reason + ": " + report.verdict.detail;
  }
  return line + "\n";
}

// Every switch that lowered a check is said, whatever the verdict.
std::string Loosened(const policy::Verdict& verdict) {
  std::string text;
  for (const std::string& name : verdict.loosened) {
    text += (text.empty() ? "  loosened " : ", ") + name;
  }
  return text.empty() ? text : text + "\n";
}

// The same for what must stay one line.
std::string WithLoosened(std::string line, const policy::Verdict& verdict) {
  const std::string note = LoosenedNote(verdict);
  if (note.empty()) return line;
  line.insert(line.size() - 1, " " + note);
  return line;
}

std::string TagNote(const policy::Verdict& verdict) {
  if (verdict.detail.find(kTagNotAsked) == std::string::npos) return "";
  return "  note     " + std::string(kTagNotAsked) + "\n";
}

std::string RuleLine(const policy::Verdict& verdict) {
  std::string line = "  rule     " + verdict.rule;
  if (!verdict.place.empty()) line += " (" + verdict.place + ")";
  return line + " wants " + verdict.wants + "\n";
}

// "tag sha256-9f2c01ab34cd...": whole digests stand in the head and in JSON.
std::string WithShortDigests(const std::string& text) {
  constexpr std::size_t kWhole = 64;
  constexpr std::size_t kShown = 12;
  std::string result;
  std::size_t run = 0;
  for (const char c : text) {
    const bool is_hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (!is_hex && run >= kWhole) {
      result.resize(result.size() - run + kShown);
      result += "...";
    }
    run = is_hex ? run + 1 : 0;
    result += c;
  }
  if (run < kWhole) return result;
  return result.substr(0, result.size() - run + kShown) + "...";
}

// `said` is what will follow: a hint that stands in it is not told twice.
std::string SignatureName(const Assessment& assessment, const std::string& said) {
  std::string name =
      std::string(ToName(assessment.format)) + " " + Short(assessment.artifact.digest) + "...";
  if (assessment.verified) {
    const signature::SignerIdentity& signer = assessment.verified->signer();
    // A certificate's subject says of itself what it is.
    const bool is_subject = signer.name.find('=') != std::string::npos;
    return name + (is_subject ? " by " : " by key ") + Printable(signer.name) + " (" +
           signer.key_id + ")";
  }
  const std::string hint = Printable(assessment.unverified_signer_hint);
  if (!hint.empty() && said.find(hint) == std::string::npos) name += " by " + hint;
  return name;
}

std::string FoundLine(const VerdictReport& report, std::size_t index) {
  const Assessment& assessment = report.evidence.assessments[index];
  const std::vector<policy::Judgement>& judged = report.verdict.judged;
  const signature::Finding* failure = assessment.Failure();
  std::string said = failure == nullptr ? "" : failure->detail;
  if (index < judged.size()) said = judged[index].counts ? "counts" : judged[index].detail;
  const std::string name = SignatureName(assessment, said);
  return said.empty() ? name : name + ": " + said;
}

std::string Checks(const Assessment& assessment) {
  std::string text;
  for (const signature::Finding& finding : assessment.findings) {
    text += std::string(kIndent) + "  " + std::string(ToName(finding.check)) + " " +
            std::string(ToName(finding.outcome));
    if (finding.outcome == signature::Outcome::kFailed) text += " (" + finding.reason + ")";
    text += (finding.detail.empty() ? "" : ": " + finding.detail) + "\n";
  }
  return text;
}

std::string Found(const VerdictReport& report, Detail detail) {
  std::string text;
  const auto add = [&](const std::string& line) {
    text += (text.empty() ? "  found    " : std::string(kIndent)) + line + "\n";
  };
  const std::vector<Assessment>& assessments = report.evidence.assessments;
  const std::size_t most = detail == Detail::kExplain ? assessments.size() : kMaxFound;
  for (std::size_t i = 0; i < assessments.size() && i < most; ++i) {
    add(FoundLine(report, i));
    if (detail == Detail::kExplain) text += Checks(assessments[i]);
  }
  if (assessments.size() > most) {
    add("and " + std::to_string(assessments.size() - most) + " more");
  }
  for (const Error& gap : report.evidence.gaps) {
    add("could not ask: " + std::string(ToWord(gap.code())) + ": " + gap.message());
  }
  if (text.empty()) add(report.verdict.detail.empty() ? "nothing" : report.verdict.detail);
  return text;
}

std::string Asked(const VerdictReport& report) {
  std::string places;
  for (const std::string& place : report.evidence.asked) {
    places += (places.empty() ? "" : ", ") + WithShortDigests(place);
  }
  if (places.empty()) places = report.digest ? "nothing" : "for the image only";
  std::uint64_t requests = 0;
  for (const auto& [host, count] : report.requests) requests += count;
  std::string cost = std::to_string(requests) + (requests == 1 ? " request, " : " requests, ") +
                     std::to_string(report.elapsed.count()) + " ms";
  std::string line = "  asked    " + places;
  const std::size_t gap = line.size() + 2 < kReasonColumn ? kReasonColumn - line.size() : 2;
  return line + std::string(gap, ' ') + cost + "\n";
}

}  // namespace

std::string VerdictText(const VerdictReport& report, Detail detail, const Console& console) {
  const policy::Verdict& verdict = report.verdict;
  if (detail == Detail::kHead) {
    return WithLoosened(verdict.allowed() ? AllowedLine(report, console) : Head(report, console),
                        verdict);
  }
  if (verdict.allowed() && detail == Detail::kUsual) {
    return AllowedLine(report, console) + TagNote(verdict) + Loosened(verdict);
  }
  std::string text = verdict.allowed() ? AllowedLine(report, console) : Head(report, console);
  text += RuleLine(verdict) + Found(report, detail) + Asked(report);
  if (!verdict.fix.empty()) text += "  fix      " + verdict.fix + "\n";
  return text + TagNote(verdict) + Loosened(verdict);
}

}  // namespace hallmark::cli
