#ifndef HALLMARK_TESTS_UNIT_POLICY_SCHEMA_VALIDATOR_H_
#define HALLMARK_TESTS_UNIT_POLICY_SCHEMA_VALIDATOR_H_

#include <string>
#include <string_view>
#include <vector>

#include "hallmark/encoding/json.h"

namespace hallmark::testing {

// The part of JSON Schema 2020-12 that our schemas use. A keyword that it does not know is a fault,
// so that no schema says more than is checked.
class SchemaValidator {
 public:
  explicit SchemaValidator(const json::Value& schema) : root_(schema) {}
  // Every way in which `value` is not what the schema describes; empty when it is.
  std::vector<std::string> Faults(const json::Value& value) const;

 private:
  using Faulty = std::vector<std::string>;
  void Check(const json::Value& schema, const json::Value& value, const std::string& path,
             Faulty& faults) const;
  void CheckKeyword(const json::Member& keyword, const json::Value& schema,
                    const json::Value& value, const std::string& path, Faulty& faults) const;
  void CheckObject(const json::Member& keyword, const json::Value& schema, const json::Value& value,
                   const std::string& path, Faulty& faults) const;
  const json::Value& Follow(std::string_view reference) const;

  const json::Value& root_;
};

// Parsed as every document here is, or the test fails.
json::Value ParseJson(std::string_view text);

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_UNIT_POLICY_SCHEMA_VALIDATOR_H_
