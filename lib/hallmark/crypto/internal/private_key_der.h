#ifndef HALLMARK_CRYPTO_INTERNAL_PRIVATE_KEY_DER_H_
#define HALLMARK_CRYPTO_INTERNAL_PRIVATE_KEY_DER_H_

#include <optional>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/base/secret.h"
#include "hallmark/crypto/internal/key_algorithm.h"
#include "hallmark/crypto/internal/pkey.h"

// Private to the module: private keys taken apart and built, all in guarded memory.
namespace hallmark::crypto {

// What a private key text holds; views into it.
struct PrivateKeyParts {
  KeyAlgorithm algorithm;
  // RSAPrivateKey; ECPrivateKey; the 32 bytes of an Ed25519 seed.
  ByteView key;
  // OneAsymmetricKey's copy of the public key (RFC 5958), content of the BIT STRING.
  std::optional<ByteView> public_bits;
};

// PKCS#8, or the bare ECPrivateKey (with its curve) or RSAPrivateKey of older tools.
Result<PrivateKeyParts> ParsePrivateKeyDer(ByteView der);
Secret EncodePkcs8(const KeyAlgorithm& algorithm, ByteView key);

// ECPrivateKey (RFC 5915 section 3). The scalar has at most the field's length.
struct EcPrivateParts {
  ByteView scalar;
  std::optional<ByteView> curve_name;  // whole element
  std::optional<ByteView> point;
};
Result<EcPrivateParts> ParseEcPrivateKey(ByteView der);
Secret EncodeEcPrivateKey(const Curve& curve, ByteView scalar, ByteView point);

// RSAPrivateKey (RFC 8017 A.1.2) of two primes, public numbers within the limits.
Result<RsaPrivateNumbers> ParseRsaPrivateKey(ByteView der);
Secret EncodeRsaPrivateKey(const RsaPrivateNumbers& numbers);

}  // namespace hallmark::crypto

#endif  // HALLMARK_CRYPTO_INTERNAL_PRIVATE_KEY_DER_H_
