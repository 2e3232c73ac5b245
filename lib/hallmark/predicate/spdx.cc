#include "hallmark/predicate/spdx.h"

#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/predicate/internal/node.h"
#include "hallmark/predicate/limits.h"

namespace hallmark::predicate {
namespace {

constexpr std::size_t kMaxVersionShown = 40;

Result<SpdxLicence> ParseLicence(const Node& node, std::string_view name) {
  HALLMARK_ASSIGN(std::string text, node.Text(name));
  if (text.empty() || text == "NOASSERTION") return SpdxLicence{};
  if (text == "NONE") return SpdxLicence{SpdxLicence::Kind::kNone, {}};
  return SpdxLicence{SpdxLicence::Kind::kExpression, std::move(text)};
}

Result<Done> AddChecksum(const Node& node, SpdxPackage& package) {
  HALLMARK_ASSIGN(const std::string algorithm, node.Name("algorithm"));
  HALLMARK_ASSIGN(std::string value, node.Name("checksumValue"));
  const auto [entry, added] = package.checksums.emplace(algorithm, std::move(value));
  if (!added) return node.Complain("algorithm", "appears twice");
  return Done{};
}

Result<Done> AddReference(const Node& node, SpdxPackage& package) {
  HALLMARK_ASSIGN(const std::string type, node.Name("referenceType"));
  HALLMARK_ASSIGN(std::string locator, node.Name("referenceLocator"));
  if (type == "purl") {
    package.purls.push_back(std::move(locator));
  } else if (type == "cpe22Type" || type == "cpe23Type") {
    package.cpes.push_back(std::move(locator));
  }
  return Done{};
}

Result<SpdxPackage> ParsePackage(const Node& node) {
  SpdxPackage package;
  HALLMARK_ASSIGN(package.id, node.Name("SPDXID"));
  HALLMARK_ASSIGN(package.name, node.Name("name"));
  HALLMARK_ASSIGN(package.version, node.Text("versionInfo"));
  HALLMARK_ASSIGN(package.supplier, node.Text("supplier"));
  HALLMARK_ASSIGN(package.download_location, node.Text("downloadLocation"));
  HALLMARK_ASSIGN(package.purpose, node.Text("primaryPackagePurpose"));
  HALLMARK_ASSIGN(package.declared, ParseLicence(node, "licenseDeclared"));
  HALLMARK_ASSIGN(package.concluded, ParseLicence(node, "licenseConcluded"));
  HALLMARK_RETURN_IF_ERROR(ForEachItem(node, "checksums", kMaxDigests, [&](const Node& item) {
    return AddChecksum(item, package);
  }));
  HALLMARK_RETURN_IF_ERROR(ForEachItem(node, "externalRefs", kMaxItems, [&](const Node& item) {
    return AddReference(item, package);
  }));
  return package;
}

Result<SpdxRelationship> ParseRelationship(const Node& node) {
  SpdxRelationship relationship;
  HALLMARK_ASSIGN(relationship.from, node.Name("spdxElementId"));
  HALLMARK_ASSIGN(relationship.type, node.Name("relationshipType"));
  HALLMARK_ASSIGN(relationship.to, node.Name("relatedSpdxElement"));
  return relationship;
}

Result<Done> AddOwnLicence(const Node& node, Spdx& spdx) {
  HALLMARK_ASSIGN(const std::string id, node.Name("licenseId"));
  HALLMARK_ASSIGN(std::string name, node.Text("name"));
  if (spdx.own_licences.contains(id)) return node.Complain("licenseId", "appears twice");
  spdx.own_licences.emplace(id, std::move(name));
  return Done{};
}

Result<std::string> ParseVersion(const Node& node) {
  if (node.Find("spdxVersion") == nullptr &&
      (node.Find("@graph") != nullptr || node.Find("@context") != nullptr)) {
    return node.Complain(ErrorCode::kUnsupported, "SPDX 3: only SPDX-2.2 and SPDX-2.3 are read");
  }
  HALLMARK_ASSIGN(std::string version, node.Name("spdxVersion"));
  if (version == "SPDX-2.2" || version == "SPDX-2.3") return version;
  return Node(*node.Find("spdxVersion"), node, "spdxVersion")
      .Complain(ErrorCode::kUnsupported,
                Printable(version, kMaxVersionShown) + ": only SPDX-2.2 and SPDX-2.3 are read");
}

Result<Done> ParseCreation(const Node& node, Spdx& spdx) {
  HALLMARK_ASSIGN(const std::optional<Node> creation, node.OptionalObject("creationInfo"));
  if (!creation) return Done{};
  HALLMARK_ASSIGN(spdx.creators, creation->Texts("creators", kMaxItems));
  HALLMARK_ASSIGN(spdx.created, creation->Time("created"));
  return Done{};
}

Result<Spdx> ParseDocument(const Node& node) {
  Spdx spdx;
  HALLMARK_RETURN_IF_ERROR(node.WantObject());
  HALLMARK_ASSIGN(spdx.version, ParseVersion(node));
  HALLMARK_ASSIGN(spdx.name, node.Text("name"));
  HALLMARK_ASSIGN(spdx.document_namespace, node.Text("documentNamespace"));
  HALLMARK_RETURN_IF_ERROR(ParseCreation(node, spdx));
  HALLMARK_ASSIGN(spdx.packages, ListOf<SpdxPackage>(node, "packages", kMaxItems, ParsePackage));
  HALLMARK_ASSIGN(spdx.relationships,
                  ListOf<SpdxRelationship>(node, "relationships", kMaxItems, ParseRelationship));
  HALLMARK_RETURN_IF_ERROR(
      ForEachItem(node, "hasExtractedLicensingInfos", kMaxItems,
                  [&](const Node& item) { return AddOwnLicence(item, spdx); }));
  HALLMARK_ASSIGN(const std::vector<json::Value>* files, node.Items("files", kMaxItems));
  spdx.files = files == nullptr ? 0 : files->size();
  HALLMARK_ASSIGN(spdx.describes, node.Texts("documentDescribes", kMaxItems));
  for (const SpdxRelationship& relationship : spdx.relationships) {
    if (relationship.type == "DESCRIBES") spdx.describes.push_back(relationship.to);
  }
  return spdx;
}

}  // namespace

Result<Spdx> ParseSpdx(const json::Value& predicate) {
  if (predicate.string() == nullptr) return ParseDocument(Node(predicate));
  const ByteView text = AsBytes(*predicate.string());
  Result<json::Value> document = json::Parse(text, kJsonLimits);
  if (document.ok()) return ParseDocument(Node(document.value()));
  if (AsText(text).starts_with("SPDXVersion:")) {
    return Error(ErrorCode::kUnsupported, "the document is SPDX tag-value text: only JSON is read");
  }
  return std::move(document).error().While("the document inside the text");
}

std::vector<std::string> LicencesIn(std::string_view expression) {
  constexpr std::string_view kBetween = " \t\r\n()";
  std::vector<std::string> names;
  while (true) {
    const std::size_t start = expression.find_first_not_of(kBetween);
    if (start == std::string_view::npos) return names;
    expression.remove_prefix(start);
    const std::string_view word = expression.substr(0, expression.find_first_of(kBetween));
    if (word != "AND" && word != "OR" && word != "WITH" && word != "and" && word != "or" &&
        word != "with") {
      names.emplace_back(word);
    }
    expression.remove_prefix(word.size());
  }
}

}  // namespace hallmark::predicate
