#ifndef HALLMARK_NET_INTERNAL_LOCAL_ADDRESS_H_
#define HALLMARK_NET_INTERNAL_LOCAL_ADDRESS_H_

#include <sys/socket.h>

namespace hallmark::net {

// Whether the address is this machine's own or its link's: loopback, link-local, unspecified, IPv4
// written as IPv6 alike (RFC 4291 section 2.5, RFC 3927, RFC 1122 section 3.2.1.3). Families other
// than IPv4 and IPv6 are.
bool IsLocalAddress(const sockaddr& address);

}  // namespace hallmark::net

#endif  // HALLMARK_NET_INTERNAL_LOCAL_ADDRESS_H_
