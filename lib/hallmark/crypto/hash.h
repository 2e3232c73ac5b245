#ifndef HALLMARK_CRYPTO_HASH_H_
#define HALLMARK_CRYPTO_HASH_H_

#include <array>
#include <cstdint>
#include <memory>

#include "hallmark/base/bytes.h"

namespace hallmark::crypto {

enum class HashAlgorithm : std::uint8_t { kSha256 = 1, kSha384, kSha512 };

std::size_t HashSize(HashAlgorithm algorithm);

// FIPS 180-4, in one call.
Bytes Hash(HashAlgorithm algorithm, ByteView content);

// The same over content that arrives in pieces (files too large to hold).
class Hasher {
 public:
  explicit Hasher(HashAlgorithm algorithm);
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;
  ~Hasher();
  void Update(ByteView piece);
  Bytes Finish() &&;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hallmark::crypto

#endif  // HALLMARK_CRYPTO_HASH_H_
