#ifndef HALLMARK_TESTS_CONFORMANCE_PUBLIC_KEY_DER_H_
#define HALLMARK_TESTS_CONFORMANCE_PUBLIC_KEY_DER_H_

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/scheme.h"

// DER around bare numbers: what the library takes is SubjectPublicKeyInfo and X9.62 signatures.
namespace hallmark::conformance {

// Bytes of a coordinate, and of r and s: 32, 48 or 66; 0 for keys that are no ECDSA keys.
std::size_t FieldSize(crypto::KeyType type);

// RFC 5480 SubjectPublicKeyInfo of an uncompressed point; both coordinates have FieldSize bytes.
struct Point {
  Bytes x;
  Bytes y;
};
Bytes EcSpki(crypto::KeyType type, const Point& point);

// RFC 3279 section 2.3.1 SubjectPublicKeyInfo.
struct RsaNumbers {
  Bytes modulus;   // big endian
  Bytes exponent;  // big endian
};
Bytes RsaSpki(const RsaNumbers& numbers);

// r || s (IEEE P1363) as ECDSA-Sig-Value. kMalformed unless both have exactly FieldSize bytes.
Result<Bytes> P1363ToDer(crypto::KeyType type, ByteView signature);

}  // namespace hallmark::conformance

#endif  // HALLMARK_TESTS_CONFORMANCE_PUBLIC_KEY_DER_H_
