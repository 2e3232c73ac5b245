#include "hallmark/store/registry/internal/url.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace hallmark::store::registry {
namespace {

constexpr std::size_t kMaxUrlBytes = 8 * 1024;  // what servers take in a request line

Error BadUrl(std::string_view why) {
  return Error(ErrorCode::kProtocol, "unusable URL: " + std::string(why));
}

std::uint16_t DefaultPort(Scheme scheme) { return scheme == Scheme::kHttp ? 80 : 443; }

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string Lowered(std::string_view text) {
  std::string lowered(text);
  std::transform(lowered.begin(), lowered.end(), lowered.begin(), Lower);
  return lowered;
}

bool IsUrlByte(char c) { return c > 0x20 && c < 0x7f && c != '\\' && c != '"' && c != '<'; }

bool IsHostByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

bool IsBracketed(std::string_view host) {
  return host.size() > 2 && host.front() == '[' && host.back() == ']' &&
         host.substr(1, host.size() - 2).find_first_not_of("0123456789abcdef:.") ==
             std::string_view::npos;
}

bool IsHost(std::string_view host) {
  if (IsBracketed(host)) return true;
  return !host.empty() && host.front() != '.' && std::all_of(host.begin(), host.end(), IsHostByte);
}

std::optional<std::uint16_t> ParsePort(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (status != std::errc() || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

// Reads host[:port] into `url`, whose scheme is set.
Result<Done> TakeAuthority(std::string_view text, Url& url) {
  if (text.find('@') != std::string_view::npos) return BadUrl("carries a user name or password");
  const std::size_t bracket = text.rfind(']');
  const std::size_t colon = text.rfind(':');
  const bool has_port =
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  url.host = Lowered(has_port ? text.substr(0, colon) : text);
  if (!IsHost(url.host)) return BadUrl("no usable host");
  url.port = DefaultPort(url.scheme);
  if (!has_port) return Done{};
  const std::optional<std::uint16_t> port = ParsePort(text.substr(colon + 1));
  if (!port) return BadUrl("no usable port");
  url.port = *port;
  return Done{};
}

void TakePathAndQuery(std::string_view text, Url& url) {
  const std::size_t mark = text.find('?');
  url.path = std::string(text.substr(0, mark));
  if (url.path.empty()) url.path = "/";
  url.query = mark == std::string_view::npos ? "" : std::string(text.substr(mark + 1));
}

std::optional<Scheme> SchemeOf(std::string_view text, std::size_t* length) {
  for (const auto& [name, scheme] :
       {std::pair(std::string_view("https:"), Scheme::kHttps), {"http:", Scheme::kHttp}}) {
    if (Lowered(text.substr(0, name.size())) != name) continue;
    *length = name.size();
    return scheme;
  }
  return std::nullopt;
}

Result<std::string_view> Cleaned(std::string_view text) {
  if (text.size() > kMaxUrlBytes) return BadUrl("too long");
  if (!std::all_of(text.begin(), text.end(), IsUrlByte)) {
    return BadUrl("empty space, control or foreign characters");
  }
  return text.substr(0, text.find('#'));
}

// `text` starts after "scheme:".
Result<Url> ParseAfterScheme(Scheme scheme, std::string_view text) {
  if (!text.starts_with("//")) return BadUrl("no host");
  text.remove_prefix(2);
  const std::size_t end = text.find_first_of("/?");
  Url url;
  url.scheme = scheme;
  HALLMARK_RETURN_IF_ERROR(TakeAuthority(text.substr(0, end), url));
  TakePathAndQuery(end == std::string_view::npos ? "" : text.substr(end), url);
  return url;
}

// Whether a relative reference is really "scheme:..." of a scheme we do not speak.
bool HasScheme(std::string_view text) {
  const std::size_t colon = text.find(':');
  return colon != std::string_view::npos && colon < text.find_first_of("/?");
}

std::optional<std::array<int, 4>> ParseQuad(std::string_view host) {
  std::array<int, 4> quad{};
  const char* at = host.data();
  const char* const end = host.data() + host.size();
  for (std::size_t i = 0; i < quad.size(); ++i) {
    if (i > 0 && (at == end || *at++ != '.')) return std::nullopt;
    const auto [next, status] = std::from_chars(at, end, quad[i]);
    if (status != std::errc() || next - at > 3 || quad[i] < 0 || quad[i] > 255) return std::nullopt;
    at = next;
  }
  if (at != end) return std::nullopt;
  return quad;
}

}  // namespace

std::string Url::Authority() const {
  if (port == DefaultPort(scheme)) return host;
  return host + ":" + std::to_string(port);
}

std::string Url::ToString() const {
  std::string text = scheme == Scheme::kHttp ? "http://" : "https://";
  text += Authority() + path;
  if (!query.empty()) text += "?" + query;
  return text;
}

bool SameOrigin(const Url& a, const Url& b) {
  return a.scheme == b.scheme && a.host == b.host && a.port == b.port;
}

Result<Url> ParseUrl(std::string_view untrusted_text) {
  HALLMARK_ASSIGN(const std::string_view text, Cleaned(untrusted_text));
  std::size_t length = 0;
  const std::optional<Scheme> scheme = SchemeOf(text, &length);
  if (!scheme) return BadUrl("neither http nor https");
  return ParseAfterScheme(*scheme, text.substr(length));
}

Result<Url> ResolveUrl(const Url& base, std::string_view untrusted_reference) {
  HALLMARK_ASSIGN(const std::string_view text, Cleaned(untrusted_reference));
  if (text.empty()) return BadUrl("empty");
  if (text.starts_with("//")) return ParseAfterScheme(base.scheme, text);
  if (HasScheme(text)) return ParseUrl(text);
  Url url = base;
  if (text.front() == '?') {
    url.query = std::string(text.substr(1));
  } else if (text.front() == '/') {
    TakePathAndQuery(text, url);
  } else {
    TakePathAndQuery(base.path.substr(0, base.path.rfind('/') + 1) + std::string(text), url);
  }
  return url;
}

bool IsLoopback(std::string_view host) {
  if (host == "localhost" || host == "[::1]") return true;
  const auto quad = ParseQuad(host);
  return quad && (*quad)[0] == 127;
}

bool IsIpLiteral(std::string_view host) {
  return host.starts_with('[') || ParseQuad(host).has_value();
}

std::string PercentEncode(std::string_view text) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      encoded += c;
    } else {
      encoded += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return encoded;
}

}  // namespace hallmark::store::registry
