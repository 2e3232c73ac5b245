#ifndef HALLMARK_CRYPTO_INTERNAL_PKEY_H_
#define HALLMARK_CRYPTO_INTERNAL_PKEY_H_

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/base/secret.h"
#include "hallmark/crypto/internal/key_algorithm.h"
#include "hallmark/crypto/internal/openssl.h"

// Private to the module: OpenSSL key objects from the numbers a key consists of. Built by hand
// instead of by OpenSSL's decoders, which leave copies of private keys in freed memory, accept much
// more than DER, and cost a millisecond at first use. Numbers are big-endian.
namespace hallmark::crypto {

struct RsaPublicNumbers {
  ByteView modulus;
  ByteView exponent;
};

struct RsaPrivateNumbers {
  RsaPublicNumbers known;
  ByteView d, p, q, dp, dq, q_inverse;
};

// kMalformed when the uncompressed point (SEC 1 section 2.3.3) is not on the curve.
Result<Done> CheckEcPoint(const Curve& curve, ByteView point);
Result<openssl::Pkey> MakeEcPublic(const Curve& curve, ByteView point);
Result<openssl::Pkey> MakeEcPrivate(const Curve& curve, ByteView point, ByteView scalar);
// The point of a private scalar. kMalformed unless 1 <= scalar < n.
Result<Bytes> EcPointOf(const Curve& curve, ByteView scalar);

// kMalformed when it is no point of the main subgroup.
Result<Done> CheckEd25519Point(ByteView key);
Result<openssl::Pkey> MakeEd25519Public(ByteView key);
Result<openssl::Pkey> MakeEd25519Private(ByteView seed);
Result<Bytes> Ed25519PublicOf(const openssl::Pkey& key);

Result<openssl::Pkey> MakeRsaPublic(const RsaPublicNumbers& numbers);
// kMalformed unless p * q is the modulus.
Result<openssl::Pkey> MakeRsaPrivate(const RsaPrivateNumbers& numbers);

}  // namespace hallmark::crypto

#endif  // HALLMARK_CRYPTO_INTERNAL_PKEY_H_
