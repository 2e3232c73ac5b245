#include "hallmark/predicate/cyclonedx.h"

#include "tests/unit/predicate/parse.h"

namespace hallmark::predicate {
namespace {

const std::string kDocument = R"({
 "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
 "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
 "metadata": {"timestamp": "2026-06-01T12:00:00+02:00", "tools": {"components": []},
  "component": {"type": "container", "name": "app", "bom-ref": "root",
   "components": [{"type": "file", "name": "inside-the-subject"}]}},
 "components": [
  {"type": "library", "bom-ref": "a", "group": "org.example", "name": "outer", "version": "2",
   "purl": "pkg:maven/org.example/outer@2", "cpe": "cpe:2.3:a:x:outer:2:*:*:*:*:*:*:*",
   "supplier": {"name": "Example"},
   "hashes": [{"alg": "SHA-256", "content": "aa"}],
   "licenses": [{"license": {"id": "MIT"}}, {"license": {"name": "Ours"}}, {"expression": "A OR B"}],
   "components": [{"type": "library", "name": "inner", "bom-ref": "b",
     "components": [{"type": "library", "name": "innermost"}]}]},
  {"type": "operating-system", "name": "debian", "version": "12"}],
 "dependencies": [{"ref": "root", "dependsOn": ["a", "b"]}, {"ref": "a"}],
 "vulnerabilities": [{"bom-ref": "v", "id": "CVE-2026-1", "source": {"name": "NVD"},
   "ratings": [{"severity": "low"}, {"severity": "critical", "score": 9.8}, {"score": 1}],
   "affects": [{"ref": "a"}],
   "analysis": {"state": "not_affected", "justification": "code_not_reachable"}}]})";

TEST_CASE("a CycloneDX document says components, nested ones behind their parents") {
  const CycloneDx document = ParseCycloneDx(Json(kDocument)).value();
  CHECK(document.spec_version == "1.6");
  CHECK(document.serial_number == "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79");
  CHECK(document.timestamp == UnixTime(std::chrono::seconds(1'780'308'000)));
  REQUIRE(document.subject);
  CHECK(document.subject->name == "app");
  REQUIRE(document.components.size() == 5);
  CHECK(document.components[0].name == "inside-the-subject");
  CHECK_FALSE(document.components[0].parent);
  const CycloneDxComponent& outer = document.components[1];
  CHECK(outer.type == "library");
  CHECK(outer.group == "org.example");
  CHECK(outer.version == "2");
  CHECK(outer.purl == "pkg:maven/org.example/outer@2");
  CHECK(outer.supplier == "Example");
  CHECK(outer.hashes.at("SHA-256") == "aa");
  CHECK(document.components[2].name == "inner");
  CHECK(document.components[2].parent == 1U);
  CHECK(document.components[3].name == "innermost");
  CHECK(document.components[3].parent == 2U);
  CHECK(document.components[4].name == "debian");
  CHECK_FALSE(document.components[4].parent);
}

TEST_CASE("licences of a component are identifiers, names or expressions") {
  const auto licences = ParseCycloneDx(Json(kDocument)).value().components[1].licences;
  REQUIRE(licences.size() == 3);
  using Kind = CycloneDxLicence::Kind;
  CHECK(licences[0].kind == Kind::kId);
  CHECK(licences[0].text == "MIT");
  CHECK(licences[1].kind == Kind::kName);
  CHECK(licences[2].kind == Kind::kExpression);
  CHECK(licences[2].text == "A OR B");
}

TEST_CASE("dependencies and vulnerabilities are read, the worst rating counts") {
  const CycloneDx document = ParseCycloneDx(Json(kDocument)).value();
  REQUIRE(document.dependencies.size() == 2);
  CHECK(document.dependencies[0].depends_on == std::vector<std::string>{"a", "b"});
  REQUIRE(document.vulnerabilities.size() == 1);
  const CycloneDxVulnerability& vulnerability = document.vulnerabilities[0];
  CHECK(vulnerability.id == "CVE-2026-1");
  CHECK(vulnerability.source == "NVD");
  CHECK(vulnerability.severity == Severity::kCritical);
  CHECK(vulnerability.affects == std::vector<std::string>{"a"});
  CHECK(vulnerability.analysis.state == "not_affected");
  CHECK(vulnerability.analysis.justification == "code_not_reachable");
}

TEST_CASE("other versions of CycloneDX are unsupported, by name") {
  for (const char* version : {"1.4", "1.5", "1.6"}) {
    CHECK(ParseCycloneDx(Json(With(kDocument, "1.6", version))).ok());
  }
  for (const char* version : {"1.3", "1.7", "2.0", "1.6.0"}) {
    CheckRefused(ParseCycloneDx, With(kDocument, "1.6", version), ErrorCode::kUnsupported,
                 "/specVersion: " + std::string(version) + ": only");
  }
}

TEST_CASE("CycloneDX documents that a rule would be fooled by are refused, with their place") {
  const auto refused = [](std::string_view what, std::string_view instead, std::string_view says) {
    CheckRefused(ParseCycloneDx, With(kDocument, what, instead), ErrorCode::kMalformed, says);
  };
  refused(R"("bomFormat": "CycloneDX", )", "", "/bomFormat: missing");
  refused(R"("bomFormat": "CycloneDX")", R"("bomFormat": "SPDX")",
          "/bomFormat: want \"CycloneDX\"");
  refused(R"("name": "inner",)", "", "/components/0/components/0/name: missing");
  refused(R"("type": "operating-system", )", "", "/components/1/type: missing");
  refused(R"({"id": "MIT"})", R"({"id": "MIT", "name": "MIT"})",
          "/components/0/licenses/0/license: want exactly one of id and name");
  refused(R"({"license": {"id": "MIT"}})", R"({"license": {"id": "MIT"}, "expression": "GPL"})",
          "/components/0/licenses/0: want exactly one of license and expression");
  refused(R"({"license": {"id": "MIT"}})", "{}",
          "/components/0/licenses/0: want exactly one of license and expression");
  refused(R"("severity": "low")", R"("severity": "meh")",
          "/vulnerabilities/0/ratings/0/severity: want a severity");
  refused(R"("affects": [{"ref": "a"}])", R"("affects": ["a"])",
          "/vulnerabilities/0/affects/0: want an object");
}

}  // namespace
}  // namespace hallmark::predicate
