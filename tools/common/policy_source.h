#ifndef HALLMARK_TOOLS_COMMON_POLICY_SOURCE_H_
#define HALLMARK_TOOLS_COMMON_POLICY_SOURCE_H_

#include <optional>
#include <string>

#include "hallmark/policy/trust_policy.h"
#include "tools/common/session.h"

namespace hallmark::cli {

// A policy file and the key files that it names, relative to its own folder; the trust stores of
// the Notary Project's trustpolicy.json are in `trust_store`, or in "truststore" beside it, where
// notation has them. kConfig naming file, line and column for anything wrong, also when anybody may
// write to one of the files (A76).
Result<policy::TrustPolicy> LoadPolicy(const std::string& file,
                                       const std::optional<std::string>& trust_store = {});

// What a verify command line asks for: --policy FILE, or a rule made of --key, --trust-store with
// --identity, and the flags beside them (-a, --attestation, --signed-name). kConfig when there is
// neither or both.
Result<policy::TrustPolicy> PolicyOf(const Session& session);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_POLICY_SOURCE_H_
