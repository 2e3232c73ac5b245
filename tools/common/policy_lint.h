#ifndef HALLMARK_TOOLS_COMMON_POLICY_LINT_H_
#define HALLMARK_TOOLS_COMMON_POLICY_LINT_H_

#include <string>
#include <vector>

#include "hallmark/base/time.h"
#include "hallmark/policy/trust_policy.h"

namespace hallmark::cli {

// What a person should look at in a policy that can be used: rules that only warn, a default that
// lets unmatched images through, key sets that no rule names, keys that are not yet or no longer
// current or will not be in 30 days.
std::vector<std::string> Lint(const policy::TrustPolicy& policy, UnixTime now);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_POLICY_LINT_H_
