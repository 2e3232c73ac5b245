// Finds the verb, reads its flags, builds the session and runs it. Everything else happens in the
// verb's own file; nothing is initialised that the verb does not use.
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

#include "hallmark/base/printable.h"
#include "tools/common/core_dumps.h"
#include "tools/common/help.h"
#include "tools/common/last_words.h"
#include "tools/common/session.h"
#include "tools/hallmark/verbs.h"

namespace hallmark::cli {
namespace {

constexpr const Verb* kVerbs[] = {
    &kSignVerb,        &kAttestVerb,        &kVerifyVerb,       &kInspectVerb, &kTreeVerb,
    &kDigestVerb,      &kKeyGenerateVerb,   &kKeyImportVerb,    &kKeyShowVerb, &kKeyListVerb,
    &kPolicyCheckVerb, &kPolicyExplainVerb, &kPolicySchemaVerb, &kDoctorVerb,  &kCompletionVerb,
    &kEnvVerb,         &kVersionVerb,       &kHelpVerb,
};

using Words = std::span<const char* const>;

struct Chosen {
  const Verb* verb = nullptr;
  std::size_t used = 0;  // words that name it
};

Chosen Choose(Words words) {
  for (const Verb* verb : kVerbs) {
    if (verb->name == words[0]) return {verb, 1};
    if (words.size() > 1 && verb->name == std::string(words[0]) + " " + words[1]) return {verb, 2};
  }
  const std::string_view first = words[0];
  if (first == "--version") return {&kVersionVerb, 1};
  if (first == "--help" || first == "-h") return {&kHelpVerb, 1};
  return {};
}

bool AsksForHelp(Words words) {
  for (const std::string_view word : words) {
    if (word == "--help" || word == "-h") return true;
  }
  return false;
}

ExitCode UnknownVerb(Words words, Console& console) {
  const std::string group = HelpForGroup(kVerbs, words[0]);
  if (!group.empty() && AsksForHelp(words.subspan(1))) {
    console.Out(group);
    return ExitCode::kDone;
  }
  std::string asked = words[0];
  if (!group.empty() && words.size() > 1) asked += std::string(" ") + words[1];
  if (!group.empty() && words.size() == 1) {
    console.ErrRaw(group);
    return ExitCode::kConfig;
  }
  const std::string_view nearest = Nearest(kVerbs, asked);
  console.Err("no verb \"" + Printable(asked, 60) + "\"" +
              (nearest.empty() ? "" : "; did you mean \"" + std::string(nearest) + "\"?") +
              " (hallmark help lists them)");
  return ExitCode::kConfig;
}

ExitCode RunVerb(const Chosen& chosen, Words words, const Environment& environment,
                 Console& console) {
  Result<Arguments> arguments =
      Arguments::Parse(*chosen.verb, words.subspan(chosen.used), environment);
  if (!arguments.ok()) {
    console.Err(std::string(chosen.verb->name) + ": " + arguments.error().message() +
                " (see hallmark " + std::string(chosen.verb->name) + " --help)");
    return ExitCode::kConfig;
  }
  if (arguments.value().Has("help")) {
    console.Out(HelpFor(*chosen.verb));
    return ExitCode::kDone;
  }
  if (arguments.value().Has("quiet")) console.BeQuiet();
  const SystemClock clock;
  Session session{*chosen.verb, arguments.value(), environment, clock, console, kVerbs};
  return chosen.verb->run(session);
}

ExitCode Run(Words words, const Environment& environment, Console& console) {
  if (words.empty()) {
    console.ErrRaw(Overview(kVerbs));
    return ExitCode::kConfig;
  }
  const Chosen chosen = Choose(words);
  if (chosen.verb == nullptr) return UnknownVerb(words, console);
  return RunVerb(chosen, words, environment, console);
}

// A standard stream that was closed before we started must not become some file of ours: what is
// then read from it is empty, and what is written to it fails.
void HoldStandardStreams() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(fd, F_GETFD) >= 0) continue;
    if (::open("/dev/null", O_RDONLY | O_NOCTTY) != fd) std::abort();  // the lowest free one
  }
}

}  // namespace
}  // namespace hallmark::cli

int main(int argc, char** argv, char** variables) {
  // A closed pipe is a write that failed, not a death without a word.
  std::signal(SIGPIPE, SIG_IGN);
  using namespace hallmark::cli;
  EndBugsWithFive();
  LeaveNoCoreDumps();
  HoldStandardStreams();
  const Environment environment(variables);
  Console console(environment);
  const std::vector<const char*> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  ExitCode code = Run(words, environment, console);
  if (!console.Flush()) {
    console.Err("could not write the results to stdout");
    if (code == ExitCode::kDone) code = ExitCode::kUnknown;
  }
  return static_cast<int>(code);
}
