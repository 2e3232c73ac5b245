#include "hallmark/revocation/fetch.h"

#include <algorithm>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/net/unexpected_status.h"
#include "hallmark/revocation/limits.h"

namespace hallmark::revocation {
namespace {

Result<Bytes> Fetch(Context context, std::chrono::milliseconds most, net::HttpClient& http,
                    const net::Request& request) {
  context.deadline = std::min(context.deadline, std::chrono::steady_clock::now() + most);
  auto response = http.Send(context, request);
  if (!response.ok()) return std::move(response).error().While(ShownUrl(request.url));
  if (response.value().status != 200) {
    return net::UnexpectedStatus(response.value().status).While(ShownUrl(request.url));
  }
  return std::move(response).value().body;
}

}  // namespace

std::string ShownUrl(const std::string& url) {
  return Printable(url.substr(0, url.find_first_of("?#")), 400);
}

Result<Bytes> FetchCrl(const Context& context, net::HttpClient& http, const std::string& url) {
  return Fetch(context, kCrlDeadline, http, {"GET", url, {}, {}, kMaxCrlBytes});
}

Result<Bytes> FetchOcsp(const Context& context, net::HttpClient& http, const std::string& url,
                        ByteView request) {
  const net::Headers headers = {{"Content-Type", "application/ocsp-request"},
                                {"Accept", "application/ocsp-response"}};
  return Fetch(context, kOcspDeadline, http, {"POST", url, headers, request, kMaxOcspBytes});
}

}  // namespace hallmark::revocation
