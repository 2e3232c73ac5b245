#include "tools/common/completion.h"

#include "hallmark/base/printable.h"
#include "tools/common/session.h"
#include "tools/hallmark/verbs.h"

namespace hallmark::cli {
namespace {

ExitCode Completion(Session& session) {
  const Result<Done> words = CheckWords(session, 1, 1);
  if (!words.ok()) return Refuse(session, words.error());
  const std::string& shell = session.arguments.words().front();
  if (shell == "bash") {
    session.console.Out(BashCompletion(session.verbs));
  } else if (shell == "zsh") {
    session.console.Out(ZshCompletion(session.verbs));
  } else if (shell == "fish") {
    session.console.Out(FishCompletion(session.verbs));
  } else {
    return Refuse(session, Error(ErrorCode::kConfig, "completion: want bash, zsh or fish, not \"" +
                                                         Printable(shell, 40) + "\""));
  }
  return ExitCode::kDone;
}

}  // namespace

constexpr Verb kCompletionVerb = {
    .name = "completion",
    .synopsis = "bash|zsh|fish",
    .summary = "Prints a completion script for a shell.",
    .about = {},
    .examples =
        "source <(hallmark completion bash)                    for this shell\n"
        "hallmark completion fish > ~/.config/fish/completions/hallmark.fish",
    .groups = {},
    .positional = Hint::kNothing,
    .run = Completion,
};

}  // namespace hallmark::cli
