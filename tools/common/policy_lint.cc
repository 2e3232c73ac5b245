#include "tools/common/policy_lint.h"

#include <set>
#include <variant>

#include "hallmark/encoding/rfc3339.h"

namespace hallmark::cli {
namespace {

constexpr std::chrono::hours kAhead{24 * 30};

void AddSets(const policy::Requirement& requirement, std::set<std::string>& sets) {
  if (const auto* leaf = std::get_if<policy::SignedBy>(&requirement.value)) {
    sets.insert(leaf->key_set);
  } else if (const auto* all = std::get_if<policy::AllOf>(&requirement.value)) {
    for (const policy::Requirement& part : all->parts) AddSets(part, sets);
  } else if (const auto* any = std::get_if<policy::AnyOf>(&requirement.value)) {
    for (const policy::Requirement& part : any->parts) AddSets(part, sets);
  }
}

void LintRule(const policy::Rule& rule, std::set<std::string>& used,
              std::vector<std::string>& warnings) {
  if (rule.parts().mode == policy::Mode::kWarn) {
    warnings.push_back("rule " + rule.name() + " only warns: what it refuses is let through");
  }
  if (rule.parts().allow_without_signature) {
    warnings.emplace_back("the default lets images through that no rule matches");
  }
  if (rule.parts().require) AddSets(*rule.parts().require, used);
}

void LintKey(const trust::TrustedKey& key, UnixTime now, std::vector<std::string>& warnings) {
  const std::string name = "key " + key.name + " of " + key.key_set;
  const trust::Validity& validity = key.validity;
  if (validity.from && *validity.from > now) {
    warnings.push_back(name + " is not current before " + encoding::ToRfc3339(*validity.from));
  }
  if (validity.until && *validity.until < now) {
    warnings.push_back(name + " is retired since " + encoding::ToRfc3339(*validity.until));
  } else if (validity.until && *validity.until - now < kAhead) {
    warnings.push_back(name + " retires on " + encoding::ToRfc3339(*validity.until));
  }
}

}  // namespace

std::vector<std::string> Lint(const policy::TrustPolicy& policy, UnixTime now) {
  std::vector<std::string> warnings;
  std::set<std::string> used;
  for (const policy::Rule& rule : policy.rules()) LintRule(rule, used, warnings);
  LintRule(policy.default_rule(), used, warnings);
  std::set<std::string> unused;
  for (const trust::TrustedKey& key : policy.trust_root().keys()) {
    LintKey(key, now, warnings);
    if (!used.contains(key.key_set)) unused.insert(key.key_set);
  }
  for (const std::string& key_set : unused) {
    warnings.push_back("no rule names the key set " + key_set);
  }
  return warnings;
}

}  // namespace hallmark::cli
