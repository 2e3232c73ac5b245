#ifndef HALLMARK_TOOLS_COMMON_SARIF_RESULT_H_
#define HALLMARK_TOOLS_COMMON_SARIF_RESULT_H_

#include <cstddef>
#include <string>

#include "hallmark/encoding/json.h"
#include "hallmark/policy/verdict_json.h"

namespace hallmark::cli {

// Whether a verdict is a result: everything but a verification with no check lowered.
bool IsSarifResult(const policy::Verdict& verdict);

// What makes two results of several runs the same one: the image's repository and platform, the
// rule and the reason, hashed. Tags and digests are left out, since each build has its own.
std::string SarifFingerprint(const policy::VerdictReport& report);

// Where the result stands in the document.
struct SarifPlace {
  std::size_t rule_index;  // of the reason, in the driver's rules
  std::size_t occurrence;  // of the fingerprint, from 1
};

// One `result` (SARIF 2.1.0 section 3.27) with the whole verdict among its properties. Kind is
// "fail" throughout, and level "error" for unknown: section 3.27.9 has "open" for what could not be
// decided, but with it goes level "none", which readers pass over, and nobody may take Unknown for
// Allow.
json::Value SarifResult(const policy::VerdictReport& report, const SarifPlace& place);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_SARIF_RESULT_H_
