#ifndef HALLMARK_PREDICATE_PREDICATE_H_
#define HALLMARK_PREDICATE_PREDICATE_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "hallmark/base/result.h"
#include "hallmark/encoding/json.h"
#include "hallmark/predicate/cyclonedx.h"
#include "hallmark/predicate/openvex.h"
#include "hallmark/predicate/scan_report.h"
#include "hallmark/predicate/slsa.h"
#include "hallmark/predicate/spdx.h"
#include "hallmark/predicate/vuln.h"

// What attestations say, as values that rules can ask about. Everything here is the signer's word:
// whoever reads a predicate has proved before who signed it, and for which image.
namespace hallmark::predicate {

// The predicates that are read, whatever URI names their version.
enum class Kind : std::uint8_t { kSlsa02 = 1, kSlsa1, kSpdx, kCycloneDx, kVuln, kOpenVex };

// The kind of an in-toto predicateType: https://slsa.dev/provenance/v0.2 and /v1,
// https://spdx.dev/Document and https://cyclonedx.org/bom (also with "/v2.3" or "/v1.5" behind),
// https://cosign.sigstore.dev/attestation/vuln/v1 (also without "https://", as cosign once wrote
// it), https://openvex.dev/ns (also with "/v0.2.0" behind). nullopt for any other.
std::optional<Kind> KindOf(std::string_view predicate_type);

// A predicate of a type that is none of the above: nothing of it was looked at, unless it is the
// report of a scanner that is known.
struct Other {
  std::optional<ScanReport> report;
};

using Predicate = std::variant<Slsa, Spdx, CycloneDx, Vuln, OpenVex, Other>;

// Fails as the parser of the kind does. A type that is none of the kinds never fails.
Result<Predicate> ParsePredicate(std::string_view predicate_type, const json::Value& predicate);

}  // namespace hallmark::predicate

#endif  // HALLMARK_PREDICATE_PREDICATE_H_
