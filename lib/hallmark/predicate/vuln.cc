#include "hallmark/predicate/vuln.h"

#include <utility>

#include "hallmark/predicate/internal/node.h"
#include "hallmark/predicate/internal/scan_node.h"

namespace hallmark::predicate {
namespace {

Result<Done> ParseDatabase(const Node& scanner, Vuln& vuln) {
  HALLMARK_ASSIGN(const std::optional<Node> database, scanner.OptionalObject("db"));
  if (!database) return Done{};
  HALLMARK_ASSIGN(vuln.database_uri, database->Text("uri"));
  HALLMARK_ASSIGN(vuln.database_version, database->Text("version"));
  HALLMARK_ASSIGN(vuln.database_updated, database->Time("lastUpdate"));
  return Done{};
}

Result<Done> ParseScanner(const Node& scanner, Vuln& vuln) {
  HALLMARK_ASSIGN(vuln.scanner_uri, scanner.Text("uri"));
  HALLMARK_ASSIGN(vuln.scanner_version, scanner.Text("version"));
  HALLMARK_RETURN_IF_ERROR(ParseDatabase(scanner, vuln));
  if (const json::Value* result = scanner.Find("result")) {
    HALLMARK_ASSIGN(vuln.report, ParseReport(Node(*result, scanner, "result")));
  }
  return Done{};
}

Result<Done> ParseInvocation(const Node& node, Vuln& vuln) {
  HALLMARK_ASSIGN(const std::optional<Node> invocation, node.OptionalObject("invocation"));
  if (!invocation) return Done{};
  HALLMARK_ASSIGN(vuln.invocation_uri, invocation->Text("uri"));
  HALLMARK_ASSIGN(vuln.invocation_id, invocation->Text("event_id"));
  HALLMARK_ASSIGN(vuln.builder_id, invocation->Text("builder.id"));
  return Done{};
}

}  // namespace

Result<Vuln> ParseVuln(const json::Value& predicate) {
  const Node node(predicate);
  HALLMARK_RETURN_IF_ERROR(node.WantObject());
  if (node.Find("scanner") == nullptr && ScannerOf(predicate)) {
    return node.Complain("scanner",
                         "missing: this is a scanner's own report, want cosign's vuln predicate "
                         "around it (trivy --format cosign-vuln)");
  }
  Vuln vuln;
  HALLMARK_ASSIGN(const Node scanner, node.Object("scanner"));
  HALLMARK_RETURN_IF_ERROR(ParseScanner(scanner, vuln));
  HALLMARK_RETURN_IF_ERROR(ParseInvocation(node, vuln));
  HALLMARK_ASSIGN(const std::optional<Node> metadata, node.OptionalObject("metadata"));
  if (!metadata) return vuln;
  HALLMARK_ASSIGN(vuln.started, metadata->Time("scanStartedOn"));
  HALLMARK_ASSIGN(vuln.finished, metadata->Time("scanFinishedOn"));
  return vuln;
}

}  // namespace hallmark::predicate
