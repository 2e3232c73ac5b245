#include <optional>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/policy/internal/nearest_name.h"
#include "hallmark/policy/internal/policy_members.h"
#include "hallmark/policy/internal/policy_reader.h"

namespace hallmark::policy {
namespace {

using SetSizes = std::map<std::string, std::size_t>;

std::vector<std::string_view> NamesOf(const SetSizes& set_sizes) {
  std::vector<std::string_view> names;
  for (const auto& [name, size] : set_sizes) names.push_back(name);
  return names;
}

// 1 to the number of keys in the set (A56): anything else would be met by nobody or by everybody.
Result<Requirement> ReadSignedBy(json::Fields& fields, const SetSizes& set_sizes) {
  HALLMARK_ASSIGN(std::string key_set, fields.String("signedBy"));
  const auto found = set_sizes.find(key_set);
  if (found == set_sizes.end()) {
    return fields.Complain("signedBy", "unknown key set \"" + Printable(key_set) + "\"" +
                                           DidYouMean(key_set, NamesOf(set_sizes)));
  }
  HALLMARK_ASSIGN(const std::optional<std::uint64_t> count,
                  fields.OptionalUnsigned("count", 0xFFFF'FFFF));
  if (count && *count == 0) return fields.Complain("count", "want at least 1");
  if (count && *count > found->second) {
    return fields.Complain("count", "key set " + key_set + " has only " +
                                        std::to_string(found->second) +
                                        (found->second == 1 ? " key" : " keys"));
  }
  return Requirement{SignedBy{std::move(key_set), static_cast<std::uint32_t>(count.value_or(1))}};
}

Result<std::vector<Requirement>> ReadParts(json::Fields& fields, std::string_view name,
                                           const SetSizes& set_sizes) {
  HALLMARK_ASSIGN(const std::vector<json::Value>* items, fields.Array(name));
  if (items->empty()) return fields.Complain(name, "want at least one requirement");
  std::vector<Requirement> parts;
  for (const json::Value& item : *items) {
    const std::string where =
        fields.where() + "." + std::string(name) + "[" + std::to_string(parts.size()) + "]";
    HALLMARK_ASSIGN(Requirement part, ReadRequirement(item, where, set_sizes));
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace

Result<Requirement> ReadRequirement(const json::Value& require, const std::string& where,
                                    const SetSizes& set_sizes) {
  HALLMARK_ASSIGN(json::Fields fields, OpenObject(require, where, members::kRequire));
  const bool signed_by = require.Find("signedBy") != nullptr;
  const bool all_of = require.Find("allOf") != nullptr;
  const bool any_of = require.Find("anyOf") != nullptr;
  if (int{signed_by} + int{all_of} + int{any_of} != 1) {
    return ComplainAt(require.position(), where,
                      "want exactly one of \"signedBy\", \"allOf\" and \"anyOf\"");
  }
  if (signed_by) return ReadSignedBy(fields, set_sizes);
  if (require.Find("count") != nullptr) {
    return fields.Complain("count", "belongs beside \"signedBy\"");
  }
  HALLMARK_ASSIGN(std::vector<Requirement> parts,
                  ReadParts(fields, all_of ? "allOf" : "anyOf", set_sizes));
  if (all_of) return Requirement{AllOf{std::move(parts)}};
  return Requirement{AnyOf{std::move(parts)}};
}

}  // namespace hallmark::policy
