#include "hallmark/policy/trust_policy.h"
#include "tools/common/session.h"
#include "tools/hallmark/verbs.h"

namespace hallmark::cli {
namespace {

ExitCode Schema(Session& session) {
  const Result<Done> words = CheckWords(session, 0, 0);
  if (!words.ok()) return Refuse(session, words.error());
  session.console.Out(policy::PolicySchema());
  return ExitCode::kDone;
}

}  // namespace

constexpr Verb kPolicySchemaVerb = {
    .name = "policy schema",
    .synopsis = "",
    .summary = "Prints the JSON Schema of trust policies.",
    .about = {},
    .examples =
        "hallmark policy schema > policy.schema.json    for an editor\n"
        "hallmark policy schema | jq .properties        what a policy may hold",
    .groups = {},
    .positional = Hint::kNothing,
    .run = Schema,
};

}  // namespace hallmark::cli
