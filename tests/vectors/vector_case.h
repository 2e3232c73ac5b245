#ifndef HALLMARK_TESTS_VECTORS_VECTOR_CASE_H_
#define HALLMARK_TESTS_VECTORS_VECTOR_CASE_H_

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "hallmark/base/time.h"
#include "hallmark/policy/trust_policy.h"
#include "hallmark/signature/signature.h"

// Cases as data: vectors/<format>/<case>/case.json beside the layout it is about. A case whose
// name ends with "_fail" must be refused, for the reason that it states.
namespace hallmark::testing {

struct VectorCase {
  std::string name;  // "bundle/p256"
  signature::FormatId format;
  std::string title;
  bool is_verified = false;  // expect
  std::string reason;        // of the verdict
  UnixTime now;
  std::filesystem::path layout;  // "layout" in the case's folder, or another case's
  std::string image;             // "v1", or a digest
  bool recursive = false;        // every image must come out as expected
  std::vector<trust::TrustedKey> keys;
  std::vector<trust::TrustedAuthority> authorities;  // of "stores": at most one
  policy::Rule::Parts rule;
};

// Every case of every format, in the order of their names. Fails the test when a case.json is not
// exactly what docs/testing.md says, or contradicts the name of its folder.
std::vector<VectorCase> LoadVectorCases(const std::filesystem::path& root);

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_VECTORS_VECTOR_CASE_H_
