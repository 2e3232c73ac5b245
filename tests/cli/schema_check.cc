// hallmark-schema-check SCHEMA FILE: holds one JSON document, or each of an array of them, against
// a JSON Schema and says what does not fit. The scenarios check with it what the program prints.
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "tests/unit/policy/schema_validator.h"

namespace {

std::string Read(const char* path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

int main(int argc, char** argv) {
  using hallmark::json::Value;
  if (argc != 3) return 2;
  const Value schema = hallmark::testing::ParseJson(Read(argv[1]));
  const Value document = hallmark::testing::ParseJson(Read(argv[2]));
  const hallmark::testing::SchemaValidator validator(schema);
  bool fits = document.array() == nullptr || !document.array()->empty();
  const auto check = [&](const Value& value) {
    for (const std::string& fault : validator.Faults(value)) {
      std::cout << fault << "\n";
      fits = false;
    }
  };
  if (document.array() == nullptr) {
    check(document);
  } else {
    for (const Value& value : *document.array()) check(value);
  }
  return fits ? 0 : 1;
}
