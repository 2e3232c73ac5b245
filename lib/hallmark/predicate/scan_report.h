#ifndef HALLMARK_PREDICATE_SCAN_REPORT_H_
#define HALLMARK_PREDICATE_SCAN_REPORT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/encoding/json.h"
#include "hallmark/predicate/severity.h"

// What a scanner found, as Trivy (report of SchemaVersion 2) and Grype write it with their JSON
// output. Texts that are absent are empty.
namespace hallmark::predicate {

enum class Scanner : std::uint8_t { kTrivy = 1, kGrype };

struct ScanFinding {
  std::string id;       // "CVE-2021-28831", never empty
  std::string package;  // its name, never empty
  std::string purl;
  std::string installed_version;
  std::string fixed_version;  // empty: none is known; several as the scanner joins them
  std::string target;         // what of the image it was found in, as Trivy says it
  Severity severity = Severity::kUnknown;
};

struct ScanReport {
  Scanner scanner;
  std::string artifact;  // what was scanned, in the scanner's words
  std::vector<ScanFinding> findings;
};

// kMalformed, with line, column and JSON pointer: a known member of another kind, a finding without
// id or package, a severity that is none. kUnsupported: another SchemaVersion. kLimit: limits.h.
Result<ScanReport> ParseTrivy(const json::Value& report);
Result<ScanReport> ParseGrype(const json::Value& report);

// Which scanner a document seems to be by: Trivy's have a SchemaVersion, Grype's a list of matches.
std::optional<Scanner> ScannerOf(const json::Value& document);

}  // namespace hallmark::predicate

#endif  // HALLMARK_PREDICATE_SCAN_REPORT_H_
