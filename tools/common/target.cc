#include "tools/common/target.h"

#include <algorithm>
#include <utility>

#include "hallmark/base/printable.h"
#include "tools/common/file_reading.h"

namespace hallmark::cli {
namespace {

constexpr std::size_t kMaxListBytes = std::size_t{32} * 1024 * 1024;
constexpr std::size_t kMaxTargets = 100'000;
constexpr std::string_view kLayoutPrefix = "oci:";
constexpr std::string_view kArchivePrefix = "oci-archive:";

Error Config(std::string message) { return {ErrorCode::kConfig, std::move(message)}; }

Error AsConfig(const Error& error, std::string_view text) {
  return Config("\"" + Printable(text) + "\": " + error.message());
}

struct LocalParts {
  std::string path;
  std::optional<std::string> tag;
  std::optional<oci::Digest> digest;
};

Result<LocalParts> SplitLocal(std::string_view rest) {
  LocalParts parts;
  if (const std::size_t at = rest.rfind("@sha"); at != std::string_view::npos) {
    HALLMARK_ASSIGN(parts.digest, oci::Digest::Parse(rest.substr(at + 1)));
    rest = rest.substr(0, at);
  }
  const std::size_t colon = rest.rfind(':');
  if (colon != std::string_view::npos && rest.find('/', colon) == std::string_view::npos) {
    const std::string_view tag = rest.substr(colon + 1);
    if (!oci::IsTag(tag)) return Error(ErrorCode::kMalformed, "not a tag after the last colon");
    parts.tag = std::string(tag);
    rest = rest.substr(0, colon);
  }
  if (rest.empty()) return Error(ErrorCode::kMalformed, "names no folder or file");
  parts.path = std::string(rest);
  return parts;
}

Result<oci::Repository> NameOfLocal(const std::filesystem::path& path,
                                    const std::optional<std::string>& logical_name) {
  if (logical_name) {
    Result<oci::Repository> name = oci::Repository::Parse(*logical_name);
    if (!name.ok()) return AsConfig(name.error(), "--logical-name " + *logical_name);
    return name;
  }
  std::error_code problem;
  const std::filesystem::path absolute = std::filesystem::absolute(path, problem);
  std::filesystem::path whole = std::filesystem::weakly_canonical(absolute, problem);
  if (problem) whole = absolute.lexically_normal();
  std::string text = whole.string();
  while (text.size() > 1 && text.ends_with('/')) text.pop_back();
  return oci::Repository::ForLayout(text);
}

Result<Target> ParseLocal(TargetKind kind, const std::string& text, std::string_view rest,
                          const std::optional<std::string>& logical_name) {
  Result<LocalParts> parts = SplitLocal(rest);
  if (!parts.ok()) return AsConfig(parts.error(), text);
  Result<oci::Repository> name = NameOfLocal(parts.value().path, logical_name);
  if (!name.ok()) return AsConfig(name.error(), text);
  return Target{kind,
                Printable(text),
                parts.value().path,
                std::move(name).value(),
                parts.value().tag,
                parts.value().digest};
}

std::vector<std::string> LinesOf(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) {
      line.remove_suffix(1);
    }
    while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
    if (!line.empty() && line.front() != '#') lines.emplace_back(line);
  }
  return lines;
}

Result<std::vector<std::string>> ReadList(const std::string& file) {
  Result<Bytes> bytes = file == "-" ? ReadStdin(kMaxListBytes) : ReadFile(file, kMaxListBytes);
  if (!bytes.ok()) return std::move(bytes).error().While("read the list of REFs");
  const std::string_view text = AsText(bytes.value());
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text[first] != '{') return LinesOf(text);
  Result<std::vector<std::string>> images = ImagesOfKubernetes(bytes.value());
  if (!images.ok()) return AsConfig(images.error(), file);
  return images;
}

Result<std::vector<std::string>> Gather(const Session& session) {
  std::vector<std::string> texts;
  bool read_stdin = false;
  std::vector<std::string> sources;
  if (const auto file = session.arguments.Value("from")) sources.push_back(*file);
  for (const std::string& word : session.arguments.words()) {
    (word == "-" ? sources : texts).push_back(word);
  }
  for (const std::string& source : sources) {
    if (source == "-" && std::exchange(read_stdin, true)) continue;
    HALLMARK_ASSIGN(std::vector<std::string> more, ReadList(source));
    texts.insert(texts.end(), more.begin(), more.end());
  }
  if (texts.empty()) return Config("no REF was given; an empty list is nothing to decide about");
  if (texts.size() > kMaxTargets) return Config("more than 100000 REFs");
  return texts;
}

}  // namespace

Result<Target> ParseTarget(const std::string& text,
                           const std::optional<std::string>& logical_name) {
  const std::string_view view = text;
  if (view.starts_with(kLayoutPrefix)) {
    return ParseLocal(TargetKind::kLayout, text, view.substr(kLayoutPrefix.size()), logical_name);
  }
  if (view.starts_with(kArchivePrefix)) {
    return ParseLocal(TargetKind::kArchive, text, view.substr(kArchivePrefix.size()), logical_name);
  }
  Result<oci::Reference> reference = oci::Reference::Parse(text);
  if (!reference.ok()) return AsConfig(reference.error(), text);
  const oci::Reference& parsed = reference.value();
  return Target{TargetKind::kRegistry, Printable(text), {},
                parsed.repository(),   parsed.tag(),    parsed.digest()};
}

bool TakesRefsFromStdin(const Session& session) {
  const std::vector<std::string>& words = session.arguments.words();
  return session.arguments.Value("from") == "-" ||
         std::find(words.begin(), words.end(), "-") != words.end();
}

Result<std::vector<Target>> ReadTargets(const Session& session) {
  HALLMARK_ASSIGN(const std::vector<std::string> texts, Gather(session));
  const std::optional<std::string> logical_name = session.arguments.Value("logical-name");
  std::vector<Target> targets;
  for (const std::string& text : texts) {
    HALLMARK_ASSIGN(Target target, ParseTarget(text, logical_name));
    targets.push_back(std::move(target));
  }
  if (logical_name && (targets.size() != 1 || targets[0].kind == TargetKind::kRegistry)) {
    return Config("--logical-name goes with exactly one layout or archive");
  }
  return targets;
}

}  // namespace hallmark::cli
