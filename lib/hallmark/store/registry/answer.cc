#include "hallmark/store/registry/internal/answer.h"

#include <algorithm>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/json.h"

namespace hallmark::store::registry {
namespace {

constexpr json::Limits kErrorLimits{kMaxErrorBytes, 16, 1000};

ErrorCode CodeOf(const net::Response& response) {
  const int status = response.status;
  if (status == 401 || status == 403) return ErrorCode::kDenied;
  if (status == 404 && IsAuthoritativeAbsence(response)) return ErrorCode::kNotFound;
  if (status == 429) return ErrorCode::kThrottled;
  if (status == 408 || status >= 500) return ErrorCode::kUnavailable;
  return ErrorCode::kProtocol;
}

std::string OwnWords(const net::Response& response) {
  if (const auto error = ParseRegistryError(response)) {
    return " (" + error->code + (error->message.empty() ? ")" : ": " + error->message + ")");
  }
  if (IsWebPage(response)) return " (a web page)";
  return "";
}

std::string TextOf(const json::Value& object, std::string_view name) {
  const json::Value* value = object.Find(name);
  const std::string* text = value == nullptr ? nullptr : value->string();
  return text == nullptr ? "" : *text;
}

}  // namespace

std::string Answer::Asked() const {
  return method + " " + Printable(url.Authority() + url.path, 400);
}

Error StatusError(const Answer& answer) {
  std::string message = answer.Asked() + ": " + std::to_string(answer.status());
  message += OwnWords(answer.response);
  if (const std::string* after = answer.response.Header("Retry-After")) {
    message += ", to be asked again after " + Printable(*after, 40);
  }
  return Error(CodeOf(answer.response), std::move(message));
}

bool IsAuthoritativeAbsence(const net::Response& response) {
  if (const auto error = ParseRegistryError(response)) {
    return error->code == "MANIFEST_UNKNOWN" || error->code == "NAME_UNKNOWN" ||
           error->code == "BLOB_UNKNOWN" || error->code == "NOT_FOUND";
  }
  return response.Header("Docker-Distribution-Api-Version") != nullptr && !IsWebPage(response);
}

std::string MediaTypeOf(const net::Response& response) {
  const std::string* header = response.Header("Content-Type");
  if (header == nullptr) return "";
  std::string type = header->substr(0, header->find(';'));
  type.erase(type.find_last_not_of(" \t") + 1);
  std::transform(type.begin(), type.end(), type.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return type;
}

bool IsWebPage(const net::Response& response) {
  const std::string type = MediaTypeOf(response);
  return type == "text/html" || type == "application/xhtml+xml";
}

std::optional<RegistryError> ParseRegistryError(const net::Response& response) {
  if (response.body.empty() || IsWebPage(response)) return std::nullopt;
  const Result<json::Value> body = json::Parse(response.body, kErrorLimits);
  if (!body.ok()) return std::nullopt;
  const json::Value* errors = body.value().Find("errors");
  if (errors == nullptr || errors->array() == nullptr || errors->array()->empty()) return {};
  const json::Value& first = errors->array()->front();
  const std::string code = TextOf(first, "code");
  if (code.empty()) return std::nullopt;
  return RegistryError{Printable(code, 60), Printable(TextOf(first, "message"))};
}

}  // namespace hallmark::store::registry
