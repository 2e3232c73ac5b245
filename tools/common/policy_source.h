#ifndef HALLMARK_TOOLS_COMMON_POLICY_SOURCE_H_
#define HALLMARK_TOOLS_COMMON_POLICY_SOURCE_H_

#include <optional>
#include <string>
#include <vector>

#include "hallmark/policy/trust_policy.h"
#include "tools/common/session.h"
#include "tools/common/target.h"

namespace hallmark::cli {

// A policy file and the key files that it names, relative to its own folder; the trust stores of
// the Notary Project's trustpolicy.json are in "truststore" beside it, where notation has them.
// kConfig naming file, line and column for anything wrong, also when anybody may write to one of
// the files (A76).
Result<policy::TrustPolicy> LoadPolicy(const std::string& file);

// The same for these images and no others (policy::TrustPolicy::ParseFor), and with the trust
// stores in `trust_store` where that is given.
Result<policy::TrustPolicy> LoadPolicyFor(const std::vector<Target>& images,
                                          const std::string& file,
                                          const std::optional<std::string>& trust_store);

// What a verify command line asks for about its images: --policy FILE, or a rule made of --key,
// --trust-store with --identity, and the flags beside them (-a, --attestation, --signed-name).
// kConfig when there is neither or both.
Result<policy::TrustPolicy> PolicyOf(const Session& session, const std::vector<Target>& images);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_POLICY_SOURCE_H_
