#ifndef HALLMARK_CRYPTO_INTERNAL_KEY_ALGORITHM_H_
#define HALLMARK_CRYPTO_INTERNAL_KEY_ALGORITHM_H_

#include <optional>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/hash.h"
#include "hallmark/crypto/scheme.h"

// Private to the module: the AlgorithmIdentifier that says what a key in SubjectPublicKeyInfo or
// PKCS#8 is (RFC 5480, RFC 8410, RFC 4055).
namespace hallmark::crypto {

struct Curve {
  KeyType type;
  int bits;
  std::size_t field_bytes;
  int nid;            // OpenSSL's number
  const char* group;  // OpenSSL's name
};
// Null when keys of that type have no curve parameters.
const Curve* FindCurve(KeyType type);

struct KeyAlgorithm {
  KeyType type;
  std::optional<HashAlgorithm> pss_hash;  // kRsaPss whose parameters allow that hash only
};

// `algorithm` is the whole element. kUnsupported for what Hallmark does not use, kMalformed for
// what is not an AlgorithmIdentifier in DER.
Result<KeyAlgorithm> ParseKeyAlgorithm(ByteView algorithm);

// The inverse: the whole element.
Bytes EncodeKeyAlgorithm(const KeyAlgorithm& algorithm);

// The curve that the parameters of an old "EC PRIVATE KEY" name; the whole element.
Result<KeyAlgorithm> ParseCurveName(ByteView parameters);

}  // namespace hallmark::crypto

#endif  // HALLMARK_CRYPTO_INTERNAL_KEY_ALGORITHM_H_
