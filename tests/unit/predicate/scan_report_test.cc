#include "hallmark/predicate/scan_report.h"

#include "hallmark/predicate/vuln.h"
#include "tests/unit/predicate/parse.h"

namespace hallmark::predicate {
namespace {

const std::string kTrivy =
    R"({"SchemaVersion": 2, "ArtifactName": "app:1.4", "ArtifactType": "container_image",
 "Metadata": {"OS": {"Family": "debian", "Name": "12"}},
 "Results": [
  {"Target": "app:1.4 (debian 12) packages", "Class": "os-pkgs", "Type": "debian", "Vulnerabilities": [
   {"VulnerabilityID": "CVE-2026-1", "PkgName": "zlib1g", "InstalledVersion": "1.3-1", "FixedVersion": "1.3-2",
    "PkgIdentifier": {"PURL": "pkg:deb/debian/zlib1g@1.3-1"}, "Severity": "HIGH", "CVSS": {}},
   {"VulnerabilityID": "CVE-2026-2", "PkgName": "bash", "InstalledVersion": "5", "Severity": "UNKNOWN"}]},
  {"Target": "usr/bin/app", "Class": "lang-pkgs", "Type": "gobinary"}]})";

const std::string kGrype = R"({"matches": [
  {"vulnerability": {"id": "GHSA-1", "severity": "Critical", "fix": {"versions": ["1.5", "2.0"], "state": "fixed"}},
   "relatedVulnerabilities": [], "artifact": {"name": "lib", "version": "1.4", "purl": "pkg:npm/lib@1.4"}},
  {"vulnerability": {"id": "CVE-2026-3", "severity": "Negligible", "fix": {"versions": [], "state": "wont-fix"}},
   "artifact": {"name": "tar", "version": "1.34"}}],
 "source": {"type": "image", "target": {"userInput": "app:1.4"}}, "descriptor": {"name": "grype"}})";

std::string VulnWith(const std::string& result) {
  return R"({"invocation": {"parameters": null, "uri": "https://ci.example/run/7", "event_id": "7", "builder.id": "ci"},
 "scanner": {"uri": "pkg:github/scanner@1", "version": "1", "db": {"uri": "pkg:db", "version": "v9",
  "lastUpdate": "2026-05-31T12:00:00Z"}, "result": )" +
         result +
         R"(}, "metadata": {"scanStartedOn": "2026-06-01T12:00:00Z", "scanFinishedOn": "2026-06-01T12:01:00Z"}})";
}

TEST_CASE("a report of Trivy says what was found where") {
  const ScanReport report = ParseTrivy(Json(kTrivy)).value();
  CHECK(report.scanner == Scanner::kTrivy);
  CHECK(report.artifact == "app:1.4");
  REQUIRE(report.findings.size() == 2);
  CHECK(report.findings[0].id == "CVE-2026-1");
  CHECK(report.findings[0].package == "zlib1g");
  CHECK(report.findings[0].purl == "pkg:deb/debian/zlib1g@1.3-1");
  CHECK(report.findings[0].installed_version == "1.3-1");
  CHECK(report.findings[0].fixed_version == "1.3-2");
  CHECK(report.findings[0].target == "app:1.4 (debian 12) packages");
  CHECK(report.findings[0].severity == Severity::kHigh);
  CHECK(report.findings[1].severity == Severity::kUnknown);
  CHECK(report.findings[1].fixed_version.empty());
}

TEST_CASE("a report of Trivy without results found nothing") {
  CHECK(ParseTrivy(Json(R"({"SchemaVersion": 2, "ArtifactName": "x"})")).value().findings.empty());
  CHECK(ParseTrivy(Json(R"({"SchemaVersion": 2, "Results": null})")).value().findings.empty());
}

TEST_CASE("a report of Grype says what was found where") {
  const ScanReport report = ParseGrype(Json(kGrype)).value();
  CHECK(report.scanner == Scanner::kGrype);
  CHECK(report.artifact == "app:1.4");
  REQUIRE(report.findings.size() == 2);
  CHECK(report.findings[0].id == "GHSA-1");
  CHECK(report.findings[0].package == "lib");
  CHECK(report.findings[0].purl == "pkg:npm/lib@1.4");
  CHECK(report.findings[0].fixed_version == "1.5, 2.0");
  CHECK(report.findings[0].severity == Severity::kCritical);
  CHECK(report.findings[1].severity == Severity::kNegligible);
  CHECK(
      ParseGrype(Json(With(kGrype, R"({"userInput": "app:1.4"})", R"("dir")"))).value().artifact ==
      "dir");
}

TEST_CASE("cosign's vuln predicate says by what and when, around a report of either scanner") {
  const Vuln vuln = ParseVuln(Json(VulnWith(kTrivy))).value();
  CHECK(vuln.scanner_uri == "pkg:github/scanner@1");
  CHECK(vuln.scanner_version == "1");
  CHECK(vuln.database_uri == "pkg:db");
  CHECK(vuln.database_version == "v9");
  CHECK(vuln.database_updated);
  CHECK(vuln.invocation_uri == "https://ci.example/run/7");
  CHECK(vuln.invocation_id == "7");
  CHECK(vuln.builder_id == "ci");
  CHECK(vuln.started == UnixTime(std::chrono::seconds(1'780'315'200)));
  CHECK(vuln.finished == UnixTime(std::chrono::seconds(1'780'315'260)));
  REQUIRE(vuln.report);
  CHECK(vuln.report->findings.size() == 2);
  CHECK(ParseVuln(Json(VulnWith(kGrype))).value().report->scanner == Scanner::kGrype);
}

TEST_CASE("a result that nobody knows is not a result without findings") {
  CHECK_FALSE(ParseVuln(Json(VulnWith("{}"))).value().report);
  CHECK_FALSE(ParseVuln(Json(VulnWith("null"))).value().report);
  CHECK_FALSE(ParseVuln(Json(VulnWith(R"({"matches": "none"})"))).value().report);
  CHECK(ParseVuln(Json(VulnWith(R"({"matches": []})"))).value().report);
}

TEST_CASE("severities have a name in every scanner's spelling") {
  for (const auto severity :
       {Severity::kUnknown, Severity::kNone, Severity::kNegligible, Severity::kLow,
        Severity::kMedium, Severity::kHigh, Severity::kCritical}) {
    CHECK(SeverityFromName(ToName(severity)) == severity);
  }
  CHECK(SeverityFromName("HIGH") == Severity::kHigh);
  CHECK(SeverityFromName("info") == Severity::kNegligible);
  CHECK_FALSE(SeverityFromName(""));
  CHECK_FALSE(SeverityFromName("worst"));
  CHECK(Severity::kHigh < Severity::kCritical);
}

TEST_CASE("scanners' reports that a rule would be fooled by are refused, with their place") {
  const auto trivy = [](std::string_view what, std::string_view instead, std::string_view says) {
    CheckRefused(ParseTrivy, With(kTrivy, what, instead), ErrorCode::kMalformed, says);
  };
  trivy(R"("Severity": "HIGH")", R"("Severity": "HIHG")",
        "/Results/0/Vulnerabilities/0/Severity: want");
  trivy(R"("Severity": "HIGH")", R"("Severity": 3)",
        "/Results/0/Vulnerabilities/0/Severity: want text");
  trivy(R"("VulnerabilityID": "CVE-2026-2", )", "",
        "/Results/0/Vulnerabilities/1/VulnerabilityID: missing");
  trivy(R"("Vulnerabilities": [)", R"("Vulnerabilities": {}, "x": [)",
        "/Results/0/Vulnerabilities: want a list");
  trivy(R"("Results": [)", R"("Results": 0, "x": [)", "/Results: want a list");
  trivy(R"("SchemaVersion": 2, )", "", "/SchemaVersion: missing");
  CheckRefused(ParseTrivy, With(kTrivy, R"("SchemaVersion": 2)", R"("SchemaVersion": 3)"),
               ErrorCode::kUnsupported, "/SchemaVersion: only reports of SchemaVersion 2");
  CheckRefused(ParseGrype, With(kGrype, R"("name": "lib", )", ""), ErrorCode::kMalformed,
               "/matches/0/artifact/name: missing");
  CheckRefused(ParseGrype, R"({"matches": 1})", ErrorCode::kMalformed, "/matches: want a list");
  CheckRefused(ParseGrype, "{}", ErrorCode::kMalformed, "/matches: missing");
  CheckRefused(ParseVuln, VulnWith(With(kTrivy, "HIGH", "HIHG")), ErrorCode::kMalformed,
               "/scanner/result/Results/0/Vulnerabilities/0/Severity: want");
  CheckRefused(ParseVuln, kTrivy, ErrorCode::kMalformed,
               "/scanner: missing: this is a scanner's own");
  CheckRefused(ParseVuln, "{}", ErrorCode::kMalformed, "/scanner: missing");
  CheckRefused(ParseVuln, With(VulnWith("{}"), R"("2026-06-01T12:00:00Z")", "7"),
               ErrorCode::kMalformed, "/metadata/scanStartedOn: want text");
}

}  // namespace
}  // namespace hallmark::predicate
