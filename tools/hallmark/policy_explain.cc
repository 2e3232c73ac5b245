#include <algorithm>
#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/json.h"
#include "tools/common/option_groups.h"
#include "tools/common/policy_source.h"
#include "tools/common/session.h"
#include "tools/common/target.h"
#include "tools/hallmark/verbs.h"

namespace hallmark::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "policy",
     .arity = Arity::kOne,
     .argument = "FILE",
     .hint = Hint::kFile,
     .help = "the trust policy"},
    kFrom,
    kLogicalName,
    kOutput,
};
constexpr OptionGroup kGroups[] = {{"Policy", kOptions}};

struct Match {
  const policy::Rule* rule;
  std::string pattern;  // the most specific one of the rule's that matches
};

std::vector<Match> MatchesOf(const policy::TrustPolicy& policy, const oci::Repository& name) {
  std::vector<Match> matches;
  for (const policy::Rule& rule : policy.rules()) {
    const policy::ImagePattern* best = nullptr;
    for (const policy::ImagePattern& pattern : rule.parts().images) {
      if (!pattern.Matches(name)) continue;
      if (best == nullptr || pattern.CompareSpecificity(*best) > 0) best = &pattern;
    }
    if (best != nullptr) matches.push_back({&rule, best->text()});
  }
  return matches;
}

struct Answer {
  std::string name;
  const policy::Rule& rule;
  std::vector<Match> matches;
};

Answer Ask(const policy::TrustPolicy& policy, const Target& target) {
  const bool is_pinned = target.tag || target.digest;
  const oci::Reference reference = oci::Reference::Of(
      target.repository, is_pinned ? target.tag : std::optional<std::string>("latest"),
      target.digest);
  return {target.kind == TargetKind::kRegistry ? reference.ToString() : target.text,
          policy.RuleFor(reference), MatchesOf(policy, target.repository)};
}

std::string_view ModeOf(const policy::Rule& rule) {
  return rule.parts().mode == policy::Mode::kWarn ? "warn" : "enforce";
}

std::string TextOf(const Answer& answer) {
  std::string text = answer.name + "\n  rule     " + answer.rule.name();
  if (!answer.rule.parts().place.empty()) text += " (" + answer.rule.parts().place + ")";
  text += "\n";
  std::string others;
  for (const Match& match : answer.matches) {
    if (match.rule == &answer.rule) {
      text += "  matches  " + match.pattern + "\n";
    } else {
      others += "  also     " + match.rule->name() + ": " + match.pattern + " is less specific\n";
    }
  }
  if (answer.matches.empty()) text += "  matches  no rule's pattern, so the default decides\n";
  text += "  wants    " + answer.rule.Wants() + "\n  mode     " + std::string(ModeOf(answer.rule));
  return text + "\n" + others;
}

json::Value ToJson(const Answer& answer) {
  using json::Value;
  std::vector<Value> others;
  Value pattern = Value::Null();
  for (const Match& match : answer.matches) {
    if (match.rule == &answer.rule) {
      pattern = Value::String(match.pattern);
    } else {
      others.push_back(Value::Object({{"rule", Value::String(match.rule->name())},
                                      {"pattern", Value::String(match.pattern)}}));
    }
  }
  return Value::Object({{"schema", Value::String("hallmark.policy-explain/v1")},
                        {"reference", Value::String(answer.name)},
                        {"rule", Value::String(answer.rule.name())},
                        {"place", Value::String(answer.rule.parts().place)},
                        {"pattern", std::move(pattern)},
                        {"wants", Value::String(answer.rule.Wants())},
                        {"mode", Value::String(std::string(ModeOf(answer.rule)))},
                        {"lessSpecific", Value::Array(std::move(others))}});
}

ExitCode Explain(Session& session) {
  const std::optional<std::string> file = session.arguments.Value("policy");
  if (!file) return Refuse(session, Error(ErrorCode::kConfig, "say which policy: --policy FILE"));
  const Result<std::vector<Target>> targets = ReadTargets(session);
  if (!targets.ok()) return Refuse(session, targets.error());
  const Result<policy::TrustPolicy> policy = LoadPolicyFor(targets.value(), *file, std::nullopt);
  if (!policy.ok()) return Refuse(session, policy.error());
  std::vector<json::Value> documents;
  const bool is_json = session.arguments.Value("output") == "json";
  for (const Target& target : targets.value()) {
    const Answer answer = Ask(policy.value(), target);
    if (is_json) {
      documents.push_back(ToJson(answer));
    } else {
      session.console.Out(TextOf(answer));
    }
  }
  if (is_json) {
    session.console.Out(json::ToIndentedText(json::Value::Array(std::move(documents))));
  }
  return ExitCode::kDone;
}

}  // namespace

constexpr Verb kPolicyExplainVerb = {
    .name = "policy explain",
    .synopsis = "REF... --policy FILE [flags]",
    .summary = "Says which rule decides about an image, and what it wants.",
    .about = "Asks no registry.",
    .examples =
        "hallmark policy explain --policy policy.json registry.example/app:1.4\n"
        "kubectl get pods -o json | hallmark policy explain --policy policy.json -",
    .groups = kGroups,
    .positional = Hint::kFile,
    .run = Explain,
};

}  // namespace hallmark::cli
