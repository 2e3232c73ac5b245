#include <fstream>
#include <iterator>

#include "hallmark/predicate/predicate.h"
#include "tests/unit/predicate/parse.h"

// What real tools wrote: vectors/predicate/README.md says which.
namespace hallmark::predicate {
namespace {

json::Value Read(const std::string& name) {
  std::ifstream file(std::string(HALLMARK_VECTORS_PREDICATE) + "/" + name);
  REQUIRE(file);
  return Json(std::string(std::istreambuf_iterator<char>(file), {}));
}

TEST_CASE("npm's CycloneDX document is read") {
  const CycloneDx document = ParseCycloneDx(Read("npm-cyclonedx-1.5.json")).value();
  CHECK(document.spec_version == "1.5");
  REQUIRE(document.subject);
  CHECK(document.subject->purl == "pkg:npm/sample@1.4.0");
  CHECK(document.timestamp);
  REQUIRE(document.components.size() == 7);
  for (const CycloneDxComponent& component : document.components) {
    INFO(component.name);
    CHECK(component.purl == "pkg:npm/" + component.name + "@" + component.version);
    CHECK(component.hashes.contains("SHA-512"));
    REQUIRE(component.licences.size() == 1);
    CHECK(component.licences[0].kind == CycloneDxLicence::Kind::kId);
  }
  CHECK(document.dependencies.size() == 8);
}

TEST_CASE("npm's SPDX document is read") {
  const Spdx document = ParseSpdx(Read("npm-spdx-2.3.json")).value();
  CHECK(document.version == "SPDX-2.3");
  REQUIRE(document.packages.size() == 8);
  CHECK(document.packages[0].declared.expression == "Apache-2.0");
  CHECK(document.describes.at(0) == "SPDXRef-Package-sample-1.4.0");
  for (const SpdxPackage& package : document.packages) {
    INFO(package.name);
    CHECK(package.purls.size() == 1);
    CHECK(package.concluded.kind == SpdxLicence::Kind::kNoAssertion);
  }
  CHECK_FALSE(document.relationships.empty());
}

}  // namespace
}  // namespace hallmark::predicate
