#include "hallmark/predicate/scan_report.h"

#include <string_view>
#include <utility>

#include "hallmark/predicate/internal/node.h"
#include "hallmark/predicate/internal/scan_node.h"
#include "hallmark/predicate/limits.h"

namespace hallmark::predicate {
namespace {

constexpr std::uint64_t kTrivySchema = 2;

Result<Severity> ParseSeverity(const Node& node, std::string_view name) {
  HALLMARK_ASSIGN(const std::string text, node.Text(name));
  if (text.empty()) return Severity::kUnknown;
  const std::optional<Severity> severity = SeverityFromName(text);
  if (!severity) return node.Complain(name, "want a severity such as \"HIGH\"");
  return *severity;
}

Result<Done> Add(const Node& node, ScanFinding finding, ScanReport& report) {
  if (report.findings.size() == kMaxFindings) {
    return node.Complain(ErrorCode::kLimit,
                         "more than " + std::to_string(kMaxFindings) + " findings");
  }
  report.findings.push_back(std::move(finding));
  return Done{};
}

Result<Done> AddTrivyFinding(const Node& node, const std::string& target, ScanReport& report) {
  ScanFinding finding;
  HALLMARK_ASSIGN(finding.id, node.Name("VulnerabilityID"));
  HALLMARK_ASSIGN(finding.package, node.Name("PkgName"));
  HALLMARK_ASSIGN(finding.installed_version, node.Text("InstalledVersion"));
  HALLMARK_ASSIGN(finding.fixed_version, node.Text("FixedVersion"));
  HALLMARK_ASSIGN(finding.severity, ParseSeverity(node, "Severity"));
  HALLMARK_ASSIGN(const std::optional<Node> identifier, node.OptionalObject("PkgIdentifier"));
  if (identifier) {
    HALLMARK_ASSIGN(finding.purl, identifier->Text("PURL"));
  }
  finding.target = target;
  return Add(node, std::move(finding), report);
}

Result<ScanReport> ReadTrivy(const Node& node) {
  HALLMARK_RETURN_IF_ERROR(node.WantObject());
  const json::Value* version = node.Find("SchemaVersion");
  if (version == nullptr) return node.Complain("SchemaVersion", "missing");
  if (version->unsigned_integer() != kTrivySchema) {
    return Node(*version, node, "SchemaVersion")
        .Complain(ErrorCode::kUnsupported, "only reports of SchemaVersion 2 are read");
  }
  ScanReport report{Scanner::kTrivy, {}, {}};
  HALLMARK_ASSIGN(report.artifact, node.Text("ArtifactName"));
  // A report without findings has no Results at all.
  HALLMARK_RETURN_IF_ERROR(
      ForEachItem(node, "Results", kMaxFindings, [&](const Node& result) -> Result<Done> {
        HALLMARK_ASSIGN(const std::string target, result.Text("Target"));
        return ForEachItem(result, "Vulnerabilities", kMaxFindings,
                           [&](const Node& item) { return AddTrivyFinding(item, target, report); });
      }));
  return report;
}

Result<std::string> ParseFix(const Node& node) {
  HALLMARK_ASSIGN(const std::optional<Node> fix, node.OptionalObject("fix"));
  if (!fix) return std::string();
  HALLMARK_ASSIGN(const std::vector<std::string> versions, fix->Texts("versions", kMaxFindings));
  std::string joined;
  for (const std::string& version : versions) joined += (joined.empty() ? "" : ", ") + version;
  return joined;
}

Result<Done> AddGrypeMatch(const Node& node, ScanReport& report) {
  ScanFinding finding;
  HALLMARK_ASSIGN(const Node vulnerability, node.Object("vulnerability"));
  HALLMARK_ASSIGN(finding.id, vulnerability.Name("id"));
  HALLMARK_ASSIGN(finding.severity, ParseSeverity(vulnerability, "severity"));
  HALLMARK_ASSIGN(finding.fixed_version, ParseFix(vulnerability));
  HALLMARK_ASSIGN(const Node artifact, node.Object("artifact"));
  HALLMARK_ASSIGN(finding.package, artifact.Name("name"));
  HALLMARK_ASSIGN(finding.installed_version, artifact.Text("version"));
  HALLMARK_ASSIGN(finding.purl, artifact.Text("purl"));
  return Add(node, std::move(finding), report);
}

// source.target is the reference of an image in an object, or plain text.
Result<std::string> ParseGrypeSource(const Node& node) {
  HALLMARK_ASSIGN(const std::optional<Node> source, node.OptionalObject("source"));
  if (!source) return std::string();
  const json::Value* target = source->Find("target");
  if (target == nullptr) return std::string();
  if (target->string() != nullptr) return *target->string();
  return Node(*target, *source, "target").Text("userInput");
}

Result<ScanReport> ReadGrype(const Node& node) {
  HALLMARK_RETURN_IF_ERROR(node.WantObject());
  if (node.Find("matches") == nullptr) return node.Complain("matches", "missing");
  ScanReport report{Scanner::kGrype, {}, {}};
  HALLMARK_ASSIGN(report.artifact, ParseGrypeSource(node));
  HALLMARK_RETURN_IF_ERROR(ForEachItem(node, "matches", kMaxFindings, [&](const Node& item) {
    return AddGrypeMatch(item, report);
  }));
  return report;
}

}  // namespace

std::optional<Scanner> ScannerOf(const json::Value& document) {
  if (document.Find("SchemaVersion") != nullptr) return Scanner::kTrivy;
  const json::Value* matches = document.Find("matches");
  if (matches != nullptr && matches->array() != nullptr) return Scanner::kGrype;
  return std::nullopt;
}

Result<ScanReport> ParseTrivy(const json::Value& report) { return ReadTrivy(Node(report)); }
Result<ScanReport> ParseGrype(const json::Value& report) { return ReadGrype(Node(report)); }

Result<std::optional<ScanReport>> ParseReport(const Node& node) {
  const std::optional<Scanner> scanner = ScannerOf(node.value());
  if (!scanner) return std::optional<ScanReport>();
  HALLMARK_ASSIGN(ScanReport report,
                  *scanner == Scanner::kTrivy ? ReadTrivy(node) : ReadGrype(node));
  return std::optional<ScanReport>(std::move(report));
}

}  // namespace hallmark::predicate
