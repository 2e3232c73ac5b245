#ifndef HALLMARK_CRYPTO_INTERNAL_PUBLIC_KEY_IMPL_H_
#define HALLMARK_CRYPTO_INTERNAL_PUBLIC_KEY_IMPL_H_

#include <optional>
#include <vector>

#include "hallmark/crypto/internal/signature_check.h"
#include "hallmark/crypto/public_key.h"

// Private to the module: shared by PublicKey and PrivateKey.
namespace hallmark::crypto {

struct PublicKey::Impl {
  openssl::Pkey key;
  KeyType type;
  int bits;
  Fingerprint fingerprint;
  Bytes spki;
  std::size_t key_bits_size;  // at the end of spki
  std::span<const Scheme> default_schemes;
  std::vector<SignatureCheck> checks;  // one a scheme that CanUse()
};

}  // namespace hallmark::crypto

#endif  // HALLMARK_CRYPTO_INTERNAL_PUBLIC_KEY_IMPL_H_
