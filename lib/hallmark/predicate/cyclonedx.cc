#include "hallmark/predicate/cyclonedx.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/predicate/internal/node.h"
#include "hallmark/predicate/limits.h"

namespace hallmark::predicate {
namespace {

constexpr std::size_t kMaxVersionShown = 40;

using Licence = CycloneDxLicence;
using Component = CycloneDxComponent;

Result<Licence> ParseLicence(const Node& node) {
  HALLMARK_ASSIGN(std::string expression, node.Text("expression"));
  HALLMARK_ASSIGN(const std::optional<Node> licence, node.OptionalObject("license"));
  if (expression.empty() == !licence) {
    return node.Complain(ErrorCode::kMalformed, "want exactly one of license and expression");
  }
  if (!licence) return Licence{Licence::Kind::kExpression, std::move(expression)};
  HALLMARK_ASSIGN(std::string id, licence->Text("id"));
  HALLMARK_ASSIGN(std::string name, licence->Text("name"));
  if (id.empty() == name.empty()) {
    return licence->Complain(ErrorCode::kMalformed, "want exactly one of id and name");
  }
  if (!id.empty()) return Licence{Licence::Kind::kId, std::move(id)};
  return Licence{Licence::Kind::kName, std::move(name)};
}

Result<Done> AddHash(const Node& node, Component& component) {
  HALLMARK_ASSIGN(const std::string algorithm, node.Name("alg"));
  HALLMARK_ASSIGN(std::string content, node.Name("content"));
  const auto [entry, added] = component.hashes.emplace(algorithm, std::move(content));
  if (!added) return node.Complain("alg", "appears twice");
  return Done{};
}

Result<Component> ParseComponent(const Node& node) {
  Component component{};
  HALLMARK_ASSIGN(component.type, node.Name("type"));
  HALLMARK_ASSIGN(component.name, node.Name("name"));
  HALLMARK_ASSIGN(component.bom_ref, node.Text("bom-ref"));
  HALLMARK_ASSIGN(component.group, node.Text("group"));
  HALLMARK_ASSIGN(component.version, node.Text("version"));
  HALLMARK_ASSIGN(component.purl, node.Text("purl"));
  HALLMARK_ASSIGN(component.cpe, node.Text("cpe"));
  HALLMARK_ASSIGN(const std::optional<Node> supplier, node.OptionalObject("supplier"));
  if (supplier) {
    HALLMARK_ASSIGN(component.supplier, supplier->Text("name"));
  }
  HALLMARK_ASSIGN(component.licences, ListOf<Licence>(node, "licenses", kMaxItems, ParseLicence));
  HALLMARK_RETURN_IF_ERROR(ForEachItem(node, "hashes", kMaxDigests,
                                       [&](const Node& item) { return AddHash(item, component); }));
  return component;
}

// Adds the components of a node and those nested in them. The depth of the document bounds the
// recursion.
Result<Done> AddComponents(const Node& node, std::optional<std::size_t> parent,
                           std::vector<Component>& all) {
  return ForEachItem(node, "components", kMaxItems, [&](const Node& item) -> Result<Done> {
    if (all.size() == kMaxItems) return item.Complain(ErrorCode::kLimit, "too many components");
    HALLMARK_ASSIGN(Component component, ParseComponent(item));
    component.parent = parent;
    all.push_back(std::move(component));
    return AddComponents(item, all.size() - 1, all);
  });
}

Result<CycloneDxDependency> ParseDependency(const Node& node) {
  CycloneDxDependency dependency;
  HALLMARK_ASSIGN(dependency.ref, node.Name("ref"));
  HALLMARK_ASSIGN(dependency.depends_on, node.Texts("dependsOn", kMaxItems));
  return dependency;
}

Result<Severity> ParseRating(const Node& node) {
  HALLMARK_ASSIGN(const std::string text, node.Text("severity"));
  if (text.empty()) return Severity::kUnknown;
  const std::optional<Severity> severity = SeverityFromName(text);
  if (!severity) return node.Complain("severity", "want a severity such as \"high\"");
  return *severity;
}

Result<std::string> ParseAffected(const Node& node) { return node.Name("ref"); }

Result<CycloneDxVulnerability> ParseVulnerability(const Node& node) {
  CycloneDxVulnerability vulnerability;
  HALLMARK_ASSIGN(vulnerability.id, node.Name("id"));
  HALLMARK_ASSIGN(const std::optional<Node> source, node.OptionalObject("source"));
  if (source) {
    HALLMARK_ASSIGN(vulnerability.source, source->Text("name"));
  }
  HALLMARK_ASSIGN(const std::vector<Severity> ratings,
                  ListOf<Severity>(node, "ratings", kMaxFindings, ParseRating));
  for (const Severity rating : ratings) {
    vulnerability.severity = std::max(vulnerability.severity, rating);
  }
  HALLMARK_ASSIGN(vulnerability.affects,
                  ListOf<std::string>(node, "affects", kMaxItems, ParseAffected));
  HALLMARK_ASSIGN(const std::optional<Node> analysis, node.OptionalObject("analysis"));
  if (!analysis) return vulnerability;
  HALLMARK_ASSIGN(vulnerability.analysis.state, analysis->Text("state"));
  HALLMARK_ASSIGN(vulnerability.analysis.justification, analysis->Text("justification"));
  return vulnerability;
}

Result<Done> ParseMetadata(const Node& node, CycloneDx& document) {
  HALLMARK_ASSIGN(const std::optional<Node> metadata, node.OptionalObject("metadata"));
  if (!metadata) return Done{};
  HALLMARK_ASSIGN(document.timestamp, metadata->Time("timestamp"));
  HALLMARK_ASSIGN(const std::optional<Node> subject, metadata->OptionalObject("component"));
  if (!subject) return Done{};
  HALLMARK_ASSIGN(Component component, ParseComponent(*subject));
  document.subject = std::move(component);
  return AddComponents(*subject, std::nullopt, document.components);
}

Result<std::string> ParseVersion(const Node& node) {
  HALLMARK_ASSIGN(const std::string format, node.Name("bomFormat"));
  if (format != "CycloneDX") return node.Complain("bomFormat", "want \"CycloneDX\"");
  HALLMARK_ASSIGN(std::string version, node.Name("specVersion"));
  if (version == "1.4" || version == "1.5" || version == "1.6") return version;
  return Node(*node.Find("specVersion"), node, "specVersion")
      .Complain(ErrorCode::kUnsupported,
                Printable(version, kMaxVersionShown) + ": only 1.4, 1.5 and 1.6 are read");
}

}  // namespace

Result<CycloneDx> ParseCycloneDx(const json::Value& predicate) {
  const Node node(predicate);
  CycloneDx document;
  HALLMARK_ASSIGN(document.spec_version, ParseVersion(node));
  HALLMARK_ASSIGN(document.serial_number, node.Text("serialNumber"));
  HALLMARK_RETURN_IF_ERROR(ParseMetadata(node, document));
  HALLMARK_RETURN_IF_ERROR(AddComponents(node, std::nullopt, document.components));
  HALLMARK_ASSIGN(document.dependencies,
                  ListOf<CycloneDxDependency>(node, "dependencies", kMaxItems, ParseDependency));
  HALLMARK_ASSIGN(
      document.vulnerabilities,
      ListOf<CycloneDxVulnerability>(node, "vulnerabilities", kMaxFindings, ParseVulnerability));
  return document;
}

}  // namespace hallmark::predicate
