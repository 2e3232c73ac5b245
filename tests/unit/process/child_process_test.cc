#include "hallmark/process/child_process.h"

#include <sys/stat.h>

#include <chrono>
#include <string>

#include "tests/support/catch.h"
#include "tests/support/world/must.h"
#include "tests/support/world/temp_folder.h"

namespace hallmark::process {
namespace {

using testing::Must;
using testing::TempFolder;

Context Within(std::chrono::milliseconds time) {
  return Context{std::chrono::steady_clock::now() + time, {}, nullptr};
}
Context Patient() { return Within(std::chrono::seconds(20)); }

// Runs the lines as a shell script.
Program Script(const std::string& lines) {
  return {"/bin/sh", {"-c", lines}, {"PATH=/usr/bin:/bin", "ONLY=this"}, "", 4096, 4096};
}

std::string OutputOf(const Program& program) {
  const Finished finished = Must(Run(Patient(), program));
  CHECK(finished.exit_status == 0);
  return std::string(AsText(finished.output.ExposeSecret()));
}

TEST_CASE("a program gets its input, arguments and environment, and nothing else") {
  Program program = Script("cat; echo \"$ONLY $HOME\"");
  program.input = "in ";
  CHECK(OutputOf(program) == "in this \n");
  CHECK(OutputOf(Script("ls /proc/self/fd | wc -l")) == "4\n");  // and that of ls itself
}

TEST_CASE("input larger than any buffer arrives whole, read or not") {
  Program program = Script("wc -c");
  program.input.assign(3'000'000, 'x');
  CHECK(OutputOf(program) == "3000000\n");
  program.arguments = {"-c", "echo done"};
  CHECK(OutputOf(program) == "done\n");
}

TEST_CASE("status and the start of standard error are told") {
  Program program = Script("echo out; echo broken >&2; exit 3");
  const Finished finished = Must(Run(Patient(), program));
  CHECK(finished.exit_status == 3);
  CHECK(finished.errors == "broken\n");
  program = Script("yes | head -c 1000000 >&2; echo out");
  const Finished flood = Must(Run(Patient(), program));
  CHECK(flood.errors.size() == 4096);
  CHECK(AsText(flood.output.ExposeSecret()) == "out\n");
  CHECK(Must(Run(Patient(), Script("kill -9 $$"))).exit_status == -1);
}

TEST_CASE("a program that floods, hangs or leaves somebody behind is ended") {
  CHECK(Run(Patient(), Script("yes")).error().code() == ErrorCode::kLimit);
  for (const char* lines : {"sleep 60", "exec sleep 60 >&- 2>&-", "sleep 60 & exit 0",
                            "trap '' TERM; while :; do sleep 1; done"}) {
    const auto start = std::chrono::steady_clock::now();
    const auto finished = Run(Within(std::chrono::milliseconds(200)), Script(lines));
    REQUIRE_FALSE(finished.ok());
    CHECK(finished.error().code() == ErrorCode::kTimeout);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
  }
}

TEST_CASE("a program that cannot be started is an error") {
  const TempFolder folder;
  const auto file = folder.path() / "not-executable";
  testing::WriteFile(file, "#!/bin/sh\n");
  for (const std::string& path : {file.native(), std::string("/nowhere/at/all")}) {
    const auto finished = Run(Patient(), {path, {}, {}, "", 10, 0});
    REQUIRE_FALSE(finished.ok());
    CHECK(finished.error().code() == ErrorCode::kStorage);
  }
}

}  // namespace
}  // namespace hallmark::process
