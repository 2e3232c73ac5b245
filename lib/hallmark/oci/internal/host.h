#ifndef HALLMARK_OCI_INTERNAL_HOST_H_
#define HALLMARK_OCI_INTERNAL_HOST_H_

#include <optional>
#include <string>
#include <string_view>

namespace hallmark::oci::internal {

// Private to the module: the "domain" of the distribution/reference grammar, host [":" port], in
// its one canonical spelling; nullopt when it follows no spelling at all. Lower case; IPv6 in the
// form of RFC 5952 between brackets, without zone and embedded IPv4; a host that ends in a number
// must be four decimal octets, because libraries read "127.1" and "0x7f000001" as addresses too;
// a port is 1 to 65535 without leading zeros, and 443 is left out unless the host would then be
// taken for a path component.
std::optional<std::string> CanonicalDomain(std::string_view text);

// Whether the first part of a name is a domain and not a path component.
bool LooksLikeDomain(std::string_view first_part);

}  // namespace hallmark::oci::internal

#endif  // HALLMARK_OCI_INTERNAL_HOST_H_
