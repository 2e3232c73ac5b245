#ifndef HALLMARK_PREDICATE_OPENVEX_H_
#define HALLMARK_PREDICATE_OPENVEX_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/base/time.h"
#include "hallmark/encoding/json.h"

// OpenVEX documents v0.2.0 (openvex/spec OPENVEX-SPEC.md v0.0.2), and those before, where products
// and vulnerabilities are plain text: whose word it is that a vulnerability does or does not
// matter. Texts that are absent are empty.
namespace hallmark::predicate {

enum class VexStatus : std::uint8_t { kNotAffected = 1, kAffected, kFixed, kUnderInvestigation };
std::string_view ToName(VexStatus status);  // "not_affected", ...

enum class VexJustification : std::uint8_t {
  kComponentNotPresent = 1,
  kVulnerableCodeNotPresent,
  kVulnerableCodeNotInExecutePath,
  kVulnerableCodeCannotBeControlledByAdversary,
  kInlineMitigationsAlreadyExist,
};
std::string_view ToName(VexJustification justification);  // "component_not_present", ...

struct VexComponent {
  std::string id;                                  // "@id", often a package URL
  std::map<std::string, std::string> identifiers;  // "purl", "cpe23", ...
  std::map<std::string, std::string> hashes;       // "sha-256", ...
};

struct VexProduct {
  VexComponent component;
  std::vector<VexComponent> subcomponents;  // empty: the statement is about all of the product
};

struct VexStatement {
  std::string vulnerability;  // its name, never empty
  std::vector<std::string> aliases;
  std::vector<VexProduct> products;  // empty: the subject of the attestation
  VexStatus status;
  std::optional<VexJustification> justification;
  std::string impact;
  std::string action;
  std::optional<UnixTime> timestamp;  // its own, or the document's
  std::optional<UnixTime> last_updated;
};

struct OpenVex {
  std::string id;
  std::string author;  // never empty
  std::optional<UnixTime> timestamp;
  std::optional<UnixTime> last_updated;
  // In the order of the document. The later word about a vulnerability and a product counts: by
  // timestamp, and by this order where those are equal.
  std::vector<VexStatement> statements;
};

// kMalformed, with line, column and JSON pointer: another @context, no author, a known member of
// another kind, a statement without vulnerability or status, a status or justification that is no
// label of OpenVEX, "not_affected" without justification and impact statement, a product that
// cannot be told from another. kLimit: see limits.h.
Result<OpenVex> ParseOpenVex(const json::Value& predicate);

}  // namespace hallmark::predicate

#endif  // HALLMARK_PREDICATE_OPENVEX_H_
