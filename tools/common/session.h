#ifndef HALLMARK_TOOLS_COMMON_SESSION_H_
#define HALLMARK_TOOLS_COMMON_SESSION_H_

#include <span>

#include "hallmark/base/time.h"
#include "tools/common/arguments.h"
#include "tools/common/console.h"
#include "tools/common/environment.h"
#include "tools/common/option.h"

namespace hallmark::cli {

// What main() hands to a verb. The references outlive it.
struct Session {
  const Verb& verb;
  const Arguments& arguments;
  const Environment& environment;
  const Clock& clock;
  Console& console;
  std::span<const Verb* const> verbs;  // all of them: for help, env and completion
};

// Says what is wrong with the command line or a file it names, and that nothing was done.
ExitCode Refuse(Session& session, const Error& error);

// The same for errors of any kind, with the exit code that belongs to it.
ExitCode Fail(Session& session, const Error& error);

// kConfig when there are more or fewer words after the verb than it takes.
Result<Done> CheckWords(const Session& session, std::size_t least, std::size_t most);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_SESSION_H_
