#ifndef HALLMARK_PREDICATE_VULN_H_
#define HALLMARK_PREDICATE_VULN_H_

#include <optional>
#include <string>

#include "hallmark/base/result.h"
#include "hallmark/base/time.h"
#include "hallmark/encoding/json.h"
#include "hallmark/predicate/scan_report.h"

// cosign's vulnerability scan record (sigstore/cosign specs/COSIGN_VULN_ATTESTATION_SPEC.md): when
// an image was scanned, by what, and what was found. Texts that are absent are empty.
namespace hallmark::predicate {

struct Vuln {
  std::string scanner_uri;
  std::string scanner_version;
  std::string database_uri;
  std::string database_version;
  std::optional<UnixTime> database_updated;
  std::string invocation_uri;
  std::string invocation_id;
  std::string builder_id;
  std::optional<UnixTime> started;
  std::optional<UnixTime> finished;
  // Absent when the result is no report of Trivy or Grype: then nobody knows what was found, which
  // is not the same as nothing.
  std::optional<ScanReport> report;
};

// kMalformed, with line, column and JSON pointer: no scanner, a known member of another kind, a
// time that is none, and what scan_report.h says of its result. Deviation: the specification's own
// text says "scanners", a list; cosign and Trivy write "scanner", and only that is read.
Result<Vuln> ParseVuln(const json::Value& predicate);

}  // namespace hallmark::predicate

#endif  // HALLMARK_PREDICATE_VULN_H_
