#include "tools/common/help.h"

#include "hallmark/base/printable.h"
#include "tools/common/session.h"
#include "tools/hallmark/verbs.h"

namespace hallmark::cli {
namespace {

ExitCode Help(Session& session) {
  std::string topic;
  for (const std::string& word : session.arguments.words()) {
    topic += (topic.empty() ? "" : " ") + word;
  }
  if (topic.empty()) {
    session.console.Out(Overview(session.verbs));
    return ExitCode::kDone;
  }
  for (const Verb* verb : session.verbs) {
    if (verb->name != topic) continue;
    session.console.Out(HelpFor(*verb));
    return ExitCode::kDone;
  }
  const std::string group = HelpForGroup(session.verbs, topic);
  if (group.empty()) {
    return Refuse(session,
                  Error(ErrorCode::kConfig, "no help on \"" + Printable(topic, 60) + "\""));
  }
  session.console.Out(group);
  return ExitCode::kDone;
}

}  // namespace

constexpr Verb kHelpVerb = {
    .name = "help",
    .synopsis = "[TOPIC]",
    .summary = "Explains a verb, or lists them.",
    .about = {},
    .examples =
        "hallmark help verify      what verify takes\n"
        "hallmark help key         the verbs about keys",
    .groups = {},
    .positional = Hint::kNothing,
    .run = Help,
};

}  // namespace hallmark::cli
