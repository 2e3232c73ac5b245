#ifndef HALLMARK_PREDICATE_CYCLONEDX_H_
#define HALLMARK_PREDICATE_CYCLONEDX_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/base/time.h"
#include "hallmark/encoding/json.h"
#include "hallmark/predicate/severity.h"

// CycloneDX documents 1.4, 1.5 and 1.6 in JSON (cyclonedx.org/docs): what is in an image, under
// which licences, and sometimes what is known to be wrong with it. Texts that are absent are empty.
namespace hallmark::predicate {

// One licence of a component: an SPDX identifier, a name that is none, or an SPDX expression.
struct CycloneDxLicence {
  enum class Kind : std::uint8_t { kId = 1, kName, kExpression };
  Kind kind;
  std::string text;  // never empty
};

struct CycloneDxComponent {
  std::string type;  // "library", "operating-system", ...; never empty
  std::string name;  // never empty
  std::string bom_ref;
  std::string group;
  std::string version;
  std::string purl;
  std::string cpe;
  std::string supplier;
  std::vector<CycloneDxLicence> licences;
  std::map<std::string, std::string> hashes;  // "SHA-256" to hexadecimal
  // Index of the component that this one is nested in.
  std::optional<std::size_t> parent;
};

// What the author makes of a vulnerability, as in a VEX document.
struct CycloneDxAnalysis {
  std::string state;  // "exploitable", "not_affected", "resolved", ...
  std::string justification;
};

struct CycloneDxVulnerability {
  std::string id;  // never empty
  std::string source;
  Severity severity = Severity::kUnknown;  // the worst of its ratings
  std::vector<std::string> affects;        // bom-refs
  CycloneDxAnalysis analysis;
};

struct CycloneDxDependency {
  std::string ref;
  std::vector<std::string> depends_on;
};

struct CycloneDx {
  std::string spec_version;  // "1.4", "1.5", "1.6"
  std::string serial_number;
  std::optional<UnixTime> timestamp;
  std::optional<CycloneDxComponent> subject;   // metadata.component: what all the rest is about
  std::vector<CycloneDxComponent> components;  // those nested in others too, each after its parent
  std::vector<CycloneDxDependency> dependencies;
  std::vector<CycloneDxVulnerability> vulnerabilities;
};

// kMalformed, with line, column and JSON pointer: no bomFormat, a known member of another kind, a
// component without type or name, a licence that is not exactly one of the three, a severity that
// is none. kUnsupported: another specVersion. kLimit: see limits.h.
Result<CycloneDx> ParseCycloneDx(const json::Value& predicate);

}  // namespace hallmark::predicate

#endif  // HALLMARK_PREDICATE_CYCLONEDX_H_
