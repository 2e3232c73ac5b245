#include "hallmark/predicate/predicate.h"

#include "tests/unit/predicate/parse.h"

namespace hallmark::predicate {
namespace {

TEST_CASE("a type URI names its kind, with the versions that tools put behind") {
  CHECK(KindOf("https://slsa.dev/provenance/v0.2") == Kind::kSlsa02);
  CHECK(KindOf("https://slsa.dev/provenance/v1") == Kind::kSlsa1);
  CHECK(KindOf("https://spdx.dev/Document") == Kind::kSpdx);
  CHECK(KindOf("https://spdx.dev/Document/v2.3") == Kind::kSpdx);
  CHECK(KindOf("https://cyclonedx.org/bom") == Kind::kCycloneDx);
  CHECK(KindOf("https://cyclonedx.org/bom/v1.4") == Kind::kCycloneDx);
  CHECK(KindOf("https://cosign.sigstore.dev/attestation/vuln/v1") == Kind::kVuln);
  CHECK(KindOf("cosign.sigstore.dev/attestation/vuln/v1") == Kind::kVuln);
  CHECK(KindOf("https://openvex.dev/ns") == Kind::kOpenVex);
  CHECK(KindOf("https://openvex.dev/ns/v0.2.0") == Kind::kOpenVex);
}

TEST_CASE("any other type has no kind") {
  for (const char* type :
       {"", "https://slsa.dev/provenance/v0.1", "https://slsa.dev/provenance/v1.1",
        "https://spdx.dev/Documents", "https://spdx.dev/Document/", "https://spdx.dev/Document/v",
        "https://spdx.dev/Document/v2x", "HTTPS://spdx.dev/Document", "https://cyclonedx.org/bom2",
        "https://cosign.sigstore.dev/attestation/v1", "https://in-toto.io/Link/v1",
        "https://sigstore.dev/cosign/sign/v1"}) {
    INFO(type);
    CHECK_FALSE(KindOf(type));
  }
}

TEST_CASE("a predicate is read as the kind of its type, and refused where it is another") {
  const json::Value openvex =
      Json(R"({"@context": "https://openvex.dev/ns", "author": "a", "statements": []})");
  CHECK(std::holds_alternative<OpenVex>(ParsePredicate("https://openvex.dev/ns", openvex).value()));
  for (const char* type : {"https://slsa.dev/provenance/v0.2", "https://slsa.dev/provenance/v1",
                           "https://spdx.dev/Document", "https://cyclonedx.org/bom",
                           "https://cosign.sigstore.dev/attestation/vuln/v1"}) {
    INFO(type);
    CHECK_FALSE(ParsePredicate(type, openvex).ok());
    CHECK_FALSE(ParsePredicate(type, Json("{}")).ok());
    CHECK_FALSE(ParsePredicate(type, Json("[]")).ok());
    CHECK_FALSE(ParsePredicate(type, Json("null")).ok());
  }
}

TEST_CASE("a predicate of another type is not looked at, unless a scanner wrote it") {
  const auto other = [](std::string_view text) {
    return std::get<Other>(ParsePredicate("https://example.com/x", Json(text)).value());
  };
  CHECK_FALSE(other("{}").report);
  CHECK_FALSE(other("7").report);
  CHECK_FALSE(other(R"({"SchemaVersion": 2, "Results": 1})").report);
  CHECK(other(R"({"SchemaVersion": 2, "Results": []})").report->scanner == Scanner::kTrivy);
  CHECK(other(R"({"matches": []})").report->scanner == Scanner::kGrype);
}

}  // namespace
}  // namespace hallmark::predicate
