#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/json.h"
#include "hallmark/encoding/pem.h"
#include "hallmark/keys/file/key_file.h"
#include "tools/common/option_groups.h"
#include "tools/common/session.h"
#include "tools/hallmark/verbs.h"

namespace hallmark::cli {
namespace {

namespace fs = std::filesystem;

constexpr Option kOptions[] = {kOutput};
constexpr OptionGroup kGroups[] = {{"Output", kOptions}};
constexpr std::size_t kMaxFiles = 1000;

struct Line {
  std::string file;  // printable
  std::string kind;  // "public", "private", "private, encrypted", or what is wrong
  std::string type;
  std::string id;
};

Result<std::vector<fs::path>> KeyFiles(const std::string& folder) {
  std::error_code problem;
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, problem)) {
    const fs::path ending = entry.path().extension();
    if (ending == ".pub" || ending == ".key" || ending == ".pem") files.push_back(entry.path());
    if (files.size() > kMaxFiles) {
      return Error(ErrorCode::kConfig, Printable(folder) + ": more than 1000 key files");
    }
  }
  if (problem) return Error(ErrorCode::kConfig, Printable(folder) + ": " + problem.message());
  std::sort(files.begin(), files.end());
  return files;
}

Line PublicLine(const fs::path& file) {
  const std::string name = Printable(file.filename().string());
  const Result<crypto::PublicKey> key = keys::LoadPublicKey(file);
  if (!key.ok()) return {name, "unusable: " + key.error().message(), {}, {}};
  return {name, "public", std::string(ToName(key.value().type())), key.value().id()};
}

// Private keys are not opened: their label says what they are.
Line LineOf(const fs::path& file) {
  const std::string name = Printable(file.filename().string());
  const Result<Secret> text = keys::ReadKeyFile(file);
  if (!text.ok()) return {name, "unusable: " + text.error().message(), {}, {}};
  const Result<std::string> label = encoding::PeekPemLabel(AsText(text.value().ExposeSecret()));
  if (!label.ok()) return {name, "unusable: no PEM text", {}, {}};
  if (label.value() == "PUBLIC KEY") return PublicLine(file);
  if (label.value().starts_with("ENCRYPTED ")) return {name, "private, encrypted", {}, {}};
  if (label.value().ends_with("PRIVATE KEY")) return {name, "private, not encrypted", {}, {}};
  return {name, "no key: " + Printable(label.value(), 60), {}, {}};
}

void PrintText(Session& session, const std::vector<Line>& lines) {
  std::size_t width = 0;
  for (const Line& line : lines) width = std::max(width, line.file.size());
  std::string text;
  for (const Line& line : lines) {
    text += line.file + std::string(width - line.file.size() + 2, ' ') + line.kind;
    if (!line.id.empty()) text += "  " + line.type + "  key " + line.id;
    text += "\n";
  }
  session.console.Out(text);
}

void PrintJson(Session& session, const std::vector<Line>& lines) {
  using json::Value;
  const auto text = [](const std::string& value) {
    return value.empty() ? Value::Null() : Value::String(value);
  };
  std::vector<Value> list;
  for (const Line& line : lines) {
    list.push_back(Value::Object({{"file", Value::String(line.file)},
                                  {"kind", Value::String(line.kind)},
                                  {"type", text(line.type)},
                                  {"id", text(line.id)}}));
  }
  session.console.Out(json::ToIndentedText(Value::Object(
      {{"schema", Value::String("hallmark.keys/v1")}, {"keys", Value::Array(std::move(list))}})));
}

ExitCode List(Session& session) {
  const Result<Done> words = CheckWords(session, 1, 1);
  if (!words.ok()) return Refuse(session, words.error());
  const Result<std::vector<fs::path>> files = KeyFiles(session.arguments.words().front());
  if (!files.ok()) return Refuse(session, files.error());
  std::vector<Line> lines;
  for (const fs::path& file : files.value()) lines.push_back(LineOf(file));
  if (session.arguments.Value("output") == "json") {
    PrintJson(session, lines);
  } else {
    PrintText(session, lines);
  }
  return ExitCode::kDone;
}

}  // namespace

constexpr Verb kKeyListVerb = {
    .name = "key list",
    .synopsis = "FOLDER [flags]",
    .summary = "Lists the key files (.pub, .key, .pem) of a folder.",
    .about = "Private keys are listed, not opened.",
    .examples =
        "hallmark key list /etc/hallmark/keys       what is there\n"
        "hallmark key list -o json .                for scripts",
    .groups = kGroups,
    .positional = Hint::kFolder,
    .run = List,
};

}  // namespace hallmark::cli
