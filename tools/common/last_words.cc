#include "tools/common/last_words.h"

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <exception>

#include "tools/common/exit_code.h"

namespace hallmark::cli {
namespace {

[[noreturn]] void End() { ::_exit(static_cast<int>(ExitCode::kInternal)); }

// Without allocating: memory may be what is missing.
void Say(const char* what) {
  std::fprintf(stderr,
               "hallmark: internal error: %s\n"
               "This is a bug in Hallmark. Please report it with the command that was run and this "
               "line.\n",
               what);
}

[[noreturn]] void Terminate() {
  if (std::current_exception() == nullptr) {
    Say("terminated");
    End();
  }
  try {
    throw;
  } catch (const std::exception& problem) {
    Say(problem.what());
  } catch (...) {
    Say("an exception of an unknown kind");
  }
  End();
}

void Abort(int) { End(); }

}  // namespace

void EndBugsWithFive() {
  std::set_terminate(Terminate);
  std::signal(SIGABRT, Abort);
}

}  // namespace hallmark::cli
