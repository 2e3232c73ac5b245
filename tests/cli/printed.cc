#include "tests/cli/printed.h"

#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/catch.h"

namespace hallmark::cli::testing {
namespace {

[[noreturn]] void Print(const OutputStyle& style,
                        const std::vector<policy::VerdictReport>& reports) {
  const char* const none = nullptr;
  const Environment environment(&none);
  Console console(environment);
  const auto output = MakeVerdictOutput(style, console);
  for (const policy::VerdictReport& report : reports) output->Add(report);
  output->End();
  ::_exit(console.Flush() ? 0 : 1);
}

}  // namespace

std::string Printed(const OutputStyle& style, const std::vector<policy::VerdictReport>& reports) {
  int ends[2] = {-1, -1};
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    Print(style, reports);
  }
  ::close(ends[1]);
  std::string text;
  char buffer[4096];
  for (ssize_t got = 0; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(got));
  }
  ::close(ends[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  return text;
}

}  // namespace hallmark::cli::testing
