#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/json.h"
#include "tools/common/attachments.h"
#include "tools/common/opened.h"
#include "tools/common/option_groups.h"
#include "tools/common/request_log.h"
#include "tools/hallmark/verbs.h"

namespace hallmark::cli {
namespace {

constexpr Option kOptions[] = {kLogicalName, kOffline, kTimeout, kOutput};
constexpr OptionGroup kGroups[] = {{"Inspect", kOptions}, kRegistryOptions};

std::string Line(std::string_view label, const std::string& value) {
  if (value.empty()) return {};
  std::string text = "    " + std::string(label);
  return text.append(12 - label.size(), ' ') + value + "\n";
}

std::string TextOf(const Attachment& attachment) {
  std::string text = "  " + attachment.digest.ToString() + "\n";
  text += Line("type", attachment.artifact_type);
  text += Line("predicate", attachment.predicate_type);
  text += Line("signer",
               attachment.signer_hint.empty() ? "" : attachment.signer_hint + " (its own word)");
  text += Line("created", attachment.created);
  text += Line("size", std::to_string(attachment.size));
  return text + Line("complaint", attachment.complaint);
}

void PrintText(Session& session, const std::string& name, const store::Subject& subject,
               const Attachments& attachments) {
  std::string text = name + "@" + subject.digest().ToString() + "\n";
  text += "  " + Printable(subject.manifest().descriptor().media_type) + ", " +
          std::to_string(subject.manifest().bytes().size()) + " bytes\n";
  text += attachments.found.empty() ? (attachments.gap ? "" : "nothing is attached\n")
                                    : std::to_string(attachments.found.size()) + " attached:\n";
  for (const Attachment& attachment : attachments.found) text += TextOf(attachment);
  if (attachments.gap) {
    text += "could not find out everything: " + attachments.gap->message() + "\n";
  }
  session.console.Out(text + "nothing here was verified\n");
}

json::Value TextOrNull(const std::string& text) {
  return text.empty() ? json::Value::Null() : json::Value::String(text);
}

json::Value ToJson(const Attachment& attachment) {
  using json::Value;
  return Value::Object({{"artifact", Value::String(attachment.digest.ToString())},
                        {"artifactType", TextOrNull(attachment.artifact_type)},
                        {"format", TextOrNull(attachment.format)},
                        {"predicateType", TextOrNull(attachment.predicate_type)},
                        {"signerHint", TextOrNull(attachment.signer_hint)},
                        {"created", TextOrNull(attachment.created)},
                        {"size", Value::Integer(static_cast<std::int64_t>(attachment.size))},
                        {"complaint", TextOrNull(attachment.complaint)}});
}

void PrintJson(Session& session, const std::string& name, const store::Subject& subject,
               const Attachments& attachments) {
  using json::Value;
  std::vector<Value> list;
  for (const Attachment& attachment : attachments.found) list.push_back(ToJson(attachment));
  Value gap =
      attachments.gap
          ? Value::Object({{"reason", Value::String(std::string(ToWord(attachments.gap->code())))},
                           {"detail", Value::String(attachments.gap->message())}})
          : Value::Null();
  session.console.Out(json::ToIndentedText(Value::Object(
      {{"schema", Value::String("hallmark.inspect/v1")},
       {"reference", Value::String(name)},
       {"digest", Value::String(subject.digest().ToString())},
       {"mediaType", Value::String(Printable(subject.manifest().descriptor().media_type))},
       {"verified", Value::Bool(false)},
       {"attached", Value::Array(std::move(list))},
       {"gap", std::move(gap)}})));
}

ExitCode Inspect(Session& session) {
  const Result<Done> words = CheckWords(session, 1, 1);
  if (!words.ok()) return Refuse(session, words.error());
  Result<Opened> opened = OpenRef(session, session.arguments.words().front());
  if (!opened.ok()) return Fail(session, opened.error());
  const auto& [target, world, place] = opened.value();

  RequestLog log(session.arguments.Has("verbose") ? &session.console : nullptr);
  const Context context = world->Start(&log);
  store::Reader& reader = *place.reader;
  const Result<store::Subject> subject = store::Resolve(context, reader, place.reference);
  if (!subject.ok()) return Fail(session, Error(subject.error()).While(target.text));
  const Attachments attachments =
      FindAttachments(context, reader, place.reference.repository(), subject.value().digest());
  std::string name = target.text;
  if (const std::size_t at = name.find("@sha"); at != std::string::npos) name.resize(at);
  if (session.arguments.Value("output") == "json") {
    PrintJson(session, name, subject.value(), attachments);
  } else {
    PrintText(session, name, subject.value(), attachments);
  }
  return attachments.gap ? ForError(*attachments.gap) : ExitCode::kDone;
}

}  // namespace

constexpr Verb kInspectVerb = {
    .name = "inspect",
    .synopsis = "REF [flags]",
    .summary = "Shows what is attached to an image. Proves nothing and says so.",
    .about = {},
    .examples =
        "hallmark inspect registry.example/app:1.4      signatures, attestations, SBOMs\n"
        "hallmark inspect -o json oci:image:1.0         for scripts",
    .groups = kGroups,
    .positional = Hint::kFile,
    .run = Inspect,
};

}  // namespace hallmark::cli
