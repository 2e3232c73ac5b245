#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_ANSWER_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_ANSWER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "hallmark/base/result.h"
#include "hallmark/net/http_client.h"
#include "hallmark/store/registry/internal/url.h"

namespace hallmark::store::registry {

// Room that every answer gets beside its content, so that the body of an error can be read.
inline constexpr std::size_t kMaxErrorBytes = std::size_t{64} * 1024;

// What a registry answered, and where in the end (after redirects).
struct Answer {
  net::Response response;
  std::string method;
  Url url;
  bool left_origin = false;  // a redirect led to another origin on the way

  int status() const { return response.status; }
  // "GET registry.example/v2/app/manifests/1.4", printable; no query, which may hold secrets.
  std::string Asked() const;
};

// The error an answer stands for: 401 and 403 kDenied, 404 kNotFound when said with authority and
// kProtocol otherwise, 429 kThrottled, 408 and 5xx kUnavailable, everything else kProtocol. The
// message names method, host, path, status, and the registry's own words.
Error StatusError(const Answer& answer);

// Whether a 404 comes from a registry that knows what it is talking about: one of the
// specification's error codes (MANIFEST_UNKNOWN, NAME_UNKNOWN, BLOB_UNKNOWN, NOT_FOUND), or an
// answer marked Docker-Distribution-Api-Version that is no HTML page. A proxy's or a web
// server's page is no authority.
bool IsAuthoritativeAbsence(const net::Response& response);

// The Content-Type in lower case without parameters; empty when absent.
std::string MediaTypeOf(const net::Response& response);

// Whether the answer is a web page by its Content-Type: a login's, a proxy's, a web server's.
bool IsWebPage(const net::Response& response);

// The first error of a body as distribution-spec v1.1 "Error Codes" writes it, printable.
struct RegistryError {
  std::string code;
  std::string message;
};
std::optional<RegistryError> ParseRegistryError(const net::Response& response);

}  // namespace hallmark::store::registry

#endif  // HALLMARK_STORE_REGISTRY_INTERNAL_ANSWER_H_
