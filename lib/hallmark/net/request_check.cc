#include "hallmark/net/internal/request_check.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "hallmark/base/printable.h"
#include "hallmark/net/limits.h"

namespace hallmark::net {
namespace {

bool IsAlnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool IsOneOf(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

bool IsToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return IsAlnum(c) || IsOneOf(c, "!#$%&'*+-.^_`|~");
  });
}

bool IsFieldValue(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
  });
}

bool IsUrlText(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c > 0x20 && c < 0x7f && !IsOneOf(c, "\\#\"<>"); });
}

bool IsPort(std::string_view text) {
  std::uint32_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

bool IsHostName(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return IsAlnum(c) || IsOneOf(c, ".-_"); });
}

bool IsBracketed(std::string_view text) {
  return text.size() > 2 && text.front() == '[' && text.back() == ']' &&
         std::all_of(text.begin() + 1, text.end() - 1,
                     [](char c) { return IsAlnum(c) || IsOneOf(c, ":."); });
}

bool IsHost(std::string_view authority) {
  const std::size_t colon = authority.rfind(':');
  const std::size_t bracket = authority.rfind(']');
  const bool has_port =
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  const std::string_view name = has_port ? authority.substr(0, colon) : authority;
  if (has_port && !IsPort(authority.substr(colon + 1))) return false;
  return IsHostName(name) || IsBracketed(name);
}

// Removes a scheme and "://" in any case; whether it was there.
bool TakeScheme(std::string_view& url, std::string_view scheme) {
  if (url.size() < scheme.size()) return false;
  const bool same = std::equal(scheme.begin(), scheme.end(), url.begin(), [](char a, char b) {
    return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
  });
  if (same) url.remove_prefix(scheme.size());
  return same;
}

Error Unusable(std::string_view url, std::string_view why) {
  const std::string_view shown = url.substr(0, url.find('?'));
  return {ErrorCode::kConfig, "url " + Printable(shown) + ": " + std::string(why)};
}

}  // namespace

Result<UrlParts> ParseUrl(std::string_view url) {
  if (url.size() > kMaxUrlBytes) return Unusable(url, "too long");
  std::string_view rest = url;
  UrlParts parts;
  parts.https = TakeScheme(rest, "https://");
  if (!parts.https && !TakeScheme(rest, "http://")) {
    // Not shown: what stands there may be a login.
    return Error(ErrorCode::kConfig, "url is neither http nor https");
  }
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  if (authority.find('@') != std::string_view::npos) {
    return Error(ErrorCode::kConfig, "url carries a login");
  }
  if (!IsUrlText(rest)) return Unusable(url, "holds a character that urls do not");
  if (!IsHost(authority)) return Unusable(url, "names no host and port");
  rest.remove_prefix(authority.size());
  parts.host = authority;
  parts.path = rest.substr(0, rest.find('?'));
  if (parts.path.empty()) parts.path = "/";
  return parts;
}

Result<Done> CheckShape(const Request& request) {
  if (!IsToken(request.method)) {
    return Error(ErrorCode::kConfig, "method " + Printable(request.method) + " is none");
  }
  for (const auto& [name, value] : request.headers) {
    if (!IsToken(name) || !IsFieldValue(value)) {
      return Error(ErrorCode::kConfig, "header " + Printable(name) + " cannot be sent");
    }
  }
  return Done();
}

}  // namespace hallmark::net
