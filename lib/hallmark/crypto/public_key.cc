#include "hallmark/crypto/public_key.h"

#include <sodium.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "hallmark/base/check.h"
#include "hallmark/base/printable.h"
#include "hallmark/crypto/internal/public_key_impl.h"
#include "hallmark/crypto/internal/spki.h"
#include "hallmark/encoding/hex.h"
#include "hallmark/encoding/pem.h"

namespace hallmark::crypto {
namespace {

using enum Scheme;

// What a key may be used with, the default schemes first and `defaults` of them.
struct Usable {
  std::span<const Scheme> schemes;
  std::size_t defaults;
};

Usable UsableWithPss(std::optional<HashAlgorithm> hash) {
  static constexpr auto kAll = std::to_array({kRsaPssSha256, kRsaPssSha384, kRsaPssSha512});
  const std::span<const Scheme> all(kAll);
  if (!hash) return {all, all.size()};
  return {all.subspan(static_cast<std::size_t>(*hash) - 1, 1), 1};
}

Usable UsableWith(const KeyAlgorithm& algorithm) {
  static constexpr auto kP256 =
      std::to_array({kEcdsaP256Sha256, kEcdsaP256Sha384, kEcdsaP256Sha512});
  static constexpr auto kP384 =
      std::to_array({kEcdsaP384Sha384, kEcdsaP384Sha256, kEcdsaP384Sha512});
  static constexpr auto kP521 =
      std::to_array({kEcdsaP521Sha512, kEcdsaP521Sha256, kEcdsaP521Sha384});
  static constexpr auto kEd = std::to_array({kEd25519, kEd25519ph});
  static constexpr auto kRsa = std::to_array({kRsaPkcs1Sha256, kRsaPkcs1Sha384, kRsaPkcs1Sha512,
                                              kRsaPssSha256, kRsaPssSha384, kRsaPssSha512});
  switch (algorithm.type) {
    case KeyType::kEcdsaP256:
      return {kP256, 1};
    case KeyType::kEcdsaP384:
      return {kP384, 2};
    case KeyType::kEcdsaP521:
      return {kP521, 2};
    case KeyType::kEd25519:
      return {kEd, 2};
    case KeyType::kRsa:
      return {kRsa, 1};
    case KeyType::kRsaPss:
      return UsableWithPss(algorithm.pss_hash);
  }
  HALLMARK_CHECK(false);
}

// The key's size in bits. Everything that could be wrong with its numbers is looked at here.
Result<int> CheckNumbers(const SpkiParts& parts) {
  if (const Curve* curve = FindCurve(parts.algorithm.type)) {
    HALLMARK_RETURN_IF_ERROR(CheckEcPoint(*curve, parts.key));
    return curve->bits;
  }
  if (parts.algorithm.type == KeyType::kEd25519) {
    HALLMARK_RETURN_IF_ERROR(CheckEd25519Point(parts.key));
    return 255;
  }
  HALLMARK_ASSIGN(const RsaPublicNumbers numbers, ParseRsaPublicKey(parts.key));
  return BitLength(numbers.modulus);
}

Fingerprint FingerprintOf(ByteView spki) {
  // libsodium's, because OpenSSL's first hash costs a millisecond: see PublicKey::Prepare.
  Fingerprint fingerprint;
  static_assert(std::tuple_size_v<Fingerprint> == crypto_hash_sha256_BYTES);
  HALLMARK_CHECK(crypto_hash_sha256(fingerprint.data(), spki.data(), spki.size()) == 0);
  return fingerprint;
}

}  // namespace

Result<PublicKey> PublicKey::FromSpki(ByteView der) {
  HALLMARK_ASSIGN(const SpkiParts parts, ParseSpki(der));
  HALLMARK_ASSIGN(const int bits, CheckNumbers(parts));
  const Usable usable = UsableWith(parts.algorithm);
  auto impl = std::make_shared<Impl>();
  impl->type = parts.algorithm.type;
  impl->bits = bits;
  impl->fingerprint = FingerprintOf(der);
  impl->spki.assign(der.begin(), der.end());
  impl->object.Of(impl->spki);
  impl->key_bits_size = parts.key.size();
  impl->default_schemes = usable.schemes.first(usable.defaults);
  for (const Scheme scheme : usable.schemes) impl->checks.emplace_back(impl->object, scheme, bits);
  return PublicKey(std::move(impl));
}

Result<PublicKey> PublicKey::FromPem(std::string_view pem) {
  HALLMARK_ASSIGN(const encoding::PemBlock block, encoding::ParsePem(pem));
  if (block.label != "PUBLIC KEY") {
    return Error(ErrorCode::kMalformed,
                 "want PEM \"PUBLIC KEY\", found \"" + Printable(block.label) + "\"");
  }
  return FromSpki(block.bytes);
}

KeyType PublicKey::type() const { return impl_->type; }
int PublicKey::bits() const { return impl_->bits; }
const Fingerprint& PublicKey::fingerprint() const { return impl_->fingerprint; }
ByteView PublicKey::spki() const { return impl_->spki; }
ByteView PublicKey::key_bits() const { return spki().last(impl_->key_bits_size); }

std::string PublicKey::id() const { return encoding::ToHex(ByteView(impl_->fingerprint).first(8)); }

std::string PublicKey::ToPem() const { return encoding::ToPem("PUBLIC KEY", impl_->spki); }

bool PublicKey::CanUse(Scheme scheme) const {
  return std::ranges::find(impl_->checks, scheme, &SignatureCheck::scheme) != impl_->checks.end();
}

void PublicKey::Prepare() const {
  for (const SignatureCheck& check : impl_->checks) {
    if (check.scheme() == impl_->default_schemes.front()) check.Prepare();
  }
}

std::span<const Scheme> PublicKey::DefaultSchemes() const { return impl_->default_schemes; }

bool PublicKey::IsSignedBy(Scheme scheme, ByteView message, ByteView signature) const {
  const auto check = std::ranges::find(impl_->checks, scheme, &SignatureCheck::scheme);
  return check != impl_->checks.end() && check->Holds(message, signature);
}

bool PublicKey::MaySign(Scheme scheme, HashAlgorithm algorithm, ByteView hash,
                        ByteView signature) const {
  const auto check = std::ranges::find(impl_->checks, scheme, &SignatureCheck::scheme);
  return check != impl_->checks.end() && check->HoldsForHash(algorithm, hash, signature);
}

std::optional<SignedBytes> PublicKey::Verify(Scheme scheme, ByteView message,
                                             ByteView signature) const {
  if (!IsSignedBy(scheme, message, signature)) return std::nullopt;
  return SignedBytes(Bytes(message.begin(), message.end()));
}

}  // namespace hallmark::crypto
