#ifndef HALLMARK_TOOLS_COMMON_POLICY_SOURCE_H_
#define HALLMARK_TOOLS_COMMON_POLICY_SOURCE_H_

#include <string>

#include "hallmark/policy/trust_policy.h"
#include "tools/common/session.h"

namespace hallmark::cli {

// A policy file and the key files that it names, relative to its own folder. kConfig naming file,
// line and column for anything wrong, also when anybody may write to one of the files (A76).
Result<policy::TrustPolicy> LoadPolicy(const std::string& file);

// What a verify command line asks for: --policy FILE, or a rule made of --key and the flags beside
// it (-a, --attestation, --signed-name). kConfig when there is neither or both.
Result<policy::TrustPolicy> PolicyOf(const Session& session);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_POLICY_SOURCE_H_
