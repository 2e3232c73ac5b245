#ifndef HALLMARK_POLICY_INTERNAL_ADVICE_H_
#define HALLMARK_POLICY_INTERNAL_ADVICE_H_

#include <string>
#include <string_view>

#include "hallmark/oci/digest.h"
#include "hallmark/policy/trust_policy.h"

namespace hallmark::policy {

// One line: what would mend a refusal with that reason, as a command line where there is one.
std::string FixFor(std::string_view reason, const Rule::Parts& rule, const oci::Reference& asked,
                   const oci::Digest& digest);

// The same when a needed fact could not be had: `code` says which kind.
std::string FixForGap(ErrorCode code, const oci::Reference& asked);

// The same when the image itself could not be resolved.
std::string FixUnresolved(ErrorCode code);

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_INTERNAL_ADVICE_H_
