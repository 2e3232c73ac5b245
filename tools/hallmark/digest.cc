#include <algorithm>
#include <array>
#include <system_error>
#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/json.h"
#include "hallmark/oci/limits.h"
#include "hallmark/oci/manifest.h"
#include "tools/common/file_digest.h"
#include "tools/common/opened.h"
#include "tools/common/option_groups.h"
#include "tools/common/request_log.h"
#include "tools/hallmark/verbs.h"

namespace hallmark::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "canonical", .help = "also the digest of the RFC 8785 form"},
    kLogicalName,
    kOffline,
    kTimeout,
    kOutput,
};
constexpr OptionGroup kGroups[] = {{"Digest", kOptions}, kRegistryOptions};

constexpr json::Limits kLimits = {.max_bytes = oci::kMaxManifestBytes,
                                  .max_depth = oci::kMaxManifestDepth,
                                  .max_values = oci::kMaxManifestValues};

struct Facts {
  std::string name;  // printable
  std::string sha256;
  std::string sha512;
  std::uint64_t size = 0;
  std::string media_type;  // empty: no manifest, no index, no JSON
  std::optional<std::string> canonical;
  std::vector<std::string> complaints;
};

// A name that says its registry is never taken for a file that happens to lie around.
bool NamesRegistry(std::string_view word) {
  const std::size_t slash = word.find('/');
  if (slash == std::string_view::npos || slash == 0 || word.front() == '.') return false;
  const std::string_view first = word.substr(0, slash);
  return first == "localhost" || first.find_first_of(".:") != std::string_view::npos;
}

bool IsFile(const std::string& word) {
  if (word.empty() || word.starts_with("oci:") || word.starts_with("oci-archive:") ||
      NamesRegistry(word)) {
    return false;
  }
  std::error_code problem;
  return std::filesystem::exists(word, problem) || word.front() == '/' || word.front() == '.';
}

bool LooksLikeManifest(const json::Value& document) {
  constexpr std::array kMembers = {"schemaVersion", "mediaType", "manifests", "layers", "config"};
  return std::any_of(kMembers.begin(), kMembers.end(),
                     [&](std::string_view member) { return document.Find(member) != nullptr; });
}

void ReadStrictly(const oci::Content& content, Facts& facts) {
  const Result<oci::Document> document = oci::ParseDocument(content);
  if (!document.ok()) facts.complaints.push_back(document.error().message());
}

void AddCanonical(const Session& session, ByteView bytes, Facts& facts) {
  if (!session.arguments.Has("canonical")) return;
  const Result<json::Value> document = json::Parse(bytes, kLimits);
  if (!document.ok()) {
    const std::string& message = document.error().message();
    if (std::find(facts.complaints.begin(), facts.complaints.end(), message) ==
        facts.complaints.end()) {
      facts.complaints.push_back("no canonical form: " + message);
    }
    return;
  }
  facts.canonical =
      oci::Digest::Of(oci::Digest::Algorithm::kSha256, json::Canonical(document.value()))
          .ToString();
}

// What the bytes of a file say they are, read as strictly as a registry's answer.
void ReadFileStrictly(const Bytes& bytes, Facts& facts) {
  const auto first = std::find_if(bytes.begin(), bytes.end(), [](std::uint8_t byte) {
    return byte != ' ' && byte != '\t' && byte != '\r' && byte != '\n';
  });
  if (first == bytes.end() || *first != '{') return;
  const Result<json::Value> document = json::Parse(bytes, kLimits);
  if (!document.ok()) {
    facts.complaints.push_back(document.error().message());
    return;
  }
  facts.media_type = "application/json";
  if (!LooksLikeManifest(document.value())) return;
  Result<std::string> type = oci::DetectMediaType(bytes);
  if (!type.ok()) {
    facts.complaints.push_back(type.error().message());
    return;
  }
  facts.media_type = Printable(type.value());
  ReadStrictly(oci::Content::Describe(std::move(type).value(), bytes), facts);
}

Result<Facts> FactsOfFile(const Session& session, const std::string& path) {
  HALLMARK_ASSIGN(const FileDigest file, DigestFile(path, oci::kMaxManifestBytes));
  Facts facts{
      Printable(path), file.sha256.ToString(), file.sha512.ToString(), file.size, {}, {}, {}};
  if (file.size <= oci::kMaxManifestBytes) {
    ReadFileStrictly(file.head, facts);
    AddCanonical(session, file.head, facts);
  }
  return facts;
}

Facts FactsOf(const Session& session, std::string name, const oci::Content& content) {
  using Algorithm = oci::Digest::Algorithm;
  Facts facts{std::move(name),
              oci::Digest::Of(Algorithm::kSha256, content.bytes()).ToString(),
              oci::Digest::Of(Algorithm::kSha512, content.bytes()).ToString(),
              content.bytes().size(),
              Printable(content.descriptor().media_type),
              {},
              {}};
  ReadStrictly(content, facts);
  AddCanonical(session, content.bytes(), facts);
  return facts;
}

void Print(Session& session, const Facts& facts) {
  std::string text = facts.sha256 + "\n" + facts.sha512 + "\n";
  text += "size       " + std::to_string(facts.size) + "\n";
  if (!facts.media_type.empty()) text += "type       " + facts.media_type + "\n";
  if (facts.canonical) text += "canonical  " + *facts.canonical + "\n";
  for (const std::string& complaint : facts.complaints) text += "complaint  " + complaint + "\n";
  session.console.Out(text);
}

void PrintJson(Session& session, const Facts& facts) {
  using json::Value;
  std::vector<Value> complaints;
  for (const std::string& complaint : facts.complaints) {
    complaints.push_back(Value::String(complaint));
  }
  const auto text = [](const std::string& value) {
    return value.empty() ? Value::Null() : Value::String(value);
  };
  session.console.Out(json::ToIndentedText(
      Value::Object({{"schema", Value::String("hallmark.digest/v1")},
                     {"name", Value::String(facts.name)},
                     {"sha256", Value::String(facts.sha256)},
                     {"sha512", Value::String(facts.sha512)},
                     {"size", Value::Integer(static_cast<std::int64_t>(facts.size))},
                     {"mediaType", text(facts.media_type)},
                     {"canonical", text(facts.canonical.value_or(""))},
                     {"complaints", Value::Array(std::move(complaints))}})));
}

ExitCode Report(Session& session, const Facts& facts) {
  if (session.arguments.Value("output") == "json") {
    PrintJson(session, facts);
  } else {
    Print(session, facts);
  }
  return facts.complaints.empty() ? ExitCode::kDone : ExitCode::kDenied;
}

ExitCode DigestOfRef(Session& session, const std::string& word) {
  const Result<Opened> opened = OpenRef(session, word);
  if (!opened.ok()) return Fail(session, opened.error());
  const auto& [target, world, place] = opened.value();
  RequestLog log(session.arguments.Has("verbose") ? &session.console : nullptr);
  const Result<oci::Content> content =
      place.reader->FetchManifest(world->Start(&log), place.reference);
  if (!content.ok()) return Fail(session, Error(content.error()).While(target.text));
  return Report(session, FactsOf(session, target.text, content.value()));
}

ExitCode Digest(Session& session) {
  const Result<Done> words = CheckWords(session, 1, 1);
  if (!words.ok()) return Refuse(session, words.error());
  const std::string& word = session.arguments.words().front();
  if (!IsFile(word)) return DigestOfRef(session, word);
  const Result<Facts> facts = FactsOfFile(session, word);
  return facts.ok() ? Report(session, facts.value()) : Refuse(session, facts.error());
}

}  // namespace

constexpr Verb kDigestVerb = {
    .name = "digest",
    .synopsis = "REF|FILE [flags]",
    .summary = "Prints the digests of the exact bytes and what strict reading says.",
    .about =
        "sha256 and sha512 of a manifest or a file as it stands. Ends with 1 when the strict\n"
        "reading has complaints. A word that names a registry is never read as a file.",
    .examples =
        "hallmark digest registry.example/app:1.4          of a manifest\n"
        "hallmark digest --canonical ./manifest.json       of a file",
    .groups = kGroups,
    .positional = Hint::kFile,
    .run = Digest,
};

}  // namespace hallmark::cli
