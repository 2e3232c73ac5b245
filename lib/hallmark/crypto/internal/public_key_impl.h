#ifndef HALLMARK_CRYPTO_INTERNAL_PUBLIC_KEY_IMPL_H_
#define HALLMARK_CRYPTO_INTERNAL_PUBLIC_KEY_IMPL_H_

#include <deque>

#include "hallmark/crypto/internal/signature_check.h"
#include "hallmark/crypto/public_key.h"

// Private to the module: shared by PublicKey and PrivateKey.
namespace hallmark::crypto {

struct PublicKey::Impl {
  KeyObject object;
  KeyType type;
  int bits;
  Fingerprint fingerprint;
  Bytes spki;
  std::size_t key_bits_size;  // at the end of spki
  std::span<const Scheme> default_schemes;
  std::deque<SignatureCheck> checks;  // one a scheme that CanUse()
};

}  // namespace hallmark::crypto

#endif  // HALLMARK_CRYPTO_INTERNAL_PUBLIC_KEY_IMPL_H_
