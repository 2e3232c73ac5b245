#include "hallmark/crypto/key_derivation.h"

#include <sodium.h>

#include <bit>
#include <string>

#include "hallmark/base/check.h"

namespace hallmark::crypto {
namespace {

std::string Describe(const ScryptCost& cost) {
  return "scrypt cost N=" + std::to_string(cost.n) + " r=" + std::to_string(cost.r) +
         " p=" + std::to_string(cost.p);
}

}  // namespace

Result<Done> CheckCost(const ScryptCost& cost) {
  if (!std::has_single_bit(cost.n) || cost.r == 0 || cost.p == 0) {
    return Error(ErrorCode::kMalformed, Describe(cost) + " is not one that scrypt has");
  }
  // In this order no product can overflow.
  const bool bounded = cost.n >= kMinScryptN && cost.n <= kMaxScryptN &&
                       cost.r <= kMaxScryptBlocks && cost.p <= kMaxScryptBlocks &&
                       cost.r * cost.p <= kMaxScryptBlocks &&
                       128 * cost.n * cost.r <= kMaxScryptMemory;
  if (bounded) return Done();
  return Error(ErrorCode::kLimit,
               Describe(cost) + " is outside of what is accepted: N 4096 to 1048576, r*p at most " +
                   std::to_string(kMaxScryptBlocks) + ", 1 GiB");
}

Result<Secret> Scrypt(const Secret& passphrase, ByteView salt, const ScryptCost& cost,
                      std::size_t size) {
  HALLMARK_RETURN_IF_ERROR(CheckCost(cost));
  HALLMARK_CHECK(sodium_init() >= 0);
  Secret key(size);
  const ByteView password = passphrase.ExposeSecret();
  // libsodium maps the working memory and unmaps it at once; malloc might keep it.
  if (crypto_pwhash_scryptsalsa208sha256_ll(password.data(), password.size(), salt.data(),
                                            salt.size(), cost.n, static_cast<std::uint32_t>(cost.r),
                                            static_cast<std::uint32_t>(cost.p),
                                            key.ExposeSecretForWriting().data(), size) != 0) {
    return Error(ErrorCode::kLimit, Describe(cost) + ": not enough memory");
  }
  return key;
}

}  // namespace hallmark::crypto
