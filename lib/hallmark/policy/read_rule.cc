#include <optional>
#include <set>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/policy/internal/policy_members.h"
#include "hallmark/policy/internal/policy_reader.h"
#include "hallmark/policy/predicate_type.h"

namespace hallmark::policy {
namespace {

constexpr std::string_view kDefaultName = "default";

std::string Place(const std::string& file, json::Position position) {
  return file + ":" + std::to_string(position.line);
}

Result<Mode> ReadMode(json::Fields& fields) {
  HALLMARK_ASSIGN(const std::optional<std::string> word, fields.OptionalString("mode"));
  if (!word || *word == "enforce") return Mode::kEnforce;
  if (*word == "warn") return Mode::kWarn;
  return fields.Complain("mode", "want \"enforce\" or \"warn\"");
}

Result<SignedName> ReadSignedName(json::Fields& fields) {
  HALLMARK_ASSIGN(const std::optional<std::string> word, fields.OptionalString("signedName"));
  if (!word || *word == "none") return SignedName::kNone;
  if (*word == "repository") return SignedName::kRepository;
  if (*word == "tag") return SignedName::kTag;
  if (*word == "exact") return SignedName::kExact;
  return fields.Complain("signedName", R"(want "none", "repository", "tag" or "exact")");
}

Result<std::map<std::string, std::string>> ReadAnnotations(json::Fields& fields) {
  std::map<std::string, std::string> annotations;
  HALLMARK_ASSIGN(const json::Value* object, fields.OptionalObject("annotations"));
  if (object == nullptr) return annotations;
  if (object->object()->empty()) {
    return fields.Complain("annotations", "want at least one, or leave it out");
  }
  for (const json::Member& member : *object->object()) {
    const std::string* value = member.value.string();
    if (member.name.empty() || value == nullptr) {
      return ComplainAt(member.position, fields.where() + ".annotations." + Printable(member.name),
                        member.name.empty() ? "want a name" : "want a string");
    }
    annotations.emplace(member.name, *value);
  }
  return annotations;
}

Result<std::vector<ImagePattern>> ReadImages(json::Fields& fields) {
  HALLMARK_ASSIGN(const std::vector<json::Value>* items, fields.Array("images"));
  if (items->empty()) return fields.Complain("images", "want at least one image pattern");
  std::vector<ImagePattern> images;
  std::set<std::string> seen;
  for (const json::Value& item : *items) {
    const std::string where = fields.where() + ".images[" + std::to_string(images.size()) + "]";
    if (item.string() == nullptr) return ComplainAt(item.position(), where, "want a string");
    Result<ImagePattern> pattern = ImagePattern::Parse(*item.string());
    if (!pattern.ok()) return ComplainAt(item.position(), where, pattern.error().message());
    if (!seen.insert(pattern.value().Canonical()).second) {
      return ComplainAt(item.position(), where, "stands in the list already");
    }
    images.push_back(std::move(pattern).value());
  }
  return images;
}

Result<std::string> ReadName(json::Fields& fields) {
  HALLMARK_ASSIGN(std::string name, fields.String("name"));
  if (!IsName(name)) {
    return fields.Complain("name", "want letters, digits, '.', '_' and '-', at most 128");
  }
  if (name == kDefaultName) return fields.Complain("name", "\"default\" names the default");
  return name;
}

// What a rule and a default have in common.
struct Demand {
  Requirement require;
  SignedName signed_name;
  std::map<std::string, std::string> annotations;
  Mode mode;
};

Result<Demand> ReadDemand(json::Fields& fields,
                          const std::map<std::string, std::size_t>& set_sizes) {
  HALLMARK_ASSIGN(const json::Value* require, fields.Object("require"));
  HALLMARK_ASSIGN(Requirement requirement,
                  ReadRequirement(*require, fields.where() + ".require", set_sizes));
  HALLMARK_ASSIGN(const SignedName signed_name, ReadSignedName(fields));
  HALLMARK_ASSIGN(auto annotations, ReadAnnotations(fields));
  HALLMARK_ASSIGN(const Mode mode, ReadMode(fields));
  return Demand{std::move(requirement), signed_name, std::move(annotations), mode};
}

void Apply(Demand demand, Rule::Parts& parts) {
  parts.require = std::move(demand.require);
  parts.expectation.signed_name = demand.signed_name;
  parts.expectation.annotations = std::move(demand.annotations);
  parts.mode = demand.mode;
}

}  // namespace

Result<Rule::Parts> ReadRule(const json::Value& rule, const std::string& where,
                             const std::map<std::string, std::size_t>& set_sizes,
                             const std::string& file) {
  HALLMARK_ASSIGN(json::Fields fields, OpenObject(rule, where, members::kRule));
  Rule::Parts parts;
  parts.place = Place(file, rule.position());
  HALLMARK_ASSIGN(parts.name, ReadName(fields));
  HALLMARK_RETURN_IF_ERROR(fields.OptionalString("comment"));
  HALLMARK_ASSIGN(parts.images, ReadImages(fields));
  HALLMARK_ASSIGN(Demand demand, ReadDemand(fields, set_sizes));
  Apply(std::move(demand), parts);
  HALLMARK_ASSIGN(const std::optional<std::string> type, fields.OptionalString("attestation"));
  if (type) {
    Result<std::string> predicate = PredicateTypeFromName(*type);
    if (!predicate.ok()) return fields.Complain("attestation", predicate.error().message());
    parts.expectation.predicate_type = std::move(predicate).value();
  }
  return parts;
}

Result<Rule::Parts> ReadDefault(const json::Value& value,
                                const std::map<std::string, std::size_t>& set_sizes,
                                const std::string& file) {
  Rule::Parts parts;
  parts.name = kDefaultName;
  parts.place = Place(file, value.position());
  if (const std::string* word = value.string()) {
    parts.allow_without_signature = *word == "allow-unmatched";
    if (parts.allow_without_signature || *word == "deny") return parts;
  }
  if (value.object() == nullptr) {
    return ComplainAt(value.position(), "default",
                      R"(want "deny", "allow-unmatched" or an object with "require")");
  }
  HALLMARK_ASSIGN(json::Fields fields, OpenObject(value, "default", members::kDefault));
  HALLMARK_ASSIGN(Demand demand, ReadDemand(fields, set_sizes));
  Apply(std::move(demand), parts);
  return parts;
}

}  // namespace hallmark::policy
