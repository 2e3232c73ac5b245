#ifndef HALLMARK_TOOLS_COMMON_COMPLETION_H_
#define HALLMARK_TOOLS_COMMON_COMPLETION_H_

#include <string>

#include "tools/common/help.h"

namespace hallmark::cli {

// Completion scripts made from the option tables; `source` them or install them.
std::string BashCompletion(Verbs verbs);
std::string ZshCompletion(Verbs verbs);
std::string FishCompletion(Verbs verbs);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_COMPLETION_H_
