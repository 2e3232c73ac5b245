#include "tools/common/help.h"
#include "tools/common/session.h"
#include "tools/hallmark/verbs.h"

namespace hallmark::cli {
namespace {

ExitCode Env(Session& session) {
  const Result<Done> words = CheckWords(session, 0, 0);
  if (!words.ok()) return Refuse(session, words.error());
  session.console.Out(EnvironmentTwins(session.verbs));
  return ExitCode::kDone;
}

}  // namespace

constexpr Verb kEnvVerb = {
    .name = "env",
    .synopsis = "",
    .summary = "Lists the environment variables and the flags they stand for.",
    .about = "Values are not shown: some are secret.",
    .examples =
        "hallmark env                                  all of them\n"
        "HALLMARK_POLICY=policy.json hallmark verify REF    a flag by its variable",
    .groups = {},
    .positional = Hint::kNothing,
    .run = Env,
};

}  // namespace hallmark::cli
