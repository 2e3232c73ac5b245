#ifndef HALLMARK_CRYPTO_INTERNAL_SPKI_H_
#define HALLMARK_CRYPTO_INTERNAL_SPKI_H_

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/internal/key_algorithm.h"
#include "hallmark/crypto/internal/pkey.h"

// Private to the module: SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7) taken apart and built.
namespace hallmark::crypto {

struct SpkiParts {
  KeyAlgorithm algorithm;
  ByteView key;  // content of the BIT STRING
};
// Views into `der`. The refusals are those of PublicKey::FromSpki except for what only the key's
// numbers can tell.
Result<SpkiParts> ParseSpki(ByteView der);
Bytes EncodeSpki(const KeyAlgorithm& algorithm, ByteView key);

// RSAPublicKey (RFC 8017 A.1.1) within the limits of PublicKey.
Result<RsaPublicNumbers> ParseRsaPublicKey(ByteView der);
Bytes EncodeRsaPublicKey(const RsaPublicNumbers& numbers);

// kUnsupported outside of crypto/limits.h, and for even numbers.
Result<Done> CheckRsaLimits(const RsaPublicNumbers& numbers);

// How many bits the number has.
int BitLength(ByteView magnitude);

}  // namespace hallmark::crypto

#endif  // HALLMARK_CRYPTO_INTERNAL_SPKI_H_
