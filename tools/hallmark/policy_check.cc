#include <set>
#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/json.h"
#include "tools/common/option_groups.h"
#include "tools/common/policy_lint.h"
#include "tools/common/policy_source.h"
#include "tools/common/session.h"
#include "tools/hallmark/verbs.h"

namespace hallmark::cli {
namespace {

constexpr Option kOptions[] = {kOutput};
constexpr OptionGroup kGroups[] = {{"Output", kOptions}};

std::size_t CountSets(const policy::TrustPolicy& policy) {
  std::set<std::string> sets;
  for (const trust::TrustedKey& key : policy.trust_root().keys()) sets.insert(key.key_set);
  return sets.size();
}

void PrintText(Session& session, const std::string& file, const policy::TrustPolicy& policy,
               const std::vector<std::string>& warnings) {
  std::string text = Printable(file) + ": " + std::to_string(policy.rules().size()) + " rules, " +
                     std::to_string(CountSets(policy)) + " key sets, " +
                     std::to_string(policy.trust_root().keys().size()) + " keys, sha256 " +
                     policy.sha256() + "\n";
  text += "  default  wants " + policy.default_rule().Wants() + "\n";
  for (const std::string& warning : warnings) text += "  warning  " + warning + "\n";
  session.console.Out(text);
}

void PrintJson(Session& session, const std::string& file, const policy::TrustPolicy& policy,
               const std::vector<std::string>& warnings) {
  using json::Value;
  std::vector<Value> list;
  for (const std::string& warning : warnings) list.push_back(Value::String(warning));
  session.console.Out(json::ToIndentedText(Value::Object(
      {{"schema", Value::String("hallmark.policy-check/v1")},
       {"file", Value::String(Printable(file))},
       {"sha256", Value::String(policy.sha256())},
       {"rules", Value::Integer(static_cast<std::int64_t>(policy.rules().size()))},
       {"keySets", Value::Integer(static_cast<std::int64_t>(CountSets(policy)))},
       {"keys", Value::Integer(static_cast<std::int64_t>(policy.trust_root().keys().size()))},
       {"warnings", Value::Array(std::move(list))}})));
}

ExitCode Check(Session& session) {
  const Result<Done> words = CheckWords(session, 1, 1);
  if (!words.ok()) return Refuse(session, words.error());
  const std::string& file = session.arguments.words().front();
  const Result<policy::TrustPolicy> policy = LoadPolicy(file);
  if (!policy.ok()) return Refuse(session, policy.error());
  const std::vector<std::string> warnings = Lint(policy.value(), session.clock.Now());
  if (session.arguments.Value("output") == "json") {
    PrintJson(session, file, policy.value(), warnings);
  } else {
    PrintText(session, file, policy.value(), warnings);
  }
  return ExitCode::kDone;
}

}  // namespace

constexpr Verb kPolicyCheckVerb = {
    .name = "policy check",
    .synopsis = "FILE [flags]",
    .summary = "Reads a trust policy as verify would and warns of what looks unintended.",
    .about = "Ends with 2, naming line and column, when verify would refuse the policy.",
    .examples =
        "hallmark policy check policy.json               before it is rolled out\n"
        "hallmark policy check -o json policy.json       in a pipeline",
    .groups = kGroups,
    .positional = Hint::kFile,
    .run = Check,
};

}  // namespace hallmark::cli
