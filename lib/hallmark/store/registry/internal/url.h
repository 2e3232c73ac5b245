#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_URL_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_URL_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "hallmark/base/result.h"

namespace hallmark::store::registry {

enum class Scheme : std::uint8_t { kHttp = 1, kHttps };

// An absolute http or https URL, split as far as this module needs it.
struct Url {
  Scheme scheme = Scheme::kHttps;
  std::string host;          // lower case; IPv6 literals keep their brackets
  std::uint16_t port = 443;  // as written, or the scheme's
  std::string path;          // starts with '/', no query
  std::string query;         // without '?'; may be empty

  std::string ToString() const;
  // "host" or "host:port", the port only when it is not the scheme's.
  std::string Authority() const;
};

// Scheme, host and port agree: the one place a credential may go (RFC 6454).
bool SameOrigin(const Url& a, const Url& b);

// Parses an absolute URL (RFC 3986). kProtocol, never showing userinfo, for: another scheme,
// userinfo, an empty host, a bad port, white space, control characters, backslashes, bytes beyond
// ASCII, over 8 KiB. A fragment is dropped.
Result<Url> ParseUrl(std::string_view untrusted_text);

// The same for a reference as Location and Link carry it: absolute, "//host/path", "/path",
// "?query" or a path beside `base`.
Result<Url> ResolveUrl(const Url& base, std::string_view untrusted_reference);

// 127.0.0.0/8 written as four decimals, [::1], or localhost: names that no resolver can bend.
bool IsLoopback(std::string_view host);
// Four decimals or a bracketed literal.
bool IsIpLiteral(std::string_view host);

// RFC 3986 unreserved characters stay, the rest becomes %XX.
std::string PercentEncode(std::string_view text);

}  // namespace hallmark::store::registry

#endif  // HALLMARK_STORE_REGISTRY_INTERNAL_URL_H_
