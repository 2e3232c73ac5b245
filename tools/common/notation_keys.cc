#include "tools/common/notation_keys.h"

#include <cctype>
#include <filesystem>
#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/json.h"
#include "tools/common/file_reading.h"

namespace hallmark::cli {
namespace {

constexpr std::string_view kPrefix = "notation:";
constexpr std::size_t kMaxBytes = std::size_t{256} * 1024;
constexpr json::Limits kLimits{kMaxBytes, 8, 10'000};

Error Config(const std::string& what) { return {ErrorCode::kConfig, what}; }

// For the query of a plugin's KEYREF: everything but letters, digits and "-._~" is percent-encoded
// (RFC 3986 section 2.3).
std::string Encoded(const std::string& text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain =
        byte < 0x80 && (std::isalnum(byte) != 0 || c == '-' || c == '.' || c == '_' || c == '~');
    if (is_plain) {
      encoded += c;
      continue;
    }
    encoded += '%';
    encoded += kDigits[byte >> 4U];
    encoded += kDigits[byte & 15U];
  }
  return encoded;
}

Result<NotationKey> PluginKey(json::Fields& fields, const std::string& plugin) {
  HALLMARK_ASSIGN(const std::string id, fields.String("id"));
  NotationKey key{"plugin:" + plugin + "?key=" + Encoded(id), std::nullopt};
  HALLMARK_ASSIGN(const json::Value* config, fields.OptionalObject("pluginConfig"));
  if (config == nullptr) return key;
  for (const json::Member& member : *config->object()) {
    if (member.value.string() == nullptr) {
      return fields.Complain("pluginConfig", "want text for every name");
    }
    key.key_ref += "&config." + member.name + "=" + Encoded(*member.value.string());
  }
  return key;
}

Result<NotationKey> ReadKey(json::Fields& fields) {
  HALLMARK_ASSIGN(const std::optional<std::string> path, fields.OptionalString("keyPath"));
  HALLMARK_ASSIGN(const std::optional<std::string> chain, fields.OptionalString("certPath"));
  HALLMARK_ASSIGN(const std::optional<std::string> plugin, fields.OptionalString("pluginName"));
  if (plugin && !path && !chain) return PluginKey(fields, *plugin);
  if (plugin || !path || !chain) {
    return fields.Complain("keyPath", "want keyPath and certPath, or id and pluginName");
  }
  return NotationKey{"file:" + *path, *chain};
}

Result<NotationKey> FindIn(const json::Value& document, std::string name) {
  HALLMARK_ASSIGN(json::Fields fields, json::Fields::Of(document, "signingkeys"));
  if (name.empty()) {
    HALLMARK_ASSIGN(const std::optional<std::string> standard, fields.OptionalString("default"));
    if (!standard || standard->empty()) return fields.Complain("default", "names no key");
    name = *standard;
  }
  HALLMARK_ASSIGN(const std::vector<json::Value>* items, fields.Array("keys"));
  std::optional<NotationKey> found;
  for (const json::Value& item : *items) {
    HALLMARK_ASSIGN(json::Fields key, json::Fields::Of(item, "signingkeys.keys"));
    HALLMARK_ASSIGN(const std::string called, key.String("name"));
    if (called != name) continue;
    if (found) return key.Complain("name", "stands twice");
    HALLMARK_ASSIGN(found, ReadKey(key));
  }
  if (found) return *std::move(found);
  return fields.Complain("keys", "no key is called \"" + Printable(name) + "\"");
}

}  // namespace

bool IsNotationKey(std::string_view key_ref) { return key_ref.starts_with(kPrefix); }

Result<NotationKey> FindNotationKey(const Environment& environment, std::string_view key_ref) {
  const auto config = environment.Folder("XDG_CONFIG_HOME", ".config");
  if (!config) return Config(Printable(key_ref) + ": there is no home folder to look in");
  const std::filesystem::path file = *config / "notation" / "signingkeys.json";
  HALLMARK_ASSIGN(const Bytes text, ReadFile(file, kMaxBytes));
  const std::string shown = Printable(file.string());
  const Result<json::Value> document = json::Parse(text, kLimits);
  if (!document.ok()) return Config(shown + ": " + document.error().message());
  Result<NotationKey> key = FindIn(document.value(), std::string(key_ref.substr(kPrefix.size())));
  if (!key.ok()) return Config(shown + ": " + key.error().message());
  return key;
}

}  // namespace hallmark::cli
