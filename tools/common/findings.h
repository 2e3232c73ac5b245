#ifndef HALLMARK_TOOLS_COMMON_FINDINGS_H_
#define HALLMARK_TOOLS_COMMON_FINDINGS_H_

#include <string>
#include <vector>

#include "tools/common/session.h"

namespace hallmark::cli {

enum class Level : std::uint8_t { kFine = 1, kWarning, kProblem, kUnreachable };

// One thing that `hallmark doctor` looked at. All text is printable.
struct Finding {
  Level level;
  std::string topic;  // "clock"
  std::string text;
  std::string fix;  // empty when there is nothing to mend
};

// What can be looked at without a socket: clock, login files, the cache, unknown HALLMARK_
// variables, the policy and keys that the flags name.
std::vector<Finding> LookAround(const Session& session);

// What a REF needs: its layout, or its registry's login, answers and clock. Opens sockets.
std::vector<Finding> LookAt(const Session& session, const std::string& ref);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_FINDINGS_H_
