#include "hallmark/oci/image_config.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/json.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/oci/image_media_types.h"
#include "hallmark/oci/internal/descriptor_json.h"
#include "hallmark/oci/internal/lookalikes.h"
#include "hallmark/oci/limits.h"

namespace hallmark::oci {
namespace {

using json::Fields;
using json::Kind;
using json::Value;

constexpr std::array<std::string_view, 8> kRoot{"architecture", "os",     "os.version", "variant",
                                                "created",      "config", "rootfs",     "history"};
constexpr std::array<std::string_view, 3> kExecution{"User", "Env", "Labels"};
constexpr std::array<std::string_view, 2> kRootFs{"type", "diff_ids"};

// What Go's time.Time writes when no time was set.
constexpr std::string_view kNoTime = "0001-01-01T00:00:00Z";

Result<Fields> Open(const Value& value, std::string where,
                    std::span<const std::string_view> known) {
  HALLMARK_ASSIGN(Fields fields, Fields::Of(value, std::move(where)));
  HALLMARK_RETURN_IF_ERROR(internal::RefuseLookalikes(value, fields, known));
  return fields;
}

// The member, or null when it is absent or a JSON null.
const Value* FindOptional(Fields& fields, std::string_view name) {
  const Value* value = fields.OptionalAny(name);
  return value == nullptr || value->kind() == Kind::kNull ? nullptr : value;
}

Result<std::string> ReadText(Fields& fields, std::string_view name) {
  const Value* value = FindOptional(fields, name);
  if (value == nullptr) return std::string();
  if (value->string() == nullptr) return fields.Complain(name, "want a string");
  return *value->string();
}

Result<std::string> ReadWord(Fields& fields, std::string_view name) {
  HALLMARK_ASSIGN(std::string word, ReadText(fields, name));
  if (!internal::IsPlatformWord(word)) {
    return fields.Complain(name, "want a short word of printable ASCII");
  }
  return word;
}

Result<Platform> ReadPlatform(Fields& fields) {
  HALLMARK_RETURN_IF_ERROR(fields.String("os"));
  HALLMARK_RETURN_IF_ERROR(fields.String("architecture"));
  Platform platform;
  HALLMARK_ASSIGN(platform.os, ReadWord(fields, "os"));
  HALLMARK_ASSIGN(platform.architecture, ReadWord(fields, "architecture"));
  HALLMARK_ASSIGN(platform.variant, ReadWord(fields, "variant"));
  HALLMARK_ASSIGN(platform.os_version, ReadWord(fields, "os.version"));
  return platform;
}

Result<std::optional<UnixTime>> ReadCreated(Fields& fields) {
  const Value* value = FindOptional(fields, "created");
  if (value == nullptr) return std::optional<UnixTime>();
  HALLMARK_ASSIGN(const std::string text, fields.String("created"));
  if (text == kNoTime) return std::optional<UnixTime>();
  Result<UnixTime> time = encoding::FromRfc3339(text);
  if (!time.ok()) return fields.Complain("created", time.error().message());
  return std::optional<UnixTime>(time.value());
}

Result<std::vector<EnvironmentVariable>> ReadEnvironment(Fields& fields) {
  std::vector<EnvironmentVariable> variables;
  if (FindOptional(fields, "Env") == nullptr) return variables;
  HALLMARK_ASSIGN(const std::vector<Value>* items, fields.Array("Env"));
  for (const Value& item : *items) {
    const std::string* text = item.string();
    if (text == nullptr) return fields.Complain("Env", "want strings");
    const std::size_t equals = std::min(text->find('='), text->size());
    variables.push_back(
        {text->substr(0, equals), text->substr(std::min(equals + 1, text->size()))});
  }
  return variables;
}

Result<std::map<std::string, std::string>> ReadLabels(Fields& fields) {
  std::map<std::string, std::string> labels;
  if (FindOptional(fields, "Labels") == nullptr) return labels;
  HALLMARK_ASSIGN(const Value* object, fields.Object("Labels"));
  for (const json::Member& member : *object->object()) {
    const std::string* text = member.value.string();
    if (text == nullptr) {
      return fields.Complain("Labels", "want a string for \"" + Printable(member.name) + "\"");
    }
    labels.emplace(member.name, *text);
  }
  return labels;
}

Result<Done> ReadExecution(Fields& root, ImageConfig& config) {
  const Value* value = FindOptional(root, "config");
  if (value == nullptr) return Done();
  HALLMARK_ASSIGN(Fields fields, Open(*value, "image config.config", kExecution));
  HALLMARK_ASSIGN(config.user, ReadText(fields, "User"));
  HALLMARK_ASSIGN(config.environment, ReadEnvironment(fields));
  HALLMARK_ASSIGN(config.labels, ReadLabels(fields));
  return Done();
}

// go-containerregistry writes null for no diff IDs.
Result<std::size_t> CountLayers(Fields& root) {
  HALLMARK_ASSIGN(const Value* value, root.Object("rootfs"));
  HALLMARK_ASSIGN(Fields fields, Open(*value, "image config.rootfs", kRootFs));
  HALLMARK_ASSIGN(const std::string type, fields.String("type"));
  if (type != "layers") return fields.Complain("type", "want \"layers\"");
  const Value* diff_ids = fields.OptionalAny("diff_ids");
  if (diff_ids != nullptr && diff_ids->kind() == Kind::kNull) return std::size_t{0};
  HALLMARK_ASSIGN(const std::vector<Value>* items, fields.Array("diff_ids"));
  for (const Value& item : *items) {
    if (item.string() == nullptr) return fields.Complain("diff_ids", "want strings");
    Result<Digest> digest = Digest::Parse(*item.string());
    if (!digest.ok()) return fields.Complain("diff_ids", digest.error().message());
  }
  return items->size();
}

Result<std::size_t> CountHistory(Fields& root) {
  if (FindOptional(root, "history") == nullptr) return std::size_t{0};
  HALLMARK_ASSIGN(const std::vector<Value>* items, root.Array("history"));
  const bool objects = std::all_of(items->begin(), items->end(),
                                   [](const Value& item) { return item.object() != nullptr; });
  if (!objects) return root.Complain("history", "want objects");
  return items->size();
}

}  // namespace

Result<ImageConfig> ParseImageConfig(const Content& content) {
  const std::string& media_type = content.descriptor().media_type;
  if (!IsImageConfigType(media_type)) {
    return Error(ErrorCode::kUnsupported,
                 "image config: \"" + Printable(media_type) + "\" is the config of no image");
  }
  const json::Limits limits{kMaxConfigBytes, kMaxConfigDepth, kMaxConfigValues};
  Result<Value> parsed = json::Parse(content.bytes(), limits);
  if (!parsed.ok()) return std::move(parsed).error().While("image config");
  const Value root = std::move(parsed).value();
  HALLMARK_ASSIGN(Fields fields, Open(root, "image config", kRoot));
  ImageConfig config;
  HALLMARK_ASSIGN(config.platform, ReadPlatform(fields));
  HALLMARK_ASSIGN(config.created, ReadCreated(fields));
  HALLMARK_RETURN_IF_ERROR(ReadExecution(fields, config));
  HALLMARK_ASSIGN(config.layers, CountLayers(fields));
  HALLMARK_ASSIGN(config.history, CountHistory(fields));
  return config;
}

}  // namespace hallmark::oci
