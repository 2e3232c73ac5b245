#include "tests/unit/policy/schema_validator.h"

#include <algorithm>
#include <regex>
#include <set>
#include <stdexcept>

#include "tests/support/world.h"

namespace hallmark::testing {
namespace {

using json::Kind;
using json::Member;
using json::Value;

bool HasType(const Value& value, std::string_view type) {
  switch (value.kind()) {
    case Kind::kNull:
      return type == "null";
    case Kind::kBool:
      return type == "boolean";
    case Kind::kNumber:
      return type == "number" || (type == "integer" && value.unsigned_integer().has_value());
    case Kind::kString:
      return type == "string";
    case Kind::kArray:
      return type == "array";
    case Kind::kObject:
      return type == "object";
  }
  return false;
}

bool HasOneType(const Value& value, const Value& types) {
  if (types.string() != nullptr) return HasType(value, *types.string());
  return std::any_of(types.array()->begin(), types.array()->end(),
                     [&](const Value& type) { return HasType(value, *type.string()); });
}

bool IsOneOf(const Value& value, const std::vector<Value>& values) {
  return std::any_of(values.begin(), values.end(),
                     [&](const Value& each) { return json::ToText(each) == json::ToText(value); });
}

// Keywords without a say, and those that another keyword looks at.
bool IsSilent(std::string_view keyword) {
  static const std::set<std::string_view> kSilent = {"$schema", "$id", "$defs", "title",
                                                     "description"};
  return kSilent.count(keyword) > 0;
}

}  // namespace

Value ParseJson(std::string_view text) {
  return Must(json::Parse(AsBytes(text), {std::size_t{1} << 20, 64, 100'000}));
}

std::vector<std::string> SchemaValidator::Faults(const Value& value) const {
  Faulty faults;
  Check(root_, value, "$", faults);
  return faults;
}

const Value& SchemaValidator::Follow(std::string_view reference) const {
  constexpr std::string_view kPrefix = "#/$defs/";
  const Value* found = reference.starts_with(kPrefix)
                           ? root_.Find("$defs")->Find(reference.substr(kPrefix.size()))
                           : nullptr;
  if (found == nullptr) throw std::runtime_error("no such definition: " + std::string(reference));
  return *found;
}

void SchemaValidator::Check(const Value& schema, const Value& value, const std::string& path,
                            Faulty& faults) const {
  for (const Member& keyword : *schema.object()) {
    if (!IsSilent(keyword.name)) CheckKeyword(keyword, schema, value, path, faults);
  }
}

void SchemaValidator::CheckKeyword(const Member& keyword, const Value& schema, const Value& value,
                                   const std::string& path, Faulty& faults) const {
  const std::string& name = keyword.name;
  const Value& wanted = keyword.value;
  const auto need = [&](bool holds) {
    if (!holds) faults.push_back(path + ": " + name);
  };
  if (name == "$ref") return Check(Follow(*wanted.string()), value, path, faults);
  if (name == "type") return need(HasOneType(value, wanted));
  if (name == "const") return need(json::ToText(value) == json::ToText(wanted));
  if (name == "enum") return need(IsOneOf(value, *wanted.array()));
  if (name == "oneOf" || name == "anyOf") {
    const auto fitting =
        std::count_if(wanted.array()->begin(), wanted.array()->end(), [&](const Value& option) {
          Faulty inner;
          Check(option, value, path, inner);
          return inner.empty();
        });
    return need(name == "oneOf" ? fitting == 1 : fitting >= 1);
  }
  if (name == "minimum" || name == "maximum") {
    if (!value.number()) return;
    return need(name == "minimum" ? *value.number() >= *wanted.number()
                                  : *value.number() <= *wanted.number());
  }
  if (name == "pattern" || name == "minLength") {
    if (value.string() == nullptr) return;
    return need(name == "pattern" ? std::regex_search(*value.string(), std::regex(*wanted.string()))
                                  : value.string()->size() >= *wanted.unsigned_integer());
  }
  if (name == "minItems") {
    return need(value.array() == nullptr || value.array()->size() >= *wanted.unsigned_integer());
  }
  if (name == "items") {
    for (std::size_t i = 0; value.array() != nullptr && i < value.array()->size(); ++i) {
      Check(wanted, (*value.array())[i], path + "[" + std::to_string(i) + "]", faults);
    }
    return;
  }
  CheckObject(keyword, schema, value, path, faults);
}

void SchemaValidator::CheckObject(const Member& keyword, const Value& schema, const Value& value,
                                  const std::string& path, Faulty& faults) const {
  const std::string& name = keyword.name;
  const Value& wanted = keyword.value;
  static const std::set<std::string_view> kKnown = {
      "required",      "properties",        "additionalProperties", "propertyNames",
      "minProperties", "dependentRequired", "dependentSchemas"};
  if (kKnown.count(name) == 0) throw std::runtime_error("keyword that is not checked: " + name);
  if (value.object() == nullptr) return;
  const auto need = [&](bool holds, const std::string& where) {
    if (!holds) faults.push_back(where + ": " + name);
  };
  if (name == "minProperties") need(value.object()->size() >= *wanted.unsigned_integer(), path);
  if (name == "required") {
    for (const Value& each : *wanted.array()) {
      need(value.Find(*each.string()) != nullptr, path + "." + *each.string());
    }
  }
  if (name == "dependentRequired") {
    for (const Member& dependent : *wanted.object()) {
      if (value.Find(dependent.name) == nullptr) continue;
      for (const Value& each : *dependent.value.array()) {
        need(value.Find(*each.string()) != nullptr, path + "." + *each.string());
      }
    }
  }
  if (name == "dependentSchemas") {
    for (const Member& dependent : *wanted.object()) {
      if (value.Find(dependent.name) != nullptr) Check(dependent.value, value, path, faults);
    }
  }
  const Value* properties = schema.Find("properties");
  for (const Member& member : *value.object()) {
    const std::string where = path + "." + member.name;
    const Value* described = properties == nullptr ? nullptr : properties->Find(member.name);
    if (name == "propertyNames") Check(wanted, Value::String(member.name), where, faults);
    if (name == "properties" && described != nullptr) {
      Check(*described, member.value, where, faults);
    }
    if (name != "additionalProperties" || described != nullptr) continue;
    if (wanted.boolean()) {
      need(*wanted.boolean(), where);
    } else {
      Check(wanted, member.value, where, faults);
    }
  }
}

}  // namespace hallmark::testing
