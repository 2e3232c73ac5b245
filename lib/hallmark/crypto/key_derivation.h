#ifndef HALLMARK_CRYPTO_KEY_DERIVATION_H_
#define HALLMARK_CRYPTO_KEY_DERIVATION_H_

#include <cstdint>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/base/secret.h"
#include "hallmark/crypto/limits.h"

namespace hallmark::crypto {

// The price of a scrypt derivation (RFC 7914 section 2). Memory is 128 * n * r bytes.
struct ScryptCost {
  std::uint64_t n;
  std::uint64_t r;
  std::uint64_t p;
};

// Whether a foreign file may ask for that price: kLimit outside of crypto/limits.h (n below
// kMinScryptN is too cheap to protect anything), kMalformed when n is no power of two or r or p is
// zero. Looks at the numbers only.
Result<Done> CheckCost(const ScryptCost& cost);

// RFC 7914. CheckCost comes first; then kLimit only when the machine has not the memory, which is
// given back to the system before this returns.
Result<Secret> Scrypt(const Secret& passphrase, ByteView salt, const ScryptCost& cost,
                      std::size_t size);

}  // namespace hallmark::crypto

#endif  // HALLMARK_CRYPTO_KEY_DERIVATION_H_
