#include "hallmark/net/internal/local_address.h"

#include <netinet/in.h>

#include <cstdint>
#include <cstring>

namespace hallmark::net {
namespace {

bool IsLocal(std::uint32_t ipv4) {
  const std::uint32_t network = ipv4 >> 24;
  return network == 0 || network == 127 || ipv4 >> 16 == 0xA9FE;  // 169.254.0.0/16
}

bool IsLocal(const in6_addr& ipv6) {
  if (IN6_IS_ADDR_V4MAPPED(&ipv6) || IN6_IS_ADDR_V4COMPAT(&ipv6)) {
    std::uint32_t ipv4 = 0;
    std::memcpy(&ipv4, ipv6.s6_addr + 12, sizeof ipv4);
    return IsLocal(ntohl(ipv4));
  }
  return IN6_IS_ADDR_LOOPBACK(&ipv6) || IN6_IS_ADDR_UNSPECIFIED(&ipv6) ||
         IN6_IS_ADDR_LINKLOCAL(&ipv6);
}

}  // namespace

bool IsLocalAddress(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in ipv4{};
    std::memcpy(&ipv4, &address, sizeof ipv4);
    return IsLocal(ntohl(ipv4.sin_addr.s_addr));
  }
  if (address.sa_family != AF_INET6) return true;
  sockaddr_in6 ipv6{};
  std::memcpy(&ipv6, &address, sizeof ipv6);
  return IsLocal(ipv6.sin6_addr);
}

}  // namespace hallmark::net
