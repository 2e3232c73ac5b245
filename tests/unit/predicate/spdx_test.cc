#include "hallmark/predicate/spdx.h"

#include "tests/unit/predicate/parse.h"

namespace hallmark::predicate {
namespace {

const std::string kDocument = R"({
 "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": "app",
 "documentNamespace": "https://sbom.example/app-1",
 "creationInfo": {"creators": ["Tool: maker-1.0", "Organization: Example"], "created": "2026-06-01T12:00:00Z"},
 "packages": [
  {"SPDXID": "SPDXRef-app", "name": "app", "versionInfo": "1.4", "supplier": "Organization: Example",
   "downloadLocation": "NOASSERTION", "filesAnalyzed": false, "primaryPackagePurpose": "CONTAINER",
   "licenseDeclared": "Apache-2.0", "licenseConcluded": "NOASSERTION"},
  {"SPDXID": "SPDXRef-zlib", "name": "zlib", "licenseDeclared": "NONE",
   "licenseConcluded": "Zlib AND LicenseRef-own",
   "checksums": [{"algorithm": "SHA256", "checksumValue": "aa"}],
   "externalRefs": [
    {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": "pkg:deb/debian/zlib@1.3"},
    {"referenceCategory": "SECURITY", "referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a:zlib:zlib:1.3:*:*:*:*:*:*:*"}]}],
 "files": [{"SPDXID": "SPDXRef-file", "fileName": "./bin/app"}],
 "hasExtractedLicensingInfos": [{"licenseId": "LicenseRef-own", "name": "Ours", "extractedText": "..."}],
 "relationships": [
  {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-app"},
  {"spdxElementId": "SPDXRef-app", "relationshipType": "CONTAINS", "relatedSpdxElement": "SPDXRef-zlib"}]})";

TEST_CASE("an SPDX document says packages, licences and relationships") {
  const Spdx spdx = ParseSpdx(Json(kDocument)).value();
  CHECK(spdx.version == "SPDX-2.3");
  CHECK(spdx.name == "app");
  CHECK(spdx.document_namespace == "https://sbom.example/app-1");
  CHECK(spdx.creators == std::vector<std::string>{"Tool: maker-1.0", "Organization: Example"});
  CHECK(spdx.created);
  REQUIRE(spdx.packages.size() == 2);
  CHECK(spdx.packages[0].id == "SPDXRef-app");
  CHECK(spdx.packages[0].version == "1.4");
  CHECK(spdx.packages[0].supplier == "Organization: Example");
  CHECK(spdx.packages[0].purpose == "CONTAINER");
  CHECK(spdx.packages[1].purls == std::vector<std::string>{"pkg:deb/debian/zlib@1.3"});
  CHECK(spdx.packages[1].cpes.size() == 1);
  CHECK(spdx.packages[1].checksums.at("SHA256") == "aa");
  CHECK(spdx.describes == std::vector<std::string>{"SPDXRef-app"});
  REQUIRE(spdx.relationships.size() == 2);
  CHECK(spdx.relationships[1].from == "SPDXRef-app");
  CHECK(spdx.relationships[1].type == "CONTAINS");
  CHECK(spdx.relationships[1].to == "SPDXRef-zlib");
  CHECK(spdx.own_licences.at("LicenseRef-own") == "Ours");
  CHECK(spdx.files == 1);
}

TEST_CASE("saying nothing of a licence is not saying that there is none") {
  const Spdx spdx = ParseSpdx(Json(kDocument)).value();
  using Kind = SpdxLicence::Kind;
  CHECK(spdx.packages[0].declared.kind == Kind::kExpression);
  CHECK(spdx.packages[0].declared.expression == "Apache-2.0");
  CHECK(spdx.packages[0].concluded.kind == Kind::kNoAssertion);
  CHECK(spdx.packages[1].declared.kind == Kind::kNone);
  const Spdx silent = ParseSpdx(Json(With(kDocument, R"("licenseDeclared": "NONE",)", ""))).value();
  CHECK(silent.packages[1].declared.kind == Kind::kNoAssertion);
}

TEST_CASE("a licence expression names its licences and exceptions") {
  using Names = std::vector<std::string>;
  CHECK(LicencesIn("MIT") == Names{"MIT"});
  CHECK(LicencesIn("MIT OR (GPL-2.0-only WITH Classpath-exception-2.0)") ==
        Names{"MIT", "GPL-2.0-only", "Classpath-exception-2.0"});
  CHECK(LicencesIn("(A AND(B))or\nC+") == Names{"A", "B", "C+"});
  CHECK(LicencesIn("").empty());
  CHECK(LicencesIn("( )").empty());
}

TEST_CASE("the text of a document is read, as cosign's --type spdx signs it") {
  const json::Value text = json::Value::String(kDocument);
  CHECK(ParseSpdx(text).value().packages.size() == 2);
  const auto broken = ParseSpdx(json::Value::String("{\n 1}"));
  CHECK(broken.error().code() == ErrorCode::kMalformed);
  CHECK_THAT(broken.error().message(), Catch::StartsWith("the document inside the text: 2:2: "));
  const auto repeated = ParseSpdx(json::Value::String("{\"name\":1,\"name\":2}"));
  CHECK(repeated.error().code() == ErrorCode::kMalformed);
  const auto tagged = ParseSpdx(json::Value::String("SPDXVersion: SPDX-2.3\nName: app\n"));
  CHECK(tagged.error().code() == ErrorCode::kUnsupported);
  const auto nested = ParseSpdx(json::Value::String("\"{}\""));
  CHECK(nested.error().code() == ErrorCode::kMalformed);
}

TEST_CASE("other versions of SPDX are unsupported, by name") {
  CHECK(ParseSpdx(Json(With(kDocument, "SPDX-2.3", "SPDX-2.2"))).ok());
  CheckRefused(ParseSpdx, With(kDocument, "SPDX-2.3", "SPDX-2.1"), ErrorCode::kUnsupported,
               "/spdxVersion: SPDX-2.1: only SPDX-2.2 and SPDX-2.3 are read");
  CheckRefused(ParseSpdx,
               R"({"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": []})",
               ErrorCode::kUnsupported, "SPDX 3");
}

TEST_CASE("SPDX documents that a rule would be fooled by are refused, with their place") {
  const auto refused = [](std::string_view what, std::string_view instead, std::string_view says) {
    CheckRefused(ParseSpdx, With(kDocument, what, instead), ErrorCode::kMalformed, says);
  };
  refused(R"("spdxVersion": "SPDX-2.3",)", "", "/spdxVersion: missing");
  refused(R"("packages": [)", R"("packages": {}, "x": [)", "/packages: want a list");
  refused(R"("name": "zlib")", R"("name": ["zlib"])", "/packages/1/name: want text");
  refused(R"("SPDXID": "SPDXRef-zlib", )", "", "/packages/1/SPDXID: missing");
  refused(R"("licenseDeclared": "NONE")", R"("licenseDeclared": {})",
          "/packages/1/licenseDeclared: want text");
  refused(R"("relationshipType": "CONTAINS",)", "", "/relationships/1/relationshipType: missing");
  refused(R"("referenceLocator": "pkg:)", R"("locator": "pkg:)",
          "/packages/1/externalRefs/0/referenceLocator: missing");
  refused(
      R"([{"algorithm": "SHA256", "checksumValue": "aa"}])",
      R"([{"algorithm": "SHA256", "checksumValue": "aa"}, {"algorithm": "SHA256", "checksumValue": "bb"}])",
      "/packages/1/checksums/1/algorithm: appears twice");
  refused(R"("created": "2026-06-01T12:00:00Z")", R"("created": 1)",
          "/creationInfo/created: want text");
}

}  // namespace
}  // namespace hallmark::predicate
