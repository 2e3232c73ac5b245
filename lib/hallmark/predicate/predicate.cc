#include "hallmark/predicate/predicate.h"

#include <utility>

namespace hallmark::predicate {
namespace {

// Whether `type` is `base`, or `base` with a version such as "/v2.3" behind.
bool IsVersionOf(std::string_view type, std::string_view base) {
  if (!type.starts_with(base)) return false;
  type.remove_prefix(base.size());
  if (type.empty()) return true;
  if (!type.starts_with("/v") || type.size() == 2) return false;
  return type.substr(2).find_first_not_of("0123456789.") == std::string_view::npos;
}

template <class T>
Result<Predicate> AsPredicate(Result<T> parsed) {
  if (!parsed.ok()) return std::move(parsed).error();
  return Predicate(std::move(parsed).value());
}

Other ParseOther(const json::Value& predicate) {
  const std::optional<Scanner> scanner = ScannerOf(predicate);
  if (!scanner) return {};
  Result<ScanReport> report =
      *scanner == Scanner::kTrivy ? ParseTrivy(predicate) : ParseGrype(predicate);
  if (!report.ok()) return {};
  return {std::move(report).value()};
}

}  // namespace

std::optional<Kind> KindOf(std::string_view predicate_type) {
  if (predicate_type == "https://slsa.dev/provenance/v0.2") return Kind::kSlsa02;
  if (predicate_type == "https://slsa.dev/provenance/v1") return Kind::kSlsa1;
  if (IsVersionOf(predicate_type, "https://spdx.dev/Document")) return Kind::kSpdx;
  if (IsVersionOf(predicate_type, "https://cyclonedx.org/bom")) return Kind::kCycloneDx;
  if (predicate_type == "https://cosign.sigstore.dev/attestation/vuln/v1" ||
      predicate_type == "cosign.sigstore.dev/attestation/vuln/v1") {
    return Kind::kVuln;
  }
  if (IsVersionOf(predicate_type, "https://openvex.dev/ns")) return Kind::kOpenVex;
  return std::nullopt;
}

Result<Predicate> ParsePredicate(std::string_view predicate_type, const json::Value& predicate) {
  const std::optional<Kind> kind = KindOf(predicate_type);
  if (!kind) return Predicate(ParseOther(predicate));
  switch (*kind) {
    case Kind::kSlsa02:
      return AsPredicate(ParseSlsa(predicate, SlsaVersion::kV02));
    case Kind::kSlsa1:
      return AsPredicate(ParseSlsa(predicate, SlsaVersion::kV1));
    case Kind::kSpdx:
      return AsPredicate(ParseSpdx(predicate));
    case Kind::kCycloneDx:
      return AsPredicate(ParseCycloneDx(predicate));
    case Kind::kVuln:
      return AsPredicate(ParseVuln(predicate));
    case Kind::kOpenVex:
      return AsPredicate(ParseOpenVex(predicate));
    default:
      return Error(ErrorCode::kInternal, "a kind of predicate that nobody reads");
  }
}

}  // namespace hallmark::predicate
