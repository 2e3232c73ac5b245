#include <curl/curl.h>

#include <array>
#include <chrono>
#include <fstream>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hallmark/base/event_sink.h"
#include "hallmark/base/printable.h"
#include "hallmark/net/http_client.h"
#include "hallmark/net/internal/request_check.h"
#include "hallmark/net/internal/transfer.h"
#include "hallmark/net/limits.h"

namespace hallmark::net {
namespace {

// libcurl's one process-wide state. Made at the first request: it costs milliseconds (OpenSSL
// starts) that a program which never sends one should not pay. Never undone: the process owns it.
CURLcode StartCurlOnce() {
  static const CURLcode kStarted = curl_global_init(CURL_GLOBAL_DEFAULT);
  return kStarted;
}

// Handles that are not in use, each with its kept connections. The last one given back is the
// first one taken, so that requests one after another share one connection.
class HandlePool {
 public:
  EasyHandle Take() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return EasyHandle(curl_easy_init());
    EasyHandle handle = std::move(idle_.back());
    idle_.pop_back();
    return handle;
  }

  void Give(EasyHandle handle) {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < kMaxIdleHandles) idle_.push_back(std::move(handle));
  }

 private:
  std::mutex mutex_;
  std::vector<EasyHandle> idle_;
};

class CurlClient final : public HttpClient {
 public:
  explicit CurlClient(CurlOptions options) : options_(std::move(options)) {}

  Result<Response> Send(const Context& context, const Request& request) override {
    HALLMARK_ASSIGN(const UrlParts url, ParseUrl(request.url));
    HALLMARK_RETURN_IF_ERROR(CheckShape(request));
    if (options_.open_no_sockets) {
      return Error(ErrorCode::kUnavailable, Printable(url.host) + ": offline");
    }
    const auto begin = std::chrono::steady_clock::now();
    Result<Response> response = Exchange(context, request, url);
    Tell(context, request, url, response, std::chrono::steady_clock::now() - begin);
    if (!response.ok()) return std::move(response).error().While(Printable(url.host));
    return response;
  }

 private:
  Result<Response> Exchange(const Context& context, const Request& request, const UrlParts& url) {
    if (StartCurlOnce() != CURLE_OK) return Error(ErrorCode::kInternal, "libcurl does not start");
    EasyHandle handle = pool_.Take();
    if (handle == nullptr) return Error(ErrorCode::kInternal, "libcurl gives no handle");
    Result<Response> response = Transfer(handle.get(), options_, context, request, url);
    pool_.Give(std::move(handle));
    return response;
  }

  static void Tell(const Context& context, const Request& request, const UrlParts& url,
                   const Result<Response>& response, std::chrono::steady_clock::duration elapsed) {
    if (context.events == nullptr) return;
    context.events->OnRequest({request.method, url.host, url.path,
                               response.ok() ? response.value().status : 0,
                               std::chrono::duration_cast<std::chrono::microseconds>(elapsed)});
  }

  const CurlOptions options_;
  HandlePool pool_;
};

// The file's bytes, one more than allowed at most. nullopt: it cannot be read.
std::optional<std::string> ReadBounded(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text;
  std::array<char, 8192> piece;
  while (text.size() <= kMaxPemFileBytes && file.read(piece.data(), piece.size()).gcount() > 0) {
    text.append(piece.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (!file.is_open() || file.bad()) return std::nullopt;
  return text;
}

// kConfig unless the file can be read and holds a PEM block whose name ends in `label`.
Result<Done> CheckPemFile(const std::optional<std::string>& path, std::string_view label) {
  if (!path) return Done();
  const std::optional<std::string> text = ReadBounded(*path);
  if (!text) return Error(ErrorCode::kConfig, "cannot read " + Printable(*path));
  const std::size_t begin = text->find("-----BEGIN ");
  const bool found = begin != std::string::npos &&
                     text->find(std::string(label) + "-----", begin) != std::string::npos;
  if (found && text->size() <= kMaxPemFileBytes) return Done();
  return Error(ErrorCode::kConfig, Printable(*path) + " holds no PEM " + std::string(label));
}

}  // namespace

Result<std::unique_ptr<HttpClient>> MakeCurlClient(CurlOptions options) {
  HALLMARK_RETURN_IF_ERROR(CheckPemFile(options.ca_file, "CERTIFICATE"));
  HALLMARK_RETURN_IF_ERROR(CheckPemFile(options.client_cert_file, "CERTIFICATE"));
  HALLMARK_RETURN_IF_ERROR(CheckPemFile(options.client_key_file, "PRIVATE KEY"));
  return std::unique_ptr<HttpClient>(std::make_unique<CurlClient>(std::move(options)));
}

}  // namespace hallmark::net
