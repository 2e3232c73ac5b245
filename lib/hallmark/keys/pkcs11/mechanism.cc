#include "hallmark/keys/pkcs11/internal/mechanism.h"

#include <algorithm>
#include <iterator>

#include "hallmark/base/check.h"
#include "hallmark/crypto/hash.h"

namespace hallmark::keys {
namespace {

namespace mechanism = cryptoki::mechanism;
using crypto::HashAlgorithm;
using crypto::Scheme;

// RFC 8017 section 9.2, note 1: DigestInfo up to the hash. The hashes' object identifiers differ in
// their last byte, and in the lengths.
Bytes DigestInfo(HashAlgorithm algorithm, const Bytes& hash) {
  const auto size = static_cast<std::uint8_t>(hash.size());
  const auto which = static_cast<std::uint8_t>(algorithm);  // 1, 2, 3 as in NIST's arc
  const std::uint8_t head[] = {0x30,  static_cast<std::uint8_t>(17 + size),
                               0x30,  0x0D,
                               0x06,  0x09,
                               0x60,  0x86,
                               0x48,  0x01,
                               0x65,  0x03,
                               0x04,  0x02,
                               which, 0x05,
                               0x00,  0x04,
                               size};
  Bytes info(std::size(head) + hash.size());
  std::ranges::copy(hash, std::ranges::copy(head, info.begin()).out);
  return info;
}

cryptoki::PssParameters PssFor(HashAlgorithm algorithm) {
  switch (algorithm) {
    case HashAlgorithm::kSha256:
      return {mechanism::kSha256, mechanism::kMgf1Sha256, 32};
    case HashAlgorithm::kSha384:
      return {mechanism::kSha384, mechanism::kMgf1Sha384, 48};
    case HashAlgorithm::kSha512:
      return {mechanism::kSha512, mechanism::kMgf1Sha512, 64};
  }
  HALLMARK_CHECK(false);
}

TokenOperation Ecdsa(HashAlgorithm algorithm, ByteView message) {
  return {mechanism::kEcdsa, std::nullopt, crypto::Hash(algorithm, message)};
}

TokenOperation Pkcs1(HashAlgorithm algorithm, ByteView message) {
  return {mechanism::kRsaPkcs, std::nullopt,
          DigestInfo(algorithm, crypto::Hash(algorithm, message))};
}

TokenOperation Pss(HashAlgorithm algorithm, ByteView message) {
  return {mechanism::kRsaPss, PssFor(algorithm), crypto::Hash(algorithm, message)};
}

}  // namespace

std::optional<TokenOperation> OperationFor(Scheme scheme, ByteView message) {
  switch (scheme) {
    case Scheme::kEcdsaP256Sha256:
    case Scheme::kEcdsaP384Sha256:
    case Scheme::kEcdsaP521Sha256:
      return Ecdsa(HashAlgorithm::kSha256, message);
    case Scheme::kEcdsaP256Sha384:
    case Scheme::kEcdsaP384Sha384:
    case Scheme::kEcdsaP521Sha384:
      return Ecdsa(HashAlgorithm::kSha384, message);
    case Scheme::kEcdsaP256Sha512:
    case Scheme::kEcdsaP384Sha512:
    case Scheme::kEcdsaP521Sha512:
      return Ecdsa(HashAlgorithm::kSha512, message);
    case Scheme::kEd25519:
      return TokenOperation{mechanism::kEddsa, std::nullopt, Bytes(message.begin(), message.end())};
    case Scheme::kRsaPkcs1Sha256:
      return Pkcs1(HashAlgorithm::kSha256, message);
    case Scheme::kRsaPkcs1Sha384:
      return Pkcs1(HashAlgorithm::kSha384, message);
    case Scheme::kRsaPkcs1Sha512:
      return Pkcs1(HashAlgorithm::kSha512, message);
    case Scheme::kRsaPssSha256:
      return Pss(HashAlgorithm::kSha256, message);
    case Scheme::kRsaPssSha384:
      return Pss(HashAlgorithm::kSha384, message);
    case Scheme::kRsaPssSha512:
      return Pss(HashAlgorithm::kSha512, message);
    case Scheme::kEd25519ph:
    default:
      return std::nullopt;
  }
}

}  // namespace hallmark::keys
