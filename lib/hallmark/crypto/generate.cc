#include <openssl/core_names.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <utility>

#include "hallmark/base/check.h"
#include "hallmark/crypto/internal/openssl.h"
#include "hallmark/crypto/internal/private_key_der.h"
#include "hallmark/crypto/private_key.h"

// New keys: OpenSSL or libsodium makes the numbers, PrivateKey::FromDer checks them like anyone's.
namespace hallmark::crypto {
namespace {

// One number of a key, big-endian, without a copy outside of guarded memory.
Secret NumberOf(const openssl::Pkey& key, const char* name, std::size_t size) {
  Secret number(size);
  const auto room = number.ExposeSecretForWriting();
  std::array<OSSL_PARAM, 2> params = {OSSL_PARAM_construct_BN(name, room.data(), room.size()),
                                      OSSL_PARAM_construct_end()};
  HALLMARK_CHECK(EVP_PKEY_get_params(key.get(), params.data()) == 1);
  std::ranges::reverse(room);
  return number;
}

Result<Secret> NewEc(KeyType type) {
  const Curve& curve = *FindCurve(type);
  const openssl::Pkey key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve.group));
  if (key == nullptr) return openssl::Complain(ErrorCode::kInternal, "make EC key");
  const Secret scalar = NumberOf(key, OSSL_PKEY_PARAM_PRIV_KEY, curve.field_bytes);
  HALLMARK_ASSIGN(const Bytes point, EcPointOf(curve, scalar.ExposeSecret()));
  const Secret inner = EncodeEcPrivateKey(curve, scalar.ExposeSecret(), point);
  return EncodePkcs8({type, std::nullopt}, inner.ExposeSecret());
}

Secret NewEd25519() {
  HALLMARK_CHECK(sodium_init() >= 0);
  Secret seed(32);
  randombytes_buf(seed.ExposeSecretForWriting().data(), seed.size());
  return EncodePkcs8({KeyType::kEd25519, std::nullopt}, seed.ExposeSecret());
}

Result<Secret> NewRsa(const KeyAlgorithm& algorithm, std::size_t bits) {
  const openssl::Pkey key(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", bits));
  if (key == nullptr) return openssl::Complain(ErrorCode::kInternal, "make RSA key");
  const std::size_t whole = bits / 8;
  const std::size_t half = whole / 2;
  const Secret n = NumberOf(key, OSSL_PKEY_PARAM_RSA_N, whole);
  const Secret e = NumberOf(key, OSSL_PKEY_PARAM_RSA_E, sizeof(std::uint64_t));
  const Secret d = NumberOf(key, OSSL_PKEY_PARAM_RSA_D, whole);
  const Secret p = NumberOf(key, OSSL_PKEY_PARAM_RSA_FACTOR1, half);
  const Secret q = NumberOf(key, OSSL_PKEY_PARAM_RSA_FACTOR2, half);
  const Secret dp = NumberOf(key, OSSL_PKEY_PARAM_RSA_EXPONENT1, half);
  const Secret dq = NumberOf(key, OSSL_PKEY_PARAM_RSA_EXPONENT2, half);
  const Secret q_inverse = NumberOf(key, OSSL_PKEY_PARAM_RSA_COEFFICIENT1, half);
  const Secret inner = EncodeRsaPrivateKey({{n.ExposeSecret(), e.ExposeSecret()},
                                            d.ExposeSecret(),
                                            p.ExposeSecret(),
                                            q.ExposeSecret(),
                                            dp.ExposeSecret(),
                                            dq.ExposeSecret(),
                                            q_inverse.ExposeSecret()});
  return EncodePkcs8(algorithm, inner.ExposeSecret());
}

Result<Secret> NewPkcs8(PrivateKey::Kind kind) {
  constexpr KeyAlgorithm kPlain{KeyType::kRsa, std::nullopt};
  constexpr KeyAlgorithm kPss{KeyType::kRsaPss, HashAlgorithm::kSha256};
  switch (kind) {
    case PrivateKey::Kind::kEcdsaP256:
      return NewEc(KeyType::kEcdsaP256);
    case PrivateKey::Kind::kEcdsaP384:
      return NewEc(KeyType::kEcdsaP384);
    case PrivateKey::Kind::kEd25519:
      return NewEd25519();
    case PrivateKey::Kind::kRsa3072:
      return NewRsa(kPlain, 3072);
    case PrivateKey::Kind::kRsa4096:
      return NewRsa(kPlain, 4096);
    case PrivateKey::Kind::kRsaPss3072:
      return NewRsa(kPss, 3072);
    case PrivateKey::Kind::kRsaPss4096:
      return NewRsa(kPss, 4096);
  }
  HALLMARK_CHECK(false);
}

}  // namespace

Result<PrivateKey> PrivateKey::Generate(Kind kind) {
  openssl::Start();
  HALLMARK_ASSIGN(const Secret pkcs8, NewPkcs8(kind));
  return FromDer(pkcs8);
}

}  // namespace hallmark::crypto
