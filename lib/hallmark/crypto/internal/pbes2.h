#ifndef HALLMARK_CRYPTO_INTERNAL_PBES2_H_
#define HALLMARK_CRYPTO_INTERNAL_PBES2_H_

#include <cstdint>
#include <variant>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/key_derivation.h"

// Private to the module: EncryptedPrivateKeyInfo (RFC 5958 section 3) with PBES2 (RFC 8018).
namespace hallmark::crypto {

struct Pbkdf2Cost {
  const char* hash;  // OpenSSL's name
  std::uint64_t iterations;
};

struct Pbes2Parts {
  ByteView salt;
  std::variant<Pbkdf2Cost, ScryptCost> cost;
  const char* cipher;  // OpenSSL's name of an AES in CBC mode
  std::size_t key_bytes;
  ByteView iv;  // 16 bytes
  ByteView ciphertext;
};

// Views into `der`. Everything is checked here, before any of it is paid for: kLimit for a cost
// outside of crypto/limits.h, kUnsupported for other algorithms, kMalformed for what is not DER.
Result<Pbes2Parts> ParsePbes2(ByteView der);

}  // namespace hallmark::crypto

#endif  // HALLMARK_CRYPTO_INTERNAL_PBES2_H_
