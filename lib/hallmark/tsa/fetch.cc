#include "hallmark/tsa/fetch.h"

#include <algorithm>

#include "hallmark/base/printable.h"
#include "hallmark/crypto/secret_box.h"
#include "hallmark/net/unexpected_status.h"
#include "hallmark/tsa/limits.h"

namespace hallmark::tsa {
namespace {

constexpr std::string_view kQueryType = "application/timestamp-query";
constexpr std::string_view kReplyType = "application/timestamp-reply";

std::string ContentType(const net::Response& response) {
  const std::string* header = response.Header("Content-Type");
  std::string type = header == nullptr ? "" : header->substr(0, header->find(';'));
  type.erase(type.find_last_not_of(" \t") + 1);
  std::ranges::transform(type, type.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return type;
}

Result<Token> ReadAnswer(const net::Response& response, const Request& request) {
  if (response.status != 200) return net::UnexpectedStatus(response.status);
  if (const std::string type = ContentType(response); type != kReplyType) {
    return Error(ErrorCode::kProtocol, "an answer of type \"" + Printable(type, 80) + "\", not " +
                                           std::string(kReplyType));
  }
  auto token = ReadResponse(response.body, request);
  // To whoever asked, bytes that cannot be read are an answer that is none.
  if (!token.ok() && token.error().code() == ErrorCode::kMalformed) {
    return Error(ErrorCode::kProtocol, token.error().message());
  }
  return token;
}

}  // namespace

Result<Token> Fetch(const Context& context, net::HttpClient& http, const std::string& url,
                    const Imprint& imprint) {
  const Request request = MakeRequest(imprint, crypto::RandomBytes(kNonceBytes));
  const std::string doing =
      "timestamp authority " + Printable(url.substr(0, url.find_first_of("?#")), 400);
  auto response = http.Send(
      context, {"POST",
                url,
                {{"Content-Type", std::string(kQueryType)}, {"Accept", std::string(kReplyType)}},
                request.der,
                kMaxResponseBytes});
  if (!response.ok()) return std::move(response).error().While(doing);
  auto token = ReadAnswer(response.value(), request);
  if (!token.ok()) return std::move(token).error().While(doing);
  return token;
}

}  // namespace hallmark::tsa
