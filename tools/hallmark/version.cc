#include "tools/common/option_groups.h"
#include "tools/common/session.h"
#include "tools/hallmark/verbs.h"

namespace hallmark::cli {
namespace {

constexpr Option kOptions[] = {kOutput};
constexpr OptionGroup kGroups[] = {{"Output", kOptions}};

ExitCode Version(Session& session) {
  const Result<Done> words = CheckWords(session, 0, 0);
  if (!words.ok()) return Refuse(session, words.error());
  if (session.arguments.Value("output") == "json") {
    session.console.Out("{\"name\":\"hallmark\",\"version\":\"" HALLMARK_VERSION "\"}\n");
  } else {
    session.console.Out("hallmark " HALLMARK_VERSION "\n");
  }
  return ExitCode::kDone;
}

}  // namespace

constexpr Verb kVersionVerb = {
    .name = "version",
    .synopsis = "[flags]",
    .summary = "Prints the version.",
    .about = {},
    .examples =
        "hallmark version              for people\n"
        "hallmark version -o json      for scripts",
    .groups = kGroups,
    .positional = Hint::kNothing,
    .run = Version,
};

}  // namespace hallmark::cli
