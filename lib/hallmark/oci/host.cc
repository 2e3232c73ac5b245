#include "hallmark/oci/internal/host.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace hallmark::oci::internal {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::size_t kMaxHost = 253;  // RFC 1035 section 2.3.4, as text
constexpr std::size_t kMaxLabel = 63;

std::string ToLower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool IsNumber(std::string_view text) {
  return !text.empty() && text.find_first_not_of(kDigits) == std::string_view::npos;
}

// A decimal number from `least` to `most` with no leading zero.
bool IsPlainNumber(std::string_view text, int least, int most) {
  if (!IsNumber(text) || text.size() > 5 || (text.size() > 1 && text[0] == '0')) return false;
  const int value = std::stoi(std::string(text));
  return value >= least && value <= most;
}

// Takes the part before the next dot, or all, from the front of `rest`.
std::string_view NextLabel(std::string_view& rest) {
  const std::size_t dot = std::min(rest.find('.'), rest.size());
  const std::string_view label = rest.substr(0, dot);
  rest.remove_prefix(std::min(dot + 1, rest.size()));
  return label;
}

bool IsLabel(std::string_view label) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789-";
  if (label.empty() || label.size() > kMaxLabel) return false;
  if (label.starts_with('-') || label.ends_with('-')) return false;
  return label.find_first_not_of(kAllowed) == std::string_view::npos;
}

bool IsIpv4(std::string_view host) {
  if (std::count(host.begin(), host.end(), '.') != 3) return false;
  while (!host.empty()) {
    if (!IsPlainNumber(NextLabel(host), 0, 255)) return false;
  }
  return true;
}

bool IsDomainName(std::string_view host) {
  if (host.empty() || host.size() > kMaxHost || host.ends_with('.')) return false;
  std::string_view label;
  for (std::string_view rest = host; !rest.empty();) {
    label = NextLabel(rest);
    if (!IsLabel(label)) return false;
  }
  const bool ends_in_number = IsNumber(label) || label.starts_with("0x");
  return !ends_in_number || IsIpv4(host);
}

std::optional<std::string> CanonicalIpv6(std::string_view address) {
  in6_addr parsed{};
  if (address.find_first_not_of("0123456789abcdef:") != std::string_view::npos ||
      inet_pton(AF_INET6, std::string(address).c_str(), &parsed) != 1) {
    return std::nullopt;
  }
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(AF_INET6, &parsed, text.data(), text.size());
  const std::string canonical = text.data();
  if (canonical.find('.') != std::string::npos) return std::nullopt;  // holds an IPv4 address
  return "[" + canonical + "]";
}

std::optional<std::string> CanonicalHost(std::string_view lower_host) {
  if (lower_host.starts_with('[') && lower_host.ends_with(']')) {
    return CanonicalIpv6(lower_host.substr(1, lower_host.size() - 2));
  }
  if (!IsDomainName(lower_host)) return std::nullopt;
  return std::string(lower_host);
}

}  // namespace

bool LooksLikeDomain(std::string_view first_part) {
  return first_part == "localhost" || first_part.find_first_of(".:") != std::string_view::npos;
}

std::optional<std::string> CanonicalDomain(std::string_view text) {
  const std::string lower = ToLower(text);
  const std::string_view domain = lower;
  const std::size_t bracket = domain.rfind(']');
  const std::size_t colon = domain.find(':', bracket == std::string_view::npos ? 0 : bracket);
  std::optional<std::string> host = CanonicalHost(domain.substr(0, colon));
  if (!host || colon == std::string_view::npos) return host;
  const std::string_view port = domain.substr(colon + 1);
  if (!IsPlainNumber(port, 1, 65535)) return std::nullopt;
  if (port == "443" && LooksLikeDomain(*host)) return host;
  return *host + ":" + std::string(port);
}

}  // namespace hallmark::oci::internal
