#include "hallmark/crypto/internal/pkey.h"

#include <openssl/core_names.h>
#include <openssl/params.h>
#include <sodium.h>

#include <algorithm>
#include <bit>
#include <utility>
#include <vector>

#include "hallmark/base/check.h"

namespace hallmark::crypto {
namespace {

using openssl::Complain;

static_assert(std::endian::native == std::endian::little);

// Parameters for EVP_PKEY_fromdata, which takes numbers in the machine's byte order.
class Params {
 public:
  void AddText(const char* name, const char* text) {
    // OpenSSL's type is not const; it only reads.
    params_.push_back(OSSL_PARAM_construct_utf8_string(name, const_cast<char*>(text), 0));
  }
  void AddBytes(const char* name, ByteView bytes) {
    params_.push_back(OSSL_PARAM_construct_octet_string(
        name, const_cast<std::uint8_t*>(bytes.data()), bytes.size()));
  }
  void AddNumber(const char* name, ByteView number) {
    Bytes& native = numbers_.emplace_back(number.rbegin(), number.rend());
    params_.push_back(OSSL_PARAM_construct_BN(name, native.data(), native.size()));
  }
  void AddSecretNumber(const char* name, ByteView number) {
    Secret& native = secret_numbers_.emplace_back(number.size());
    const auto room = native.ExposeSecretForWriting();
    std::reverse_copy(number.begin(), number.end(), room.begin());
    params_.push_back(OSSL_PARAM_construct_BN(name, room.data(), room.size()));
  }

  Result<openssl::Pkey> Make(const char* type, int selection) && {
    params_.push_back(OSSL_PARAM_construct_end());
    openssl::Start();
    const openssl::PkeyCtx ctx(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    HALLMARK_CHECK(ctx != nullptr);
    EVP_PKEY* key = nullptr;
    if (EVP_PKEY_fromdata_init(ctx.get()) != 1 ||
        EVP_PKEY_fromdata(ctx.get(), &key, selection, params_.data()) != 1) {
      return Complain(ErrorCode::kMalformed, "read key");
    }
    return openssl::Pkey(key);
  }

 private:
  std::vector<OSSL_PARAM> params_;
  std::vector<Bytes> numbers_;
  std::vector<Secret> secret_numbers_;
};

openssl::Number ToNumber(ByteView bytes) {
  openssl::Number number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
  HALLMARK_CHECK(number != nullptr);
  BN_set_flags(number.get(), BN_FLG_CONSTTIME);
  return number;
}

void AddRsaPublic(Params& params, const RsaPublicNumbers& numbers) {
  params.AddNumber(OSSL_PKEY_PARAM_RSA_N, numbers.modulus);
  params.AddNumber(OSSL_PKEY_PARAM_RSA_E, numbers.exponent);
}

bool IsProduct(ByteView product, ByteView p, ByteView q) {
  const openssl::NumberCtx ctx(BN_CTX_secure_new());
  const openssl::Number computed(BN_secure_new());
  HALLMARK_CHECK(ctx != nullptr && computed != nullptr);
  HALLMARK_CHECK(BN_mul(computed.get(), ToNumber(p).get(), ToNumber(q).get(), ctx.get()) == 1);
  return BN_cmp(computed.get(), ToNumber(product).get()) == 0;
}

}  // namespace

// Without an EVP_PKEY, whose first one makes OpenSSL look its algorithms up.
Result<Done> CheckEcPoint(const Curve& curve, ByteView point) {
  openssl::Start();
  const openssl::Group group(EC_GROUP_new_by_curve_name(curve.nid));
  HALLMARK_CHECK(group != nullptr);
  const openssl::Point decoded(EC_POINT_new(group.get()));
  HALLMARK_CHECK(decoded != nullptr);
  if (EC_POINT_oct2point(group.get(), decoded.get(), point.data(), point.size(), nullptr) != 1) {
    openssl::Forget();
    return Error(ErrorCode::kMalformed, "public key is not a point of its curve");
  }
  return Done();
}

Result<openssl::Pkey> MakeEcPublic(const Curve& curve, ByteView point) {
  Params params;
  params.AddText(OSSL_PKEY_PARAM_GROUP_NAME, curve.group);
  params.AddBytes(OSSL_PKEY_PARAM_PUB_KEY, point);
  return std::move(params).Make("EC", EVP_PKEY_PUBLIC_KEY);
}

Result<openssl::Pkey> MakeEcPrivate(const Curve& curve, ByteView point, ByteView scalar) {
  Params params;
  params.AddText(OSSL_PKEY_PARAM_GROUP_NAME, curve.group);
  params.AddBytes(OSSL_PKEY_PARAM_PUB_KEY, point);
  params.AddSecretNumber(OSSL_PKEY_PARAM_PRIV_KEY, scalar);
  return std::move(params).Make("EC", EVP_PKEY_KEYPAIR);
}

Result<Bytes> EcPointOf(const Curve& curve, ByteView scalar) {
  openssl::Start();
  const openssl::Group group(EC_GROUP_new_by_curve_name(curve.nid));
  HALLMARK_CHECK(group != nullptr);
  const openssl::Point point(EC_POINT_new(group.get()));
  const openssl::NumberCtx ctx(BN_CTX_secure_new());
  HALLMARK_CHECK(point != nullptr && ctx != nullptr);
  const openssl::Number d = ToNumber(scalar);
  if (BN_is_zero(d.get()) || BN_cmp(d.get(), EC_GROUP_get0_order(group.get())) >= 0) {
    return Error(ErrorCode::kMalformed, "private scalar out of range");
  }
  Bytes encoded(1 + 2 * curve.field_bytes);
  if (EC_POINT_mul(group.get(), point.get(), d.get(), nullptr, nullptr, ctx.get()) != 1 ||
      EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, encoded.data(),
                         encoded.size(), ctx.get()) != encoded.size()) {
    return Complain(ErrorCode::kInternal, "compute public key");
  }
  return encoded;
}

// OpenSSL takes any 32 bytes; points of small order make signatures of messages never signed.
Result<Done> CheckEd25519Point(ByteView key) {
  if (key.size() != crypto_core_ed25519_BYTES ||
      crypto_core_ed25519_is_valid_point(key.data()) != 1) {
    return Error(ErrorCode::kMalformed, "Ed25519 key is not a point of the main subgroup");
  }
  return Done();
}

Result<openssl::Pkey> MakeEd25519Public(ByteView key) {
  openssl::Start();
  openssl::Pkey made(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
  if (made == nullptr) return Complain(ErrorCode::kMalformed, "read Ed25519 key");
  return made;
}

Result<openssl::Pkey> MakeEd25519Private(ByteView seed) {
  openssl::Start();
  if (seed.size() != 32) return Error(ErrorCode::kMalformed, "Ed25519 key is not 32 bytes");
  openssl::Pkey made(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
  if (made == nullptr) return Complain(ErrorCode::kMalformed, "read Ed25519 key");
  return made;
}

Result<Bytes> Ed25519PublicOf(const openssl::Pkey& key) {
  Bytes encoded(32);
  std::size_t size = encoded.size();
  if (EVP_PKEY_get_raw_public_key(key.get(), encoded.data(), &size) != 1 || size != 32) {
    return Complain(ErrorCode::kInternal, "compute public key");
  }
  return encoded;
}

Result<openssl::Pkey> MakeRsaPublic(const RsaPublicNumbers& numbers) {
  Params params;
  AddRsaPublic(params, numbers);
  return std::move(params).Make("RSA", EVP_PKEY_PUBLIC_KEY);
}

Result<openssl::Pkey> MakeRsaPrivate(const RsaPrivateNumbers& numbers) {
  if (!IsProduct(numbers.known.modulus, numbers.p, numbers.q)) {
    return Error(ErrorCode::kMalformed, "RSA primes do not make the modulus");
  }
  Params params;
  AddRsaPublic(params, numbers.known);
  params.AddSecretNumber(OSSL_PKEY_PARAM_RSA_D, numbers.d);
  params.AddSecretNumber(OSSL_PKEY_PARAM_RSA_FACTOR1, numbers.p);
  params.AddSecretNumber(OSSL_PKEY_PARAM_RSA_FACTOR2, numbers.q);
  params.AddSecretNumber(OSSL_PKEY_PARAM_RSA_EXPONENT1, numbers.dp);
  params.AddSecretNumber(OSSL_PKEY_PARAM_RSA_EXPONENT2, numbers.dq);
  params.AddSecretNumber(OSSL_PKEY_PARAM_RSA_COEFFICIENT1, numbers.q_inverse);
  return std::move(params).Make("RSA", EVP_PKEY_KEYPAIR);
}

}  // namespace hallmark::crypto
