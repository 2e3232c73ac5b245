#include "tools/common/session.h"

#include "hallmark/base/printable.h"

namespace hallmark::cli {

ExitCode Refuse(Session& session, const Error& error) {
  session.console.Err(error.message());
  return ExitCode::kConfig;
}

ExitCode Fail(Session& session, const Error& error) {
  session.console.Err(error.message());
  const ExitCode code = ForError(error);
  if (code == ExitCode::kInternal) {
    session.console.Err("this is a bug: please report it with the command and these lines");
  }
  return code;
}

Result<Done> CheckWords(const Session& session, std::size_t least, std::size_t most) {
  const std::vector<std::string>& words = session.arguments.words();
  const std::string verb(session.verb.name);
  if (words.size() < least) {
    return Error(ErrorCode::kConfig, verb + ": something is missing: hallmark " + verb + " " +
                                         std::string(session.verb.synopsis));
  }
  if (words.size() > most) {
    return Error(ErrorCode::kConfig,
                 verb + ": do not know what to do with \"" + Printable(words[most]) + "\"");
  }
  return Done{};
}

}  // namespace hallmark::cli
