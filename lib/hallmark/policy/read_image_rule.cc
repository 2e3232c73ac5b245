#include <algorithm>
#include <optional>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/policy/internal/image_rule_reader.h"
#include "hallmark/policy/internal/policy_members.h"
#include "hallmark/policy/internal/policy_reader.h"

namespace hallmark::policy {
namespace {

constexpr std::uint64_t kAnyNumber = (std::uint64_t{1} << 53) - 1;

// Empty when the member is absent; an empty list is an error.
Result<std::vector<Item>> ReadList(json::Fields& fields, std::string_view name) {
  if (fields.OptionalAny(name) == nullptr) return std::vector<Item>();
  return ReadStrings(fields, name);
}

// Each item of a list as `parse` reads it.
template <class T>
Result<std::vector<T>> ReadListOf(json::Fields& fields, std::string_view name,
                                  Result<T> (*parse)(std::string_view)) {
  HALLMARK_ASSIGN(const std::vector<Item> items, ReadList(fields, name));
  std::vector<T> read;
  for (const Item& item : items) {
    Result<T> one = parse(item.text);
    if (!one.ok()) return ComplainAt(item.position, item.where, one.error().message());
    read.push_back(std::move(one).value());
  }
  return read;
}

Result<std::optional<ImageRule::User>> ReadUser(json::Fields& fields) {
  HALLMARK_ASSIGN(const std::optional<std::string> word, fields.OptionalString("user"));
  if (!word) return std::optional<ImageRule::User>();
  if (*word == "not-root") return std::optional(ImageRule::User::kNotRoot);
  if (*word == "numeric-not-root") return std::optional(ImageRule::User::kNumericNotRoot);
  return fields.Complain("user", R"(want "not-root" or "numeric-not-root")");
}

Result<std::optional<ImageRule::Tag>> ReadTag(json::Fields& fields) {
  HALLMARK_ASSIGN(const std::optional<std::string> word, fields.OptionalString("tag"));
  if (!word) return std::optional<ImageRule::Tag>();
  if (*word == "not-latest") return std::optional(ImageRule::Tag::kNotLatest);
  if (*word == "pinned") return std::optional(ImageRule::Tag::kPinned);
  if (*word == "semver") return std::optional(ImageRule::Tag::kSemanticVersion);
  return fields.Complain("tag", R"(want "not-latest", "pinned" or "semver")");
}

// A pattern without a '*' is a tag, which must not be one that `tag` refuses.
Result<Done> CheckTags(const json::Fields& fields, const ImageRule& rule) {
  for (const TagPattern& pattern : rule.tag_patterns) {
    if (rule.tag != ImageRule::Tag::kSemanticVersion || !pattern.IsLiteral()) continue;
    if (IsSemanticVersion(pattern.text())) continue;
    return fields.Complain("tagPatterns",
                           "\"" + pattern.text() + "\" is no semantic version, as tag wants it");
  }
  return Done();
}

Result<std::optional<std::uint64_t>> ReadLimit(json::Fields& fields, std::string_view name) {
  HALLMARK_ASSIGN(const std::optional<std::uint64_t> limit,
                  fields.OptionalUnsigned(name, kAnyNumber));
  if (limit && *limit == 0) return fields.Complain(name, "want at least 1");
  return limit;
}

Result<std::map<std::string, std::optional<std::string>>> ReadLabels(json::Fields& fields) {
  std::map<std::string, std::optional<std::string>> labels;
  HALLMARK_ASSIGN(const json::Value* object, fields.OptionalObject("labels"));
  if (object == nullptr) return labels;
  if (object->object()->empty()) {
    return fields.Complain("labels", "want at least one, or leave it out");
  }
  for (const json::Member& member : *object->object()) {
    const std::string* value = member.value.string();
    const bool any = member.value.boolean().value_or(false);
    if (member.name.empty() || (value == nullptr && !any)) {
      return ComplainAt(
          member.position, fields.where() + ".labels." + Printable(member.name),
          member.name.empty() ? "want a name" : "want a string, or true for any value");
    }
    labels.emplace(member.name, any ? std::nullopt : std::optional(*value));
  }
  return labels;
}

bool IsPlatformPart(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  });
}

// "linux/arm64", "linux/arm/v7"
Result<oci::Platform> ParsePlatform(std::string_view text) {
  std::vector<std::string> parts;
  for (std::string_view rest = text;;) {
    const std::size_t slash = rest.find('/');
    parts.emplace_back(rest.substr(0, slash));
    if (slash == std::string_view::npos) break;
    rest.remove_prefix(slash + 1);
  }
  if (parts.size() < 2 || parts.size() > 3 ||
      !std::all_of(parts.begin(), parts.end(), IsPlatformPart)) {
    return Error(ErrorCode::kMalformed, "want a platform such as linux/amd64 or linux/arm/v7");
  }
  return oci::Platform{parts[0], parts[1], parts.size() == 3 ? parts[2] : "", ""};
}

Result<std::optional<ImageRule::Base>> ReadBase(json::Fields& image) {
  HALLMARK_ASSIGN(const json::Value* value, image.OptionalObject("base"));
  if (value == nullptr) return std::optional<ImageRule::Base>();
  HALLMARK_ASSIGN(json::Fields fields,
                  OpenObject(*value, image.where() + ".base", members::kImageBase));
  ImageRule::Base base;
  HALLMARK_ASSIGN(base.images, ReadPatterns(fields, "images"));
  HALLMARK_ASSIGN(base.digests, ReadListOf<oci::Digest>(fields, "digests", oci::Digest::Parse));
  if (base.images.empty() && base.digests.empty()) {
    return image.Complain("base", "want \"images\", \"digests\" or both");
  }
  return std::optional(std::move(base));
}

Result<std::optional<ImageRule::NoSecrets>> ReadNoSecrets(json::Fields& fields) {
  HALLMARK_ASSIGN(const std::optional<std::string> word, fields.OptionalString("secrets"));
  if (word && *word != "refuse") return fields.Complain("secrets", "want \"refuse\"");
  HALLMARK_ASSIGN(const std::vector<Item> names, ReadList(fields, "allowVariables"));
  if (!word && !names.empty()) {
    return fields.Complain("allowVariables", "belongs beside \"secrets\"");
  }
  if (!word) return std::optional<ImageRule::NoSecrets>();
  ImageRule::NoSecrets read;
  for (const Item& name : names) {
    if (name.text.empty() || name.text.find('=') != std::string::npos) {
      return ComplainAt(name.position, name.where, "want the name of a variable");
    }
    read.allowed.insert(name.text);
  }
  return std::optional(std::move(read));
}

Result<std::optional<ImageRule::MediaTypes>> ReadMediaTypes(json::Fields& fields) {
  HALLMARK_ASSIGN(const std::optional<std::string> word, fields.OptionalString("mediaTypes"));
  if (!word) return std::optional<ImageRule::MediaTypes>();
  if (*word == "known") return std::optional(ImageRule::MediaTypes::kKnown);
  if (*word == "allow-foreign") return std::optional(ImageRule::MediaTypes::kAllowForeign);
  return fields.Complain("mediaTypes", R"(want "known" or "allow-foreign")");
}

// Whether there is nothing but a comment.
bool AsksNothing(const json::Value& image) {
  const std::vector<json::Member>& all = *image.object();
  return std::all_of(all.begin(), all.end(),
                     [](const json::Member& member) { return member.name == "comment"; });
}

}  // namespace

Result<ImageRule> ReadImageRule(const json::Value& image, const std::string& where) {
  HALLMARK_ASSIGN(json::Fields fields, OpenObject(image, where, members::kImage));
  if (AsksNothing(image)) {
    return ComplainAt(image.position(), where, "want at least one condition, or leave it out");
  }
  HALLMARK_RETURN_IF_ERROR(fields.OptionalString("comment"));
  ImageRule rule;
  HALLMARK_ASSIGN(rule.user, ReadUser(fields));
  HALLMARK_ASSIGN(rule.tag, ReadTag(fields));
  HALLMARK_ASSIGN(rule.tag_patterns,
                  ReadListOf<TagPattern>(fields, "tagPatterns", TagPattern::Parse));
  HALLMARK_RETURN_IF_ERROR(CheckTags(fields, rule));
  HALLMARK_ASSIGN(rule.max_bytes, ReadLimit(fields, "maxBytes"));
  HALLMARK_ASSIGN(rule.max_layers, ReadLimit(fields, "maxLayers"));
  HALLMARK_ASSIGN(rule.labels, ReadLabels(fields));
  HALLMARK_ASSIGN(rule.platforms, ReadListOf<oci::Platform>(fields, "platforms", ParsePlatform));
  HALLMARK_ASSIGN(rule.base, ReadBase(fields));
  HALLMARK_ASSIGN(rule.max_age, ReadDuration(fields, "maxAge"));
  HALLMARK_ASSIGN(rule.no_secrets, ReadNoSecrets(fields));
  HALLMARK_ASSIGN(rule.media_types, ReadMediaTypes(fields));
  return rule;
}

}  // namespace hallmark::policy
