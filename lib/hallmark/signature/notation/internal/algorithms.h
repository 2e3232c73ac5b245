#ifndef HALLMARK_SIGNATURE_NOTATION_INTERNAL_ALGORITHMS_H_
#define HALLMARK_SIGNATURE_NOTATION_INTERNAL_ALGORITHMS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "hallmark/crypto/public_key.h"
#include "hallmark/crypto/scheme.h"

namespace hallmark::signature::notation {

// signature-specification.md, "Algorithm Selection": the key says the scheme, and there is exactly
// one for each key that may sign.
struct Algorithm {
  crypto::KeyType key_type;
  int key_bits;
  crypto::Scheme scheme;
  std::string_view name;  // JWS "alg" (RFC 7518 section 3.1)
  std::int64_t cose;      // COSE "alg" (RFC 9053 section 2.1, RFC 8230 section 2)
};

// Null for keys that the specification does not allow: Ed25519, other RSA sizes, id-RSASSA-PSS.
const Algorithm* AlgorithmOf(const crypto::PublicKey& key);

// Null when no algorithm of the table is called so.
const Algorithm* AlgorithmNamed(std::string_view name);

// The table's name of a COSE algorithm, or the number in decimal.
std::string NameOfCoseAlgorithm(std::int64_t number);

}  // namespace hallmark::signature::notation

#endif  // HALLMARK_SIGNATURE_NOTATION_INTERNAL_ALGORITHMS_H_
