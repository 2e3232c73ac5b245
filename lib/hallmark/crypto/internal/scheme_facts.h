#ifndef HALLMARK_CRYPTO_INTERNAL_SCHEME_FACTS_H_
#define HALLMARK_CRYPTO_INTERNAL_SCHEME_FACTS_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "hallmark/crypto/hash.h"
#include "hallmark/crypto/scheme.h"

// Private to the module: what a Scheme stands for.
namespace hallmark::crypto {

enum class Padding : std::uint8_t { kNone = 1, kPkcs1, kPss };

struct SchemeFacts {
  Scheme scheme;
  std::string_view name;
  KeyType type;                       // kRsa for every RSA scheme
  std::optional<HashAlgorithm> hash;  // none: Ed25519 hashes inside
  Padding padding;
};

const SchemeFacts& FactsOf(Scheme scheme);

}  // namespace hallmark::crypto

#endif  // HALLMARK_CRYPTO_INTERNAL_SCHEME_FACTS_H_
