#ifndef HALLMARK_KEYS_PKCS11_LIMITS_H_
#define HALLMARK_KEYS_PKCS11_LIMITS_H_

#include <cstddef>

// What a module may hand over. A module runs in this process and could do anything; these bounds
// are against its mistakes.
namespace hallmark::keys {

// Every attribute of RFC 7512, percent-encoded to three times its length.
inline constexpr std::size_t kMaxPkcs11UriBytes = 8192;
// A network HSM shows a slot a partition; the proxy of p11-kit one a token of every module.
inline constexpr std::size_t kMaxSlots = 256;
// Objects that one URI may match before it has to be narrower.
inline constexpr std::size_t kMaxMatches = 64;
// The largest attribute that is read is a certificate.
inline constexpr std::size_t kMaxAttributeBytes = std::size_t{64} * 1024;
// RSA of 8192 bits gives 1 KiB; some modules want room to spare.
inline constexpr std::size_t kMaxTokenSignatureBytes = 2048;
// How many tokens or objects a message lists.
inline constexpr std::size_t kMaxListed = 8;

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_PKCS11_LIMITS_H_
