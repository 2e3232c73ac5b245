#ifndef HALLMARK_POLICY_PREDICATE_TYPE_H_
#define HALLMARK_POLICY_PREDICATE_TYPE_H_

#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/result.h"

namespace hallmark::policy {

// The in-toto predicate type that a short name or a URI means, as cosign's --type has it:
// slsaprovenance, slsaprovenance02, slsaprovenance1, spdx, spdxjson, cyclonedx, vuln, openvex,
// custom, link; or an absolute URI of printable ASCII, at most 512 bytes, which stands for itself.
// kConfig otherwise, with the nearest name when one is near.
Result<std::string> PredicateTypeFromName(std::string_view name);

// The short names, for help and completion.
std::vector<std::string_view> PredicateTypeNames();

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_PREDICATE_TYPE_H_
