#include "hallmark/keys/plugin/plugin_ref.h"

#include <algorithm>

#include "hallmark/base/bytes.h"
#include "hallmark/base/printable.h"
#include "hallmark/base/utf8.h"
#include "hallmark/encoding/hex.h"
#include "hallmark/keys/plugin/limits.h"

namespace hallmark::keys {
namespace {

constexpr std::string_view kScheme = "plugin:";
constexpr std::string_view kConfigPrefix = "config.";

Error Malformed(std::string why) {
  return {ErrorCode::kMalformed, "want plugin:NAME?key=ID: " + std::move(why)};
}

Result<std::string> Decode(std::string_view value, const std::string& name) {
  std::string text;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '%') {
      if (value[i] == '+') return Malformed(name + ": write \"+\" as %2B, a blank as %20");
      text += value[i];
      continue;
    }
    std::string digits(value.substr(i + 1, 2));
    for (char& c : digits) {
      if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    }
    const Result<Bytes> byte = encoding::FromHex(digits);
    if (!byte.ok() || byte.value().size() != 1) {
      return Malformed(name + " has a \"%\" without two hexadecimal digits");
    }
    text += static_cast<char>(byte.value()[0]);
    i += 2;
  }
  if (!IsUtf8(text) || text.find('\0') != std::string::npos) {
    return Malformed(name + " is no UTF-8 text");
  }
  return text;
}

Result<Done> SetAttribute(PluginRef& ref, std::string_view attribute) {
  const std::size_t equals = std::min(attribute.find('='), attribute.size());
  if (equals == attribute.size()) return Malformed("an attribute is NAME=VALUE");
  const std::string_view name = attribute.substr(0, equals);
  const std::string shown = "\"" + Printable(name, 40) + "\"";
  HALLMARK_ASSIGN(std::string value, Decode(attribute.substr(equals + 1), shown));
  if (name == "key") {
    if (!ref.key_id.empty() || value.empty()) return Malformed("key stands once and is not empty");
    ref.key_id = std::move(value);
    return Done();
  }
  if (!name.starts_with(kConfigPrefix)) return Malformed(shown + " is neither key nor config.NAME");
  HALLMARK_ASSIGN(std::string key, Decode(name.substr(kConfigPrefix.size()), shown));
  const bool is_known =
      std::ranges::any_of(ref.config, [&](const auto& c) { return c.first == key; });
  if (key.empty() || is_known) return Malformed(shown + " has no name, or stands twice");
  if (ref.config.size() == kMaxPluginConfig) {
    return Error(ErrorCode::kLimit, "more than 32 values of configuration for a plugin");
  }
  ref.config.emplace_back(std::move(key), std::move(value));
  return Done();
}

}  // namespace

bool IsPluginRef(std::string_view text) { return text.starts_with(kScheme); }

Result<PluginRef> PluginRef::Parse(std::string_view text) {
  if (!IsPluginRef(text)) return Malformed("it does not begin so");
  if (text.size() > kMaxPluginRefBytes) {
    return Error(ErrorCode::kLimit, "a plugin's key of more than 8 KiB");
  }
  text.remove_prefix(kScheme.size());
  const std::size_t mark = std::min(text.find('?'), text.size());
  PluginRef ref;
  ref.name = text.substr(0, mark);
  if (!plugin::IsName(ref.name))
    return Malformed("a plugin has a name of a-z, A-Z, 0-9, \".\", _ and -");
  text.remove_prefix(std::min(mark + 1, text.size()));
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    HALLMARK_RETURN_IF_ERROR(SetAttribute(ref, text.substr(0, end)));
    if (end + 1 == text.size()) return Malformed("it ends with \"&\"");
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (ref.key_id.empty()) return Malformed("the key is missing");
  return ref;
}

std::string ShownPluginRef(std::string_view text) {
  const Result<PluginRef> ref = PluginRef::Parse(text);
  if (!ref.ok()) return std::string(kScheme) + "...";
  return std::string(kScheme) + ref.value().name + "?key=" + ref.value().key_id;
}

}  // namespace hallmark::keys
