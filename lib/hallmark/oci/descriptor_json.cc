#include "hallmark/oci/internal/descriptor_json.h"

#include <algorithm>

namespace hallmark::oci::internal {
namespace {

constexpr std::uint64_t kMaxSize = (std::uint64_t{1} << 53) - 1;
constexpr std::size_t kMaxWord = 255;  // RFC 6838 allows 127 + 1 + 127

bool IsPrintableAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

Result<Digest> ParseDigest(json::Fields& fields) {
  HALLMARK_ASSIGN(const std::string text, fields.String("digest"));
  Result<Digest> digest = Digest::Parse(text);
  if (!digest.ok()) return fields.Complain("digest", digest.error().message());
  return digest;
}

Result<std::string> ParseWord(json::Fields& fields, std::string_view name) {
  HALLMARK_ASSIGN(const std::optional<std::string> word, fields.OptionalString(name));
  if (!word) return std::string();
  if (!IsPlatformWord(*word)) {
    return fields.Complain(name, "want a short word of printable ASCII");
  }
  return *word;
}

Result<Platform> ParsePlatform(const json::Value& value, std::string where) {
  HALLMARK_ASSIGN(json::Fields fields, json::Fields::Of(value, std::move(where)));
  Platform platform;
  HALLMARK_ASSIGN(platform.os, ParseWord(fields, "os"));
  HALLMARK_ASSIGN(platform.architecture, ParseWord(fields, "architecture"));
  HALLMARK_ASSIGN(platform.variant, ParseWord(fields, "variant"));
  HALLMARK_ASSIGN(platform.os_version, ParseWord(fields, "os.version"));
  return platform;
}

}  // namespace

bool IsPlatformWord(std::string_view text) {
  return text.size() <= kMaxWord && IsPrintableAscii(text) &&
         text.find('/') == std::string_view::npos;
}

bool IsMediaType(std::string_view text) {
  return text.size() <= kMaxWord && IsPrintableAscii(text) &&
         text.find('/') != std::string_view::npos;
}

Result<std::string> ParseArtifactType(json::Fields& fields) {
  HALLMARK_ASSIGN(const std::optional<std::string> type, fields.OptionalString("artifactType"));
  if (!type || type->empty()) return std::string();
  if (!IsMediaType(*type)) return fields.Complain("artifactType", "want a media type");
  return *type;
}

Result<std::map<std::string, std::string>> ParseAnnotations(json::Fields& fields) {
  std::map<std::string, std::string> annotations;
  HALLMARK_ASSIGN(const json::Value* object, fields.OptionalObject("annotations"));
  if (object == nullptr) return annotations;
  HALLMARK_ASSIGN(json::Fields members, json::Fields::Of(*object, fields.where() + ".annotations"));
  for (const json::Member& member : *object->object()) {
    const std::string* text = member.value.string();
    if (text == nullptr) return members.Complain(member.name, "want a string");
    annotations.emplace(member.name, *text);
  }
  return annotations;
}

Result<Descriptor> ParseDescriptor(const json::Value& value, std::string where) {
  HALLMARK_ASSIGN(json::Fields fields, json::Fields::Of(value, std::move(where)));
  HALLMARK_ASSIGN(std::string media_type, fields.String("mediaType"));
  if (!IsMediaType(media_type)) return fields.Complain("mediaType", "want a media type");
  HALLMARK_ASSIGN(Digest digest, ParseDigest(fields));
  HALLMARK_ASSIGN(const std::uint64_t size, fields.Unsigned("size", kMaxSize));
  HALLMARK_ASSIGN(std::string artifact_type, ParseArtifactType(fields));
  HALLMARK_ASSIGN(auto annotations, ParseAnnotations(fields));
  Descriptor descriptor{std::move(media_type),  digest,      size, std::move(artifact_type),
                        std::move(annotations), std::nullopt};
  HALLMARK_ASSIGN(const json::Value* platform, fields.OptionalObject("platform"));
  if (platform != nullptr) {
    HALLMARK_ASSIGN(descriptor.platform, ParsePlatform(*platform, fields.where() + ".platform"));
  }
  return descriptor;
}

}  // namespace hallmark::oci::internal
