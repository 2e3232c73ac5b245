#ifndef HALLMARK_X509_SIGNATURE_ALGORITHM_H_
#define HALLMARK_X509_SIGNATURE_ALGORITHM_H_

#include <cstdint>
#include <optional>

#include "hallmark/base/bytes.h"
#include "hallmark/crypto/hash.h"
#include "hallmark/crypto/public_key.h"

// What AlgorithmIdentifiers of certificates and of CMS say, as far as Hallmark uses it. Elements
// are whole and already DER (encoding/der.h, CheckDer).
namespace hallmark::x509 {

struct SignatureAlgorithm {
  enum class Family : std::uint8_t { kEcdsa = 1, kRsaPkcs1, kRsaPss, kEd25519 };
  Family family;
  crypto::HashAlgorithm hash;  // of no meaning for Ed25519
};

// SHA-256, SHA-384 and SHA-512, with parameters NULL or none. nullopt for all others.
std::optional<crypto::HashAlgorithm> ReadHashAlgorithm(ByteView element);

// ECDSA, RSA PKCS#1 v1.5 and RSASSA-PSS with those hashes, and Ed25519. PSS has MGF1 of the same
// hash and a salt of its length (RFC 4055 section 3.1). nullopt for all others.
std::optional<SignatureAlgorithm> ReadSignatureAlgorithm(ByteView element);

// The key says what it can do; nullopt when the algorithm is another kind of key's.
std::optional<crypto::Scheme> SchemeFor(const crypto::PublicKey& key,
                                        const SignatureAlgorithm& algorithm);

}  // namespace hallmark::x509

#endif  // HALLMARK_X509_SIGNATURE_ALGORITHM_H_
