#ifndef HALLMARK_TOOLS_COMMON_SARIF_LOCATION_H_
#define HALLMARK_TOOLS_COMMON_SARIF_LOCATION_H_

#include <string>
#include <string_view>

#include "hallmark/encoding/json.h"
#include "hallmark/policy/verdict_json.h"

namespace hallmark::cli {

// A path as a URI reference (RFC 3986): relative for a relative path, `file:` for an absolute one,
// without dot segments that can be left out, everything odd percent-encoded. Nothing in it is taken
// for a scheme, an authority or a fragment.
std::string PathUri(std::string_view path);

// A `location` (SARIF 2.1.0 section 3.28). Logically it is the image; physically the rule that
// decided, in the policy's file, which is where a reviewer can do something. GitHub shows nothing
// without a physical place, so where no file says the rule it is the image's name taken as a path.
json::Value SarifLocation(const policy::VerdictReport& report);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_SARIF_LOCATION_H_
