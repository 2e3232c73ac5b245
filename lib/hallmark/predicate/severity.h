#ifndef HALLMARK_PREDICATE_SEVERITY_H_
#define HALLMARK_PREDICATE_SEVERITY_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace hallmark::predicate {

// How bad somebody thinks a vulnerability is, the less bad first; what nobody rated comes before
// all, so that a rule has to say what it makes of it.
enum class Severity : std::uint8_t {
  kUnknown = 1,
  kNone,
  kNegligible,
  kLow,
  kMedium,
  kHigh,
  kCritical
};

// "unknown", "none", "negligible", "low", "medium", "high", "critical".
std::string_view ToName(Severity severity);

// The words of Trivy ("HIGH"), Grype ("High") and CycloneDX ("high", "info"), in whatever case;
// nullopt for any other.
std::optional<Severity> SeverityFromName(std::string_view name);

}  // namespace hallmark::predicate

#endif  // HALLMARK_PREDICATE_SEVERITY_H_
