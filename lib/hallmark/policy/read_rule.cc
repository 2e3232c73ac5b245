#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/policy/internal/policy_members.h"
#include "hallmark/policy/internal/policy_reader.h"
#include "hallmark/policy/internal/tally.h"

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
  if (*word == "off") return Mode::kOff;
  return fields.Complain("mode", R"(want "enforce", "warn" or "off")");
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

Result<std::string> ReadRuleName(json::Fields& fields) {
  HALLMARK_ASSIGN(std::string name, ReadName(fields));
  if (name == kDefaultName) return fields.Complain("name", "\"default\" names the default");
  return name;
}

Result<OnUnknown> ReadOnUnknown(json::Fields& fields) {
  HALLMARK_ASSIGN(const std::optional<std::string> word, fields.OptionalString("onUnknown"));
  if (!word || *word == "refuse") return OnUnknown::kRefuse;
  if (*word == "allow") return OnUnknown::kAllow;
  return fields.Complain("onUnknown", "want \"refuse\" or \"allow\"");
}

// What a rule and a default have in common.
struct Demand {
  Requirement require;
  SignedName signed_name;
  std::map<std::string, std::string> annotations;
  std::optional<std::chrono::seconds> max_age;
  Mode mode;
  OnUnknown on_unknown;
};

Result<Demand> ReadDemand(json::Fields& fields,
                          const std::map<std::string, std::size_t>& set_sizes) {
  HALLMARK_ASSIGN(const json::Value* require, fields.Object("require"));
  HALLMARK_ASSIGN(Requirement requirement,
                  ReadRequirement(*require, fields.where() + ".require", set_sizes));
  if (!NeedsSignature(requirement)) {
    return fields.Complain("require",
                           "could be met without any signature: put \"image\" beside who has to "
                           "sign, in \"allOf\"");
  }
  HALLMARK_ASSIGN(const SignedName signed_name, ReadSignedName(fields));
  HALLMARK_ASSIGN(auto annotations, ReadAnnotations(fields));
  const std::vector<const SignedBy*> leaves = Leaves(requirement);
  const bool all_attest = std::all_of(leaves.begin(), leaves.end(), [](const SignedBy* leaf) {
    return leaf->predicate_type && *leaf->predicate_type != kSignedPredicate;
  });
  if (all_attest && (signed_name != SignedName::kNone || !annotations.empty())) {
    return fields.Complain(annotations.empty() ? "signedName" : "annotations",
                           "no part of \"require\" asks for a signature that could say it");
  }
  HALLMARK_ASSIGN(const auto max_age, ReadDuration(fields, "maxAge"));
  HALLMARK_ASSIGN(const Mode mode, ReadMode(fields));
  HALLMARK_ASSIGN(const OnUnknown on_unknown, ReadOnUnknown(fields));
  return Demand{
      std::move(requirement), signed_name, std::move(annotations), max_age, mode, on_unknown};
}

void Apply(Demand demand, Rule::Parts& parts) {
  // What a rule that is off would want is read as strictly, and not asked for.
  if (demand.mode == Mode::kOff) {
    parts.loosened.push_back("mode off (rule " + parts.name + ")");
  } else {
    parts.require = std::move(demand.require);
  }
  parts.expectation.signed_name = demand.signed_name;
  parts.expectation.annotations = std::move(demand.annotations);
  parts.expectation.max_age = demand.max_age;
  parts.mode = demand.mode;
  parts.on_unknown = demand.on_unknown;
}

}  // namespace

Result<Rule::Parts> ReadRule(const json::Value& rule, const std::string& where,
                             const std::map<std::string, std::size_t>& set_sizes,
                             const std::string& file) {
  HALLMARK_ASSIGN(json::Fields fields, OpenObject(rule, where, members::kRule));
  Rule::Parts parts;
  parts.place = Place(file, rule.position());
  HALLMARK_ASSIGN(parts.name, ReadRuleName(fields));
  HALLMARK_RETURN_IF_ERROR(fields.OptionalString("comment"));
  HALLMARK_ASSIGN(parts.images, ReadPatterns(fields, "images"));
  if (parts.images.empty()) return fields.Complain("images", "missing");
  HALLMARK_ASSIGN(Demand demand, ReadDemand(fields, set_sizes));
  Apply(std::move(demand), parts);
  HALLMARK_ASSIGN(std::optional<std::string> type, ReadAttestation(fields));
  if (type) parts.expectation.predicate_type = *std::move(type);
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
