#include "tests/conformance/client.h"

#include <optional>

#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/json.h"
#include "tests/conformance/operation.h"

namespace hallmark::conformance {
namespace {

constexpr json::Limits kLimits{std::size_t{64} * 1024 * 1024, 64, 1'000'000};

Result<Results> Run(std::string_view op, json::Fields& request) {
  if (op == "verify") return Verify(request);
  if (op == "jws") return VerifyJws(request);
  if (op == "cose-sign1") return VerifyCoseSign1(request);
  if (op == "jcs") return Canonicalize(request);
  if (op == "dsse-pae") return PreAuthEncode(request);
  return Error(ErrorCode::kUnsupported, "operation");
}

json::Value Answer(json::Value id, Result<Results> outcome) {
  Results members;
  members.emplace_back("id", std::move(id));
  if (outcome.ok()) {
    members.emplace_back("ok", json::Value::Bool(true));
    for (auto& result : outcome.value()) members.push_back(std::move(result));
  } else if (outcome.error().code() == ErrorCode::kUnsupported) {
    members.emplace_back("unsupported", json::Value::Bool(true));
  } else {
    members.emplace_back("ok", json::Value::Bool(false));
    members.emplace_back("error", json::Value::String(outcome.error().message()));
  }
  return json::Value::Object(std::move(members));
}

// The "id" of a line that is no JSON, so that the answer can be matched: a plain string.
json::Value GuessId(std::string_view line) {
  constexpr std::string_view kName = "\"id\"";
  const std::size_t name = line.find(kName);
  if (name == std::string_view::npos) return json::Value::Null();
  const std::size_t start = line.find_first_not_of(" \t:", name + kName.size());
  if (start == std::string_view::npos || line[start] != '"') return json::Value::Null();
  const std::size_t end = line.find('"', start + 1);
  if (end == std::string_view::npos) return json::Value::Null();
  return json::Value::String(std::string(line.substr(start + 1, end - start - 1)));
}

Result<Results> Serve(const json::Value& document) {
  HALLMARK_ASSIGN(json::Fields request, json::Fields::Of(document, ""));
  HALLMARK_ASSIGN(const std::string op, request.String("op"));
  return Run(op, request);
}

}  // namespace

Result<Bytes> BinaryMember(json::Fields& request, std::string_view name) {
  HALLMARK_ASSIGN(const std::string text, request.String(name));
  return encoding::FromBase64(text);
}

std::string AnswerLine(std::string_view line) {
  const Result<json::Value> document = json::Parse(AsBytes(line), kLimits);
  if (!document.ok()) return json::ToText(Answer(GuessId(line), document.error()));
  const json::Value* id = document.value().Find("id");
  return json::ToText(Answer(id == nullptr ? json::Value::Null() : *id, Serve(document.value())));
}

}  // namespace hallmark::conformance
