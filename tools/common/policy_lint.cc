#include "tools/common/policy_lint.h"

#include <set>
#include <variant>

#include "hallmark/encoding/rfc3339.h"

namespace hallmark::cli {
namespace {

constexpr std::chrono::hours kAhead{24 * 30};
constexpr std::chrono::hours kLongException{24 * 366};

void AddSets(const policy::Requirement& requirement, std::set<std::string>& sets) {
  if (const auto* leaf = std::get_if<policy::SignedBy>(&requirement.value)) {
    sets.insert(leaf->key_set);
  } else if (const auto* all = std::get_if<policy::AllOf>(&requirement.value)) {
    for (const policy::Requirement& part : all->parts) AddSets(part, sets);
  } else if (const auto* any = std::get_if<policy::AnyOf>(&requirement.value)) {
    for (const policy::Requirement& part : any->parts) AddSets(part, sets);
  } else if (const auto* some = std::get_if<policy::AtLeast>(&requirement.value)) {
    for (const policy::Requirement& part : some->parts) AddSets(part, sets);
  }
}

void LintRule(const policy::Rule& rule, std::set<std::string>& used,
              std::vector<std::string>& warnings) {
  if (rule.parts().mode == policy::Mode::kWarn) {
    warnings.push_back("rule " + rule.name() + " only warns: what it refuses is let through");
  }
  if (rule.parts().mode == policy::Mode::kOff) {
    warnings.push_back("rule " + rule.name() + " is off: nothing is asked of its images");
  }
  if (rule.parts().on_unknown == policy::OnUnknown::kAllow) {
    warnings.push_back("rule " + rule.name() +
                       " lets images through while their signatures cannot be read");
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

void LintException(const policy::Exception& exception, UnixTime now,
                   std::vector<std::string>& warnings) {
  const std::string name = "exception " + exception.name + " (" + exception.place + ")";
  const std::string day = encoding::ToRfc3339(exception.until);
  if (exception.until < now) {
    warnings.push_back(name + " has ended on " + day + ": take it out");
  } else if (exception.until - now < kAhead) {
    warnings.push_back(name + " ends on " + day);
  } else if (exception.until - now > kLongException) {
    warnings.push_back(name + " holds for more than a year, until " + day);
  }
}

// A key that signs for nothing, whatever set it stands in.
void LintDenied(const policy::DenyList& deny, const trust::TrustedKey& key,
                std::vector<std::string>& warnings) {
  if (!deny.keys.contains(key.key.fingerprint())) return;
  warnings.push_back("key " + key.name + " of " + key.key_set +
                     " stands in the deny list: its signatures do not count");
}

}  // namespace

std::vector<std::string> Lint(const policy::TrustPolicy& policy, UnixTime now) {
  std::vector<std::string> warnings;
  std::set<std::string> used;
  for (const policy::Rule& rule : policy.rules()) LintRule(rule, used, warnings);
  LintRule(policy.default_rule(), used, warnings);
  const auto& overrides = policy.default_rule().parts().overrides;
  for (const policy::Exception& exception :
       overrides ? overrides->exceptions : std::vector<policy::Exception>()) {
    LintException(exception, now, warnings);
  }
  std::set<std::string> unused;
  for (const trust::TrustedKey& key : policy.trust_root().keys()) {
    LintKey(key, now, warnings);
    if (overrides) LintDenied(overrides->deny, key, warnings);
    if (!used.contains(key.key_set)) unused.insert(key.key_set);
  }
  for (const std::string& key_set : unused) {
    warnings.push_back("no rule names the key set " + key_set);
  }
  return warnings;
}

}  // namespace hallmark::cli
