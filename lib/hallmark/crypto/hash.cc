#include "hallmark/crypto/hash.h"

#include "hallmark/base/check.h"
#include "hallmark/crypto/internal/openssl.h"

namespace hallmark::crypto {

std::size_t HashSize(HashAlgorithm algorithm) {
  switch (algorithm) {
    case HashAlgorithm::kSha256:
      return 32;
    case HashAlgorithm::kSha384:
      return 48;
    case HashAlgorithm::kSha512:
      return 64;
  }
  HALLMARK_CHECK(false);
}

Bytes Hash(HashAlgorithm algorithm, ByteView content) {
  Hasher hasher(algorithm);
  hasher.Update(content);
  return std::move(hasher).Finish();
}

struct Hasher::Impl {
  HashAlgorithm algorithm;
  openssl::MdCtx ctx;
};

Hasher::Hasher(HashAlgorithm algorithm)
    : impl_(std::make_unique<Impl>(Impl{algorithm, openssl::MdCtx(EVP_MD_CTX_new())})) {
  const openssl::Md md = openssl::Fetch(algorithm);
  HALLMARK_CHECK(impl_->ctx != nullptr);
  HALLMARK_CHECK(EVP_DigestInit_ex2(impl_->ctx.get(), md.get(), nullptr) == 1);
}

Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;
Hasher::~Hasher() = default;

void Hasher::Update(ByteView piece) {
  HALLMARK_CHECK(EVP_DigestUpdate(impl_->ctx.get(), piece.data(), piece.size()) == 1);
}

Bytes Hasher::Finish() && {
  Bytes digest(HashSize(impl_->algorithm));
  HALLMARK_CHECK(EVP_DigestFinal_ex(impl_->ctx.get(), digest.data(), nullptr) == 1);
  return digest;
}

}  // namespace hallmark::crypto
