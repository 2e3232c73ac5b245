#ifndef HALLMARK_NET_HTTP_CLIENT_H_
#define HALLMARK_NET_HTTP_CLIENT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/base/context.h"
#include "hallmark/base/result.h"

namespace hallmark::net {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;  // "GET", "HEAD", "POST", "PUT"
  std::string url;     // http or https; no userinfo, no fragment
  Headers headers;     // repeated names are sent as repeated lines
  ByteView body;       // borrowed for the call
  // More than this is kLimit, whatever was announced; nothing past it is kept.
  std::size_t max_response_bytes = 0;
};

struct Response {
  int status = 0;
  Headers headers;
  Bytes body;
  // First value of a header, case-insensitive name; null when absent.
  const std::string* Header(std::string_view name) const;
};

// One HTTP exchange: redirects are returned, not followed; nothing is retried, except that libcurl
// sends a request again on a fresh connection when a kept one ends before the answer's first byte;
// no credential is taken from anywhere but `headers`. A Response has any status; an Error
// is kTimeout (context's deadline, or its stop was requested), kUnavailable (no connection, reset,
// TLS failure: the message says which), kProtocol (a body cut short, bad HTTP), kLimit (too large,
// also after decompression, which is not offered; headers over 64 KiB or 256 lines), kConfig
// (unusable URL, method, header or CA file: nothing was sent). Messages name the host, never a
// header's value.
class HttpClient {
 public:
  virtual ~HttpClient() = default;
  virtual Result<Response> Send(const Context&, const Request&) = 0;
};

struct CurlOptions {
  std::string user_agent;
  std::optional<std::string> ca_file;           // instead of the system's
  std::optional<std::string> client_cert_file;  // PEM
  std::optional<std::string> client_key_file;   // PEM
  std::optional<std::string> proxy;             // for https, from HTTPS_PROXY
  std::optional<std::string> plain_proxy;       // for http, from http_proxy
  std::optional<std::string> no_proxy;          // from NO_PROXY
  bool insecure_skip_tls_verify = false;        // reported in `loosened` by whoever sets it
  bool open_no_sockets = false;                 // --offline: every Send is kUnavailable
  // kUnavailable where a name turns out to be this machine's or its link's address: for URLs that
  // others wrote (A85). Behind a proxy it is the proxy that connects, to all of them: no_proxy is
  // not looked at.
  bool refuse_local_addresses = false;
};

// HTTP/1.1 (and 2 where the library offers it) over libcurl, TLS 1.2 or newer. Connections are
// kept and used again; safe for several threads. Proxies only as given here: the environment is
// not read. kConfig when a named file cannot be used.
Result<std::unique_ptr<HttpClient>> MakeCurlClient(CurlOptions options);

}  // namespace hallmark::net

#endif  // HALLMARK_NET_HTTP_CLIENT_H_
