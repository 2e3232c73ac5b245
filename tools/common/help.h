#ifndef HALLMARK_TOOLS_COMMON_HELP_H_
#define HALLMARK_TOOLS_COMMON_HELP_H_

#include <span>
#include <string>
#include <string_view>

#include "tools/common/option.h"

namespace hallmark::cli {

using Verbs = std::span<const Verb* const>;

// The list of verbs, the exit codes and where to read on.
std::string Overview(Verbs verbs);

// What `hallmark VERB --help` prints: usage, options, two examples.
std::string HelpFor(const Verb& verb);

// The verbs of a group ("key"): empty when there is no such group.
std::string HelpForGroup(Verbs verbs, std::string_view group);

// Every flag, its environment twin and the verbs that have it; then the other variables.
std::string EnvironmentTwins(Verbs verbs);

// The known name that `word` was probably meant to be; empty when none is near.
std::string_view Nearest(Verbs verbs, std::string_view word);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_HELP_H_
