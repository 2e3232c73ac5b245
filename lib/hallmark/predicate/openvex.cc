#include "hallmark/predicate/openvex.h"

#include <algorithm>
#include <array>
#include <utility>

#include "hallmark/predicate/internal/node.h"
#include "hallmark/predicate/limits.h"

namespace hallmark::predicate {
namespace {

constexpr std::string_view kContext = "https://openvex.dev/ns";

constexpr std::array<std::pair<std::string_view, VexStatus>, 4> kStatuses{{
    {"not_affected", VexStatus::kNotAffected},
    {"affected", VexStatus::kAffected},
    {"fixed", VexStatus::kFixed},
    {"under_investigation", VexStatus::kUnderInvestigation},
}};

constexpr std::array<std::pair<std::string_view, VexJustification>, 5> kJustifications{{
    {"component_not_present", VexJustification::kComponentNotPresent},
    {"vulnerable_code_not_present", VexJustification::kVulnerableCodeNotPresent},
    {"vulnerable_code_not_in_execute_path", VexJustification::kVulnerableCodeNotInExecutePath},
    {"vulnerable_code_cannot_be_controlled_by_adversary",
     VexJustification::kVulnerableCodeCannotBeControlledByAdversary},
    {"inline_mitigations_already_exist", VexJustification::kInlineMitigationsAlreadyExist},
}};

template <class Labels, class Label>
std::string_view NameOf(const Labels& labels, Label label) {
  for (const auto& [name, value] : labels) {
    if (value == label) return name;
  }
  return "unknown";
}

template <class Label, class Labels>
std::optional<Label> LabelOf(const Labels& labels, std::string_view name) {
  for (const auto& [known, value] : labels) {
    if (known == name) return value;
  }
  return std::nullopt;
}

Result<VexComponent> ParseComponent(const Node& node) {
  VexComponent component;
  if (node.value().string() != nullptr) {  // before v0.2.0
    component.id = *node.value().string();
  } else {
    HALLMARK_ASSIGN(component.id, node.Text("@id"));
    HALLMARK_ASSIGN(component.identifiers, node.TextMap("identifiers", kMaxDigests));
    HALLMARK_ASSIGN(component.hashes, node.TextMap("hashes", kMaxDigests));
  }
  if (component.id.empty() && component.identifiers.empty() && component.hashes.empty()) {
    return node.Complain(ErrorCode::kMalformed, "want an @id, identifiers or hashes");
  }
  return component;
}

Result<VexProduct> ParseProduct(const Node& node) {
  VexProduct product;
  HALLMARK_ASSIGN(product.component, ParseComponent(node));
  if (!node.IsObject()) return product;
  HALLMARK_ASSIGN(product.subcomponents,
                  ListOf<VexComponent>(node, "subcomponents", kMaxFindings, ParseComponent));
  return product;
}

Result<Done> ParseVulnerability(const Node& node, VexStatement& statement) {
  const json::Value* member = node.Find("vulnerability");
  if (member != nullptr && member->string() != nullptr) {  // before v0.2.0
    HALLMARK_ASSIGN(statement.vulnerability, node.Name("vulnerability"));
    return Done{};
  }
  HALLMARK_ASSIGN(const Node vulnerability, node.Object("vulnerability"));
  HALLMARK_ASSIGN(statement.vulnerability, vulnerability.Name("name"));
  HALLMARK_ASSIGN(statement.aliases, vulnerability.Texts("aliases", kMaxFindings));
  return Done{};
}

// Before v0.2.0 subcomponents stand beside the products, and count for each.
Result<Done> ParseProducts(const Node& node, VexStatement& statement) {
  HALLMARK_ASSIGN(statement.products,
                  ListOf<VexProduct>(node, "products", kMaxFindings, ParseProduct));
  HALLMARK_ASSIGN(const std::vector<VexComponent> shared,
                  ListOf<VexComponent>(node, "subcomponents", kMaxFindings, ParseComponent));
  if (shared.empty()) return Done{};
  if (shared.size() * statement.products.size() > kMaxFindings) {
    return node.Complain(ErrorCode::kLimit, "too many products and subcomponents");
  }
  for (VexProduct& product : statement.products) {
    product.subcomponents.insert(product.subcomponents.end(), shared.begin(), shared.end());
  }
  return Done{};
}

Result<Done> ParseStatus(const Node& node, VexStatement& statement) {
  HALLMARK_ASSIGN(const std::string status, node.Name("status"));
  const auto label = LabelOf<VexStatus>(kStatuses, status);
  if (!label) return node.Complain("status", "want a status such as \"not_affected\"");
  statement.status = *label;
  HALLMARK_ASSIGN(const std::string why, node.Text("justification"));
  statement.justification = LabelOf<VexJustification>(kJustifications, why);
  if (!why.empty() && !statement.justification) {
    return node.Complain("justification", "want a label such as \"component_not_present\"");
  }
  HALLMARK_ASSIGN(statement.impact, node.Text("impact_statement"));
  HALLMARK_ASSIGN(statement.action, node.Text("action_statement"));
  if (statement.status == VexStatus::kNotAffected && why.empty() && statement.impact.empty()) {
    return node.Complain("status", "not_affected wants a justification or an impact_statement");
  }
  return Done{};
}

Result<VexStatement> ParseStatement(const Node& node) {
  VexStatement statement{};
  HALLMARK_RETURN_IF_ERROR(ParseVulnerability(node, statement));
  HALLMARK_RETURN_IF_ERROR(ParseProducts(node, statement));
  HALLMARK_RETURN_IF_ERROR(ParseStatus(node, statement));
  HALLMARK_ASSIGN(statement.timestamp, node.Time("timestamp"));
  HALLMARK_ASSIGN(statement.last_updated, node.Time("last_updated"));
  return statement;
}

}  // namespace

std::string_view ToName(VexStatus status) { return NameOf(kStatuses, status); }

std::string_view ToName(VexJustification justification) {
  return NameOf(kJustifications, justification);
}

Result<OpenVex> ParseOpenVex(const json::Value& predicate) {
  const Node node(predicate);
  OpenVex document;
  HALLMARK_ASSIGN(const std::string context, node.Name("@context"));
  if (context != kContext && !context.starts_with(std::string(kContext) + "/")) {
    return node.Complain("@context", "want " + std::string(kContext));
  }
  HALLMARK_ASSIGN(document.id, node.Text("@id"));
  HALLMARK_ASSIGN(document.author, node.Name("author"));
  HALLMARK_ASSIGN(document.timestamp, node.Time("timestamp"));
  HALLMARK_ASSIGN(document.last_updated, node.Time("last_updated"));
  HALLMARK_ASSIGN(document.statements,
                  ListOf<VexStatement>(node, "statements", kMaxFindings, ParseStatement));
  for (VexStatement& statement : document.statements) {
    if (!statement.timestamp) statement.timestamp = document.timestamp;
  }
  return document;
}

}  // namespace hallmark::predicate
