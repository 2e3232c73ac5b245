#include "hallmark/net/internal/transfer.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "hallmark/net/internal/answer.h"
#include "hallmark/net/internal/curl_error.h"
#include "hallmark/net/internal/local_address.h"
#include "hallmark/net/limits.h"

namespace hallmark::net {
namespace {

struct ListCleanup {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, ListCleanup>;

// Sets options and remembers the first that this libcurl refused.
class Setter {
 public:
  explicit Setter(CURL* handle) : handle_(handle) {}
  template <class Value>
  void Set(CURLoption option, Value value) {
    const CURLcode code = curl_easy_setopt(handle_, option, value);
    if (code_ == CURLE_OK) code_ = code;
  }
  CURLcode code() const { return code_; }

 private:
  CURL* handle_;
  CURLcode code_ = CURLE_OK;
};

std::size_t OnHeader(char* data, std::size_t size, std::size_t count, void* answer) noexcept {
  const bool taken = static_cast<Answer*>(answer)->TakeHeaderLine({data, size * count});
  return taken ? size * count : 0;
}

std::size_t OnBody(char* data, std::size_t size, std::size_t count, void* answer) noexcept {
  const bool taken = static_cast<Answer*>(answer)->TakeBody(AsBytes({data, size * count}));
  return taken ? size * count : CURL_WRITEFUNC_ERROR;
}

int OnProgress(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept {
  return static_cast<const std::stop_token*>(stop)->stop_requested() ? 1 : 0;
}

// Opens sockets to other machines only; `refused` remembers that one was not.
curl_socket_t OnSocket(void* refused, curlsocktype, curl_sockaddr* address) noexcept {
  if (IsLocalAddress(address->addr)) {
    *static_cast<bool*>(refused) = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

bool Append(HeaderList& list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) return false;
  (void)list.release();  // the same list, now owned through its new head
  list.reset(longer);
  return true;
}

bool Sends(const Request& request, std::string_view name) {
  Response probe;  // borrows its case-insensitive look-up
  probe.headers = request.headers;
  return probe.Header(name) != nullptr;
}

// Repeated names stay repeated lines. A bare "Name:" takes away what libcurl would add.
HeaderList MakeHeaders(const Request& request) {
  HeaderList list;
  bool complete = Append(list, "Expect:");
  if (!Sends(request, "Content-Type")) complete = complete && Append(list, "Content-Type:");
  for (const auto& [name, value] : request.headers) {
    complete = complete && Append(list, value.empty() ? name + ";" : name + ": " + value);
  }
  return complete ? std::move(list) : HeaderList();
}

void SetFixed(Setter& setter, const CurlOptions& options) {
  setter.Set(CURLOPT_NOSIGNAL, 1L);
  setter.Set(CURLOPT_NOPROGRESS, 0L);
  setter.Set(CURLOPT_PROTOCOLS_STR, "http,https");
  setter.Set(CURLOPT_FOLLOWLOCATION, 0L);
  setter.Set(CURLOPT_PATH_AS_IS, 1L);
  setter.Set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  setter.Set(CURLOPT_HTTP09_ALLOWED, 0L);
  setter.Set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  setter.Set(CURLOPT_TCP_NODELAY, 1L);
  setter.Set(CURLOPT_BUFFERSIZE, kTransferBufferBytes);
  setter.Set(CURLOPT_UPLOAD_BUFFERSIZE, kTransferBufferBytes);
  setter.Set(CURLOPT_USERAGENT, options.user_agent.c_str());
}

void SetTls(Setter& setter, const CurlOptions& options) {
  const long verify = options.insecure_skip_tls_verify ? 0 : 1;
  setter.Set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  setter.Set(CURLOPT_SSL_VERIFYPEER, verify);
  setter.Set(CURLOPT_SSL_VERIFYHOST, verify * 2);
  if (options.ca_file) {
    setter.Set(CURLOPT_CAINFO, options.ca_file->c_str());
    setter.Set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  }
  if (options.client_cert_file) setter.Set(CURLOPT_SSLCERT, options.client_cert_file->c_str());
  if (options.client_key_file) setter.Set(CURLOPT_SSLKEY, options.client_key_file->c_str());
  // Without one OpenSSL would ask the terminal for the passphrase of an encrypted key.
  if (options.client_key_file) setter.Set(CURLOPT_KEYPASSWD, "");
}

// Empty strings, not null: null would let libcurl look into the environment.
void SetProxy(Setter& setter, const CurlOptions& options, bool https) {
  const std::optional<std::string>& proxy = https ? options.proxy : options.plain_proxy;
  setter.Set(CURLOPT_PROXY, proxy ? proxy->c_str() : "");
  // What is guarded goes through the proxy, all of it: connected to directly, it would be
  // unguarded.
  const bool goes_past = options.no_proxy && !options.refuse_local_addresses;
  setter.Set(CURLOPT_NOPROXY, goes_past ? options.no_proxy->c_str() : "");
}

void SetGuard(Setter& setter, const CurlOptions& options, bool https, bool& is_refused) {
  const bool is_proxied = https ? options.proxy.has_value() : options.plain_proxy.has_value();
  if (!options.refuse_local_addresses || is_proxied) return;
  setter.Set(CURLOPT_OPENSOCKETFUNCTION, &OnSocket);
  setter.Set(CURLOPT_OPENSOCKETDATA, &is_refused);
}

void SetAnswer(Setter& setter, Answer& answer) {
  setter.Set(CURLOPT_HEADERFUNCTION, &OnHeader);
  setter.Set(CURLOPT_HEADERDATA, &answer);
  setter.Set(CURLOPT_WRITEFUNCTION, &OnBody);
  setter.Set(CURLOPT_WRITEDATA, &answer);
}

void SetMethod(Setter& setter, const Request& request) {
  if (request.method == "HEAD") {
    setter.Set(CURLOPT_NOBODY, 1L);
    return;
  }
  const bool sends_body = !request.body.empty() || request.method == "POST" ||
                          request.method == "PUT" || request.method == "PATCH";
  if (sends_body) {
    setter.Set(CURLOPT_POST, 1L);
    setter.Set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    // Never null: then libcurl would read standard input.
    setter.Set(CURLOPT_POSTFIELDS, request.body.empty() ? "" : AsText(request.body).data());
  }
  setter.Set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

std::optional<std::chrono::milliseconds> TimeLeft(const Context& context) {
  const auto left = context.deadline - std::chrono::steady_clock::now();
  if (left <= std::chrono::steady_clock::duration::zero()) return std::nullopt;
  if (left >= kMaxWait) return kMaxWait;
  return std::chrono::ceil<std::chrono::milliseconds>(left);
}

// Whatever a handle pointed to is gone after its exchange.
class ResetAtEnd {
 public:
  explicit ResetAtEnd(CURL* handle) : handle_(handle) {}
  ResetAtEnd(const ResetAtEnd&) = delete;
  ResetAtEnd& operator=(const ResetAtEnd&) = delete;
  ~ResetAtEnd() { curl_easy_reset(handle_); }

 private:
  CURL* handle_;
};

}  // namespace

Result<Response> Transfer(CURL* handle, const CurlOptions& options, const Context& context,
                          const Request& request, const UrlParts& url) {
  const std::optional<std::chrono::milliseconds> left = TimeLeft(context);
  if (!left) return Error(ErrorCode::kTimeout, "deadline passed before the request");
  const ResetAtEnd reset(handle);
  const HeaderList headers = MakeHeaders(request);
  if (headers == nullptr) return Error(ErrorCode::kLimit, "no memory for the request's headers");
  Answer answer(request.max_response_bytes, request.method == "HEAD");
  std::stop_token stop = context.stop;
  std::array<char, CURL_ERROR_SIZE> said{};

  Setter setter(handle);
  SetFixed(setter, options);
  SetTls(setter, options);
  SetProxy(setter, options, url.https);
  SetMethod(setter, request);
  setter.Set(CURLOPT_URL, request.url.c_str());
  setter.Set(CURLOPT_HTTPHEADER, headers.get());
  setter.Set(CURLOPT_TIMEOUT_MS, static_cast<long>(left->count()));
  SetAnswer(setter, answer);
  setter.Set(CURLOPT_XFERINFOFUNCTION, &OnProgress);
  setter.Set(CURLOPT_XFERINFODATA, &stop);
  setter.Set(CURLOPT_ERRORBUFFER, said.data());
  bool is_refused = false;
  SetGuard(setter, options, url.https, is_refused);
  if (setter.code() != CURLE_OK) return FromCurl(setter.code(), said.data());

  const CURLcode code = curl_easy_perform(handle);
  if (answer.refusal()) return *answer.refusal();
  if (code != CURLE_OK && is_refused) {
    return Error(ErrorCode::kUnavailable, url.host + " is this machine or its link: not asked");
  }
  if (code == CURLE_ABORTED_BY_CALLBACK) return Error(ErrorCode::kTimeout, "told to stop");
  if (code != CURLE_OK) return FromCurl(code, said.data());
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  return std::move(answer).Finish(static_cast<int>(status));
}

}  // namespace hallmark::net
