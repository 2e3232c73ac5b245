#ifndef HALLMARK_CRYPTO_SECRET_BOX_H_
#define HALLMARK_CRYPTO_SECRET_BOX_H_

#include <array>
#include <cstdint>
#include <optional>

#include "hallmark/base/bytes.h"
#include "hallmark/base/secret.h"

namespace hallmark::crypto {

// NaCl's secretbox (XSalsa20 and Poly1305), the tag in front of the ciphertext.
inline constexpr std::size_t kSecretBoxKeySize = 32;
using SecretBoxNonce = std::array<std::uint8_t, 24>;

// `key` has kSecretBoxKeySize bytes. A nonce must never serve twice with one key.
Bytes SealSecretBox(const Secret& key, const SecretBoxNonce& nonce, const Secret& content);

// nullopt: not sealed with this key and nonce, or changed since.
std::optional<Secret> OpenSecretBox(const Secret& key, const SecretBoxNonce& nonce,
                                    ByteView sealed);

// Bytes that nobody can foresee, from the operating system's generator.
Bytes RandomBytes(std::size_t size);

}  // namespace hallmark::crypto

#endif  // HALLMARK_CRYPTO_SECRET_BOX_H_
