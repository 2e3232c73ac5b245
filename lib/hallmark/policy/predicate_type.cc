#include "hallmark/policy/predicate_type.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "hallmark/base/printable.h"
#include "hallmark/policy/internal/nearest_name.h"

namespace hallmark::policy {
namespace {

struct ShortName {
  std::string_view name;
  std::string_view uri;
};

constexpr std::array<ShortName, 10> kShortNames{{
    {"slsaprovenance", "https://slsa.dev/provenance/v0.2"},
    {"slsaprovenance02", "https://slsa.dev/provenance/v0.2"},
    {"slsaprovenance1", "https://slsa.dev/provenance/v1"},
    {"spdx", "https://spdx.dev/Document"},
    {"spdxjson", "https://spdx.dev/Document"},
    {"cyclonedx", "https://cyclonedx.org/bom"},
    {"vuln", "https://cosign.sigstore.dev/attestation/vuln/v1"},
    {"openvex", "https://openvex.dev/ns"},
    {"custom", "https://cosign.sigstore.dev/attestation/v1"},
    {"link", "https://in-toto.io/Link/v1"},
}};

constexpr std::size_t kMaxUriBytes = 512;

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsSchemeCharacter(char c) {
  return IsLetter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

// RFC 3986 section 4.3: scheme ":" and something after it, in printable ASCII.
bool IsAbsoluteUri(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) return false;
  const std::string_view scheme = text.substr(0, colon);
  return text.size() <= kMaxUriBytes && IsLetter(scheme.front()) &&
         std::all_of(scheme.begin(), scheme.end(), IsSchemeCharacter) &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

std::vector<std::string_view> PredicateTypeNames() {
  std::vector<std::string_view> names;
  names.reserve(std::size(kShortNames));
  for (const ShortName& known : kShortNames) names.push_back(known.name);
  return names;
}

Result<std::string> PredicateTypeFromName(std::string_view name) {
  for (const ShortName& known : kShortNames) {
    if (name == known.name) return std::string(known.uri);
  }
  if (IsAbsoluteUri(name)) return std::string(name);
  return Error(ErrorCode::kConfig, "\"" + Printable(name) +
                                       "\" is neither a known attestation type nor a URI" +
                                       DidYouMean(name, PredicateTypeNames()));
}

}  // namespace hallmark::policy
