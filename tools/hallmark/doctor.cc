#include <algorithm>
#include <utility>
#include <vector>

#include "hallmark/encoding/json.h"
#include "tools/common/findings.h"
#include "tools/common/option_groups.h"
#include "tools/common/session.h"
#include "tools/hallmark/verbs.h"

namespace hallmark::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "policy",
     .arity = Arity::kOne,
     .argument = "FILE",
     .hint = Hint::kFile,
     .help = "look at this trust policy too"},
    {.name = "key",
     .arity = Arity::kMany,
     .argument = "KEYREF",
     .hint = Hint::kFile,
     .help = "look at this public key too"},
    kLogicalName,
    kOffline,
    kTimeout,
    kOutput,
};
constexpr OptionGroup kGroups[] = {{"Doctor", kOptions}, kRegistryOptions};

std::string_view WordFor(Level level) {
  switch (level) {
    case Level::kFine:
      return "ok";
    case Level::kWarning:
      return "warning";
    case Level::kProblem:
      return "problem";
    case Level::kUnreachable:
    default:
      return "unreachable";
  }
}

ExitCode CodeFor(Level level) {
  switch (level) {
    case Level::kFine:
    case Level::kWarning:
      return ExitCode::kDone;
    case Level::kProblem:
      return ExitCode::kConfig;
    case Level::kUnreachable:
    default:
      return ExitCode::kUnknown;
  }
}

Color ColorFor(Level level) {
  if (level == Level::kFine) return Color::kGreen;
  return level == Level::kWarning ? Color::kYellow : Color::kRed;
}

void PrintText(Session& session, const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    const std::string_view word = WordFor(finding.level);
    std::string line = session.console.Paint(word, ColorFor(finding.level));
    line.append(13 - word.size(), ' ').append(finding.topic);
    line.append(finding.topic.size() < 13 ? 13 - finding.topic.size() : 1, ' ');
    line += finding.text;
    if (!finding.fix.empty()) line += "; fix: " + finding.fix;
    session.console.Out(line + "\n");
  }
}

void PrintJson(Session& session, const std::vector<Finding>& findings) {
  using json::Value;
  std::vector<Value> list;
  for (const Finding& finding : findings) {
    list.push_back(
        Value::Object({{"level", Value::String(std::string(WordFor(finding.level)))},
                       {"topic", Value::String(finding.topic)},
                       {"text", Value::String(finding.text)},
                       {"fix", finding.fix.empty() ? Value::Null() : Value::String(finding.fix)}}));
  }
  session.console.Out(
      json::ToIndentedText(Value::Object({{"schema", Value::String("hallmark.doctor/v1")},
                                          {"findings", Value::Array(std::move(list))}})));
}

ExitCode Doctor(Session& session) {
  std::vector<Finding> findings = LookAround(session);
  for (const std::string& ref : session.arguments.words()) {
    for (Finding& finding : LookAt(session, ref)) findings.push_back(std::move(finding));
  }
  if (session.arguments.Value("output") == "json") {
    PrintJson(session, findings);
  } else {
    PrintText(session, findings);
  }
  ExitCode code = ExitCode::kDone;
  for (const Finding& finding : findings) code = Worse(code, CodeFor(finding.level));
  return code;
}

}  // namespace

constexpr Verb kDoctorVerb = {
    .name = "doctor",
    .synopsis = "[REF...] [flags]",
    .summary = "Looks at config, logins, trust material, clock and registries.",
    .about =
        "One line a finding and its fix. Ends with 2 when something has to be mended, with 4\n"
        "when a registry could not be asked.",
    .examples =
        "hallmark doctor --policy policy.json       this machine\n"
        "hallmark doctor registry.example/app       and a registry",
    .groups = kGroups,
    .positional = Hint::kFile,
    .run = Doctor,
};

}  // namespace hallmark::cli
