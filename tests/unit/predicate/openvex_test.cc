#include "hallmark/predicate/openvex.h"

#include "tests/unit/predicate/parse.h"

namespace hallmark::predicate {
namespace {

const std::string kDocument = R"({
 "@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://vex.example/1", "author": "Example",
 "timestamp": "2026-06-01T12:00:00Z", "last_updated": "2026-06-02T12:00:00Z", "version": 2,
 "statements": [
  {"vulnerability": {"name": "CVE-2026-1", "aliases": ["GHSA-1"]},
   "products": [{"@id": "pkg:oci/app@sha256%3Aaa", "identifiers": {"purl": "pkg:oci/app"},
     "hashes": {"sha-256": "aa"}, "subcomponents": [{"@id": "pkg:deb/debian/zlib@1.3"}]}],
   "status": "not_affected", "justification": "vulnerable_code_not_present", "impact_statement": "patched"},
  {"vulnerability": {"name": "CVE-2026-2"}, "timestamp": "2026-06-03T12:00:00Z", "status": "affected",
   "action_statement": "update to 1.5"}]})";

UnixTime At(std::int64_t value) { return UnixTime(std::chrono::seconds(value)); }

TEST_CASE("an OpenVEX document says which vulnerability matters to which product") {
  const OpenVex document = ParseOpenVex(Json(kDocument)).value();
  CHECK(document.id == "https://vex.example/1");
  CHECK(document.author == "Example");
  CHECK(document.last_updated == At(1'780'401'600));
  REQUIRE(document.statements.size() == 2);
  const VexStatement& first = document.statements[0];
  CHECK(first.vulnerability == "CVE-2026-1");
  CHECK(first.aliases == std::vector<std::string>{"GHSA-1"});
  CHECK(first.status == VexStatus::kNotAffected);
  CHECK(first.justification == VexJustification::kVulnerableCodeNotPresent);
  CHECK(first.impact == "patched");
  REQUIRE(first.products.size() == 1);
  CHECK(first.products[0].component.id == "pkg:oci/app@sha256%3Aaa");
  CHECK(first.products[0].component.identifiers.at("purl") == "pkg:oci/app");
  CHECK(first.products[0].component.hashes.at("sha-256") == "aa");
  CHECK(first.products[0].subcomponents.at(0).id == "pkg:deb/debian/zlib@1.3");
  const VexStatement& second = document.statements[1];
  CHECK(second.status == VexStatus::kAffected);
  CHECK(second.action == "update to 1.5");
  CHECK(second.products.empty());
}

TEST_CASE("a statement has its own time, or the document's") {
  const OpenVex document = ParseOpenVex(Json(kDocument)).value();
  CHECK(document.statements[0].timestamp == At(1'780'315'200));
  CHECK(document.statements[1].timestamp == At(1'780'488'000));
}

TEST_CASE("documents before v0.2.0 have plain texts") {
  const OpenVex document =
      ParseOpenVex(Json(R"({"@context": "https://openvex.dev/ns", "author": "E",
    "statements": [{"vulnerability": "CVE-2026-1", "products": ["pkg:a", "pkg:b"],
      "subcomponents": ["pkg:c"], "status": "fixed"}]})"))
          .value();
  REQUIRE(document.statements.size() == 1);
  CHECK(document.statements[0].vulnerability == "CVE-2026-1");
  REQUIRE(document.statements[0].products.size() == 2);
  CHECK(document.statements[0].products[1].component.id == "pkg:b");
  CHECK(document.statements[0].products[1].subcomponents.at(0).id == "pkg:c");
  CHECK_FALSE(document.statements[0].timestamp);
}

TEST_CASE("every status and justification has its label") {
  for (const auto status : {VexStatus::kNotAffected, VexStatus::kAffected, VexStatus::kFixed,
                            VexStatus::kUnderInvestigation}) {
    const std::string text = With(kDocument, "\"status\": \"not_affected\"",
                                  "\"status\": \"" + std::string(ToName(status)) + "\"");
    CHECK(ParseOpenVex(Json(text)).value().statements[0].status == status);
  }
  for (const auto why :
       {VexJustification::kComponentNotPresent, VexJustification::kVulnerableCodeNotPresent,
        VexJustification::kVulnerableCodeNotInExecutePath,
        VexJustification::kVulnerableCodeCannotBeControlledByAdversary,
        VexJustification::kInlineMitigationsAlreadyExist}) {
    const std::string text = With(kDocument, "vulnerable_code_not_present", ToName(why));
    CHECK(ParseOpenVex(Json(text)).value().statements[0].justification == why);
  }
}

TEST_CASE("OpenVEX documents that a rule would be fooled by are refused, with their place") {
  const auto refused = [](std::string_view what, std::string_view instead, std::string_view says) {
    CheckRefused(ParseOpenVex, With(kDocument, what, instead), ErrorCode::kMalformed, says);
  };
  refused("https://openvex.dev/ns/v0.2.0", "https://openvex.dev/nsx", "/@context: want ");
  refused(R"("author": "Example",)", "", "/author: missing");
  refused(R"("status": "not_affected")", R"("status": "NOT_AFFECTED")",
          "/statements/0/status: want a status");
  refused(R"("status": "affected",)", "", "/statements/1/status: missing");
  refused(R"("justification": "vulnerable_code_not_present", "impact_statement": "patched")",
          R"("x": 1)", "/statements/0/status: not_affected wants a justification");
  refused("vulnerable_code_not_present", "because", "/statements/0/justification: want a label");
  refused(R"({"name": "CVE-2026-2"})", R"({"id": "CVE-2026-2"})",
          "/statements/1/vulnerability/name: missing");
  refused(R"({"name": "CVE-2026-2"})", R"("")", "/statements/1/vulnerability: is empty");
  refused(R"([{"@id": "pkg:deb/debian/zlib@1.3"}])", R"([{}])",
          "/statements/0/products/0/subcomponents/0: want an @id");
  refused(R"("2026-06-03T12:00:00Z")", R"("2026-06-03")", "/statements/1/timestamp: want a time");
  refused(R"(["GHSA-1"])", R"([1])", "/statements/0/vulnerability/aliases/0: want text");
}

}  // namespace
}  // namespace hallmark::predicate
