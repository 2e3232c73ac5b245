#include <variant>

#include "hallmark/base/check.h"
#include "hallmark/predicate/limits.h"
#include "hallmark/predicate/predicate.h"

namespace {

using namespace hallmark;
using namespace hallmark::predicate;

// What a rule may rely on without looking again.
struct Promises {
  void operator()(const Slsa& slsa) const {
    HALLMARK_CHECK(!slsa.builder_id.empty() && !slsa.build_type.empty());
    for (const Source& source : slsa.sources) HALLMARK_CHECK(!source.repository.empty());
  }
  void operator()(const Spdx& spdx) const {
    for (const SpdxPackage& package : spdx.packages) {
      HALLMARK_CHECK(!package.id.empty() && !package.name.empty());
      for (const auto& name : LicencesIn(package.declared.expression)) {
        HALLMARK_CHECK(!name.empty());
      }
    }
  }
  void operator()(const CycloneDx& document) const {
    for (std::size_t i = 0; i < document.components.size(); ++i) {
      const CycloneDxComponent& component = document.components[i];
      HALLMARK_CHECK(!component.type.empty() && !component.name.empty());
      HALLMARK_CHECK(!component.parent || *component.parent < i);
      for (const auto& licence : component.licences) HALLMARK_CHECK(!licence.text.empty());
    }
  }
  void operator()(const Vuln& vuln) const {
    if (vuln.report) (*this)(*vuln.report);
  }
  void operator()(const OpenVex& document) const {
    for (const VexStatement& statement : document.statements) {
      HALLMARK_CHECK(!statement.vulnerability.empty());
      HALLMARK_CHECK(statement.status != VexStatus::kNotAffected || statement.justification ||
                     !statement.impact.empty());
    }
  }
  void operator()(const Other& other) const {
    if (other.report) (*this)(*other.report);
  }
  void operator()(const ScanReport& report) const {
    for (const ScanFinding& finding : report.findings) {
      HALLMARK_CHECK(!finding.id.empty() && !finding.package.empty());
    }
  }
};

}  // namespace

// However a document is put together, each kind is read whole or refused with a message.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document = json::Parse({data, size}, kJsonLimits);
  if (!document.ok()) return 0;
  for (const std::string_view type :
       {"https://slsa.dev/provenance/v0.2", "https://slsa.dev/provenance/v1",
        "https://spdx.dev/Document", "https://cyclonedx.org/bom",
        "https://cosign.sigstore.dev/attestation/vuln/v1", "https://openvex.dev/ns",
        "https://example.com/other"}) {
    const auto parsed = ParsePredicate(type, document.value());
    if (parsed.ok()) {
      std::visit(Promises(), parsed.value());
    } else {
      HALLMARK_CHECK(!parsed.error().message().empty());
    }
  }
  return 0;
}
