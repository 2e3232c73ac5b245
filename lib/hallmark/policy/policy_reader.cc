#include "hallmark/policy/internal/policy_reader.h"

#include <algorithm>
#include <set>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/duration.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/policy/internal/nearest_name.h"
#include "hallmark/policy/limits.h"
#include "hallmark/policy/predicate_type.h"

namespace hallmark::policy {
namespace {

bool IsLetterOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

Rule UnreadRule(const Rule::Parts& whole) {
  Rule::Parts parts;
  parts.name = whole.name;
  parts.place = whole.place;
  parts.images = whole.images;
  parts.is_unread = true;
  return Rule(std::move(parts));
}

Error ComplainAt(json::Position position, const std::string& where, const std::string& what) {
  return Error(ErrorCode::kConfig, std::to_string(position.line) + ":" +
                                       std::to_string(position.column) + ": " + where + ": " +
                                       what);
}

Result<json::Fields> OpenObject(const json::Value& value, const std::string& where,
                                std::span<const std::string_view> known) {
  HALLMARK_ASSIGN(json::Fields fields, json::Fields::Of(value, where));
  for (const json::Member& member : *value.object()) {
    if (std::find(known.begin(), known.end(), member.name) != known.end()) continue;
    return fields.Complain(
        member.name, "unknown member" + DidYouMean(member.name, {known.begin(), known.end()}));
  }
  return fields;
}

Result<std::vector<Item>> ReadStrings(json::Fields& fields, std::string_view name) {
  HALLMARK_ASSIGN(const std::vector<json::Value>* values, fields.Array(name));
  if (values->empty()) return fields.Complain(name, "want at least one");
  std::vector<Item> items;
  std::set<std::string> seen;
  for (const json::Value& value : *values) {
    std::string where =
        fields.where() + "." + std::string(name) + "[" + std::to_string(items.size()) + "]";
    if (value.string() == nullptr) return ComplainAt(value.position(), where, "want a string");
    if (!seen.insert(*value.string()).second) {
      return ComplainAt(value.position(), where, "stands in the list already");
    }
    items.push_back({*value.string(), std::move(where), value.position()});
  }
  return items;
}

Error Complain(const Item& item, const std::string& what) {
  return ComplainAt(item.position, item.where, what);
}

Result<std::string> ReadName(json::Fields& fields) {
  HALLMARK_ASSIGN(std::string name, fields.String("name"));
  if (!IsName(name)) {
    return fields.Complain("name", "want letters, digits, '.', '_' and '-', at most 128");
  }
  return name;
}

Result<std::vector<ImagePattern>> ReadPatterns(json::Fields& fields, std::string_view name) {
  std::vector<ImagePattern> patterns;
  if (fields.OptionalAny(name) == nullptr) return patterns;
  HALLMARK_ASSIGN(const std::vector<Item> items, ReadStrings(fields, name));
  std::set<std::string> seen;
  for (const Item& item : items) {
    Result<ImagePattern> pattern = ImagePattern::Parse(item.text);
    if (!pattern.ok()) return Complain(item, pattern.error().message());
    if (!seen.insert(pattern.value().Canonical()).second) {
      return Complain(item, "stands in the list already");
    }
    patterns.push_back(std::move(pattern).value());
  }
  return patterns;
}

Result<std::optional<UnixTime>> ReadTime(json::Fields& fields, std::string_view name) {
  HALLMARK_ASSIGN(const std::optional<std::string> text, fields.OptionalString(name));
  if (!text) return std::optional<UnixTime>();
  Result<UnixTime> time = encoding::FromRfc3339(*text);
  if (!time.ok()) return fields.Complain(name, "want a time such as \"2026-11-24T00:00:00Z\"");
  return std::optional<UnixTime>(time.value());
}

Result<std::optional<std::chrono::seconds>> ReadDuration(json::Fields& fields,
                                                         std::string_view name) {
  HALLMARK_ASSIGN(const std::optional<std::string> text, fields.OptionalString(name));
  if (!text) return std::optional<std::chrono::seconds>();
  Result<std::chrono::seconds> duration = encoding::ParseDuration(*text);
  if (!duration.ok()) return fields.Complain(name, duration.error().message());
  return std::optional<std::chrono::seconds>(duration.value());
}

Result<std::optional<std::string>> ReadAttestation(json::Fields& fields) {
  HALLMARK_ASSIGN(const std::optional<std::string> type, fields.OptionalString("attestation"));
  if (!type) return std::optional<std::string>();
  Result<std::string> predicate = PredicateTypeFromName(*type);
  if (!predicate.ok()) return fields.Complain("attestation", predicate.error().message());
  return std::optional<std::string>(std::move(predicate).value());
}

bool IsName(std::string_view text) {
  return !text.empty() && text.size() <= kMaxNameBytes && IsLetterOrDigit(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return IsLetterOrDigit(c) || c == '.' || c == '_' || c == '-'; });
}

}  // namespace hallmark::policy
