#include <optional>
#include <set>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/policy/internal/image_rule_reader.h"
#include "hallmark/policy/internal/nearest_name.h"
#include "hallmark/policy/internal/policy_members.h"
#include "hallmark/policy/internal/policy_reader.h"

namespace hallmark::policy {
namespace {

using SetSizes = std::map<std::string, std::size_t>;

// The names of identities, or of key sets, without what sets the former apart.
std::vector<std::string_view> NamesOf(const SetSizes& set_sizes, bool of_identities) {
  const std::string mark = IdentitySet("");
  std::vector<std::string_view> names;
  for (const auto& [name, size] : set_sizes) {
    if (name.starts_with(mark) != of_identities) continue;
    names.push_back(std::string_view(name).substr(of_identities ? mark.size() : 0));
  }
  return names;
}

// 1 to the number of keys in the set (A56): anything else would be met by nobody or by everybody.
Result<Requirement> ReadSignedBy(json::Fields& fields, std::string_view kind,
                                 const SetSizes& set_sizes) {
  const bool is_identity = kind == "identity";
  HALLMARK_ASSIGN(const std::string name, fields.String(kind));
  std::string key_set = is_identity ? IdentitySet(name) : name;
  const auto found = set_sizes.find(key_set);
  if (found == set_sizes.end() || (!is_identity && !IsName(name))) {
    return fields.Complain(kind, (is_identity ? "unknown identity \"" : "unknown key set \"") +
                                     Printable(name) + "\"" +
                                     DidYouMean(name, NamesOf(set_sizes, is_identity)));
  }
  HALLMARK_ASSIGN(const std::optional<std::uint64_t> count,
                  fields.OptionalUnsigned("count", 0xFFFF'FFFF));
  if (count && *count == 0) return fields.Complain("count", "want at least 1");
  if (count && *count > found->second) {
    return fields.Complain("count", "key set " + key_set + " has only " +
                                        std::to_string(found->second) +
                                        (found->second == 1 ? " key" : " keys"));
  }
  HALLMARK_ASSIGN(std::optional<std::string> attestation, ReadAttestation(fields));
  HALLMARK_ASSIGN(const auto max_age, ReadDuration(fields, "maxAge"));
  return Requirement{SignedBy{std::move(key_set), static_cast<std::uint32_t>(count.value_or(1)),
                              std::move(attestation), max_age}};
}

Result<std::vector<Requirement>> ReadParts(json::Fields& fields, std::string_view name,
                                           const SetSizes& set_sizes) {
  HALLMARK_ASSIGN(const std::vector<json::Value>* items, fields.Array(name));
  if (items->empty()) return fields.Complain(name, "want at least one requirement");
  std::vector<Requirement> parts;
  std::set<std::string> seen;
  for (const json::Value& item : *items) {
    const std::string where =
        fields.where() + "." + std::string(name) + "[" + std::to_string(parts.size()) + "]";
    // Two of one kind look like two signers and are met by one.
    if (!seen.insert(json::ToText(item)).second) {
      return ComplainAt(item.position(), where, "stands in the list already");
    }
    HALLMARK_ASSIGN(Requirement part, ReadRequirement(item, where, set_sizes));
    parts.push_back(std::move(part));
  }
  return parts;
}

// 1 to the number of parts (A56), as with keys.
Result<Requirement> ReadAtLeast(json::Fields& fields, const SetSizes& set_sizes) {
  HALLMARK_ASSIGN(const std::uint64_t count, fields.Unsigned("atLeast", 0xFFFF'FFFF));
  if (count == 0) return fields.Complain("atLeast", "want at least 1");
  HALLMARK_ASSIGN(std::vector<Requirement> parts, ReadParts(fields, "of", set_sizes));
  if (count > parts.size()) {
    return fields.Complain("atLeast", "\"of\" has only " + std::to_string(parts.size()) +
                                          (parts.size() == 1 ? " part" : " parts"));
  }
  return Requirement{AtLeast{static_cast<std::uint32_t>(count), std::move(parts)}};
}

// What may not stand beside the member that says which kind of requirement this is.
Result<Done> RefuseStrays(json::Fields& fields, const json::Value& require, std::string_view kind) {
  for (const std::string_view name : {"count", "attestation", "maxAge"}) {
    if (kind == "signedBy" || kind == "identity" || require.Find(name) == nullptr) continue;
    return fields.Complain(name, "belongs beside \"signedBy\" or \"identity\"");
  }
  if (kind != "atLeast" && require.Find("of") != nullptr) {
    return fields.Complain("of", "belongs beside \"atLeast\"");
  }
  return Done();
}

}  // namespace

Result<Requirement> ReadRequirement(const json::Value& require, const std::string& where,
                                    const SetSizes& set_sizes) {
  HALLMARK_ASSIGN(json::Fields fields, OpenObject(require, where, members::kRequire));
  std::vector<std::string_view> kinds;
  for (const std::string_view kind :
       {"signedBy", "identity", "image", "allOf", "anyOf", "atLeast"}) {
    if (require.Find(kind) != nullptr) kinds.push_back(kind);
  }
  if (kinds.size() != 1) {
    return ComplainAt(
        require.position(), where,
        R"(want exactly one of "signedBy", "identity", "image", "allOf", "anyOf", "atLeast")");
  }
  const std::string_view kind = kinds.front();
  HALLMARK_RETURN_IF_ERROR(RefuseStrays(fields, require, kind));
  if (kind == "signedBy" || kind == "identity") return ReadSignedBy(fields, kind, set_sizes);
  if (kind == "image") {
    HALLMARK_ASSIGN(const json::Value* image, fields.Object("image"));
    HALLMARK_ASSIGN(ImageRule rule, ReadImageRule(*image, where + ".image"));
    return Requirement{ImageIs{std::move(rule)}};
  }
  if (kind == "atLeast") return ReadAtLeast(fields, set_sizes);
  HALLMARK_ASSIGN(std::vector<Requirement> parts, ReadParts(fields, kind, set_sizes));
  if (kind == "allOf") return Requirement{AllOf{std::move(parts)}};
  return Requirement{AnyOf{std::move(parts)}};
}

}  // namespace hallmark::policy
