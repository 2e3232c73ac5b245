#include "hallmark/predicate/severity.h"

#include <array>
#include <string>
#include <utility>

namespace hallmark::predicate {
namespace {

constexpr std::array<std::pair<std::string_view, Severity>, 7> kNames{{
    {"unknown", Severity::kUnknown},
    {"none", Severity::kNone},
    {"negligible", Severity::kNegligible},
    {"low", Severity::kLow},
    {"medium", Severity::kMedium},
    {"high", Severity::kHigh},
    {"critical", Severity::kCritical},
}};

}  // namespace

std::string_view ToName(Severity severity) {
  for (const auto& [name, value] : kNames) {
    if (value == severity) return name;
  }
  return "unknown";
}

std::optional<Severity> SeverityFromName(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (lower == "info") return Severity::kNegligible;
  for (const auto& [known, value] : kNames) {
    if (lower == known) return value;
  }
  return std::nullopt;
}

}  // namespace hallmark::predicate
