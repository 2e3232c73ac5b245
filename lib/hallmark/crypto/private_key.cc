#include "hallmark/crypto/private_key.h"

#include <algorithm>
#include <utility>

#include "hallmark/base/check.h"
#include "hallmark/crypto/internal/openssl.h"
#include "hallmark/crypto/internal/private_key_der.h"
#include "hallmark/crypto/internal/public_key_impl.h"
#include "hallmark/crypto/internal/signature_check.h"
#include "hallmark/crypto/internal/spki.h"
#include "hallmark/encoding/hex.h"

namespace hallmark::crypto {

struct PrivateKey::Impl {
  openssl::Pkey key;
  PublicKey public_key;
  Secret pkcs8;
};

namespace {

// A key object together with what belongs around it.
struct Material {
  openssl::Pkey key;
  Bytes spki;
  Secret pkcs8;
};

Error Mismatched() {
  return {ErrorCode::kMalformed, "public key does not belong to the private key"};
}

Result<Material> MaterialOfEc(const PrivateKeyParts& parts, const Curve& curve) {
  HALLMARK_ASSIGN(const EcPrivateParts ec, ParseEcPrivateKey(parts.key));
  if (ec.scalar.size() > curve.field_bytes) {
    return Error(ErrorCode::kMalformed, "private scalar is longer than its curve");
  }
  if (ec.curve_name) {
    HALLMARK_ASSIGN(const KeyAlgorithm named, ParseCurveName(*ec.curve_name));
    if (named.type != curve.type) return Error(ErrorCode::kMalformed, "two different curves");
  }
  HALLMARK_ASSIGN(const Bytes point, EcPointOf(curve, ec.scalar));
  if (ec.point && !std::ranges::equal(*ec.point, point)) return Mismatched();
  if (parts.public_bits && !std::ranges::equal(*parts.public_bits, point)) return Mismatched();
  HALLMARK_ASSIGN(openssl::Pkey key, MakeEcPrivate(curve, point, ec.scalar));
  const Secret inner = EncodeEcPrivateKey(curve, ec.scalar, point);
  return Material{std::move(key), EncodeSpki(parts.algorithm, point),
                  EncodePkcs8(parts.algorithm, inner.ExposeSecret())};
}

Result<Material> MaterialOfEd25519(const PrivateKeyParts& parts) {
  HALLMARK_ASSIGN(openssl::Pkey key, MakeEd25519Private(parts.key));
  HALLMARK_ASSIGN(const Bytes point, Ed25519PublicOf(key));
  if (parts.public_bits && !std::ranges::equal(*parts.public_bits, point)) return Mismatched();
  return Material{std::move(key), EncodeSpki(parts.algorithm, point),
                  EncodePkcs8(parts.algorithm, parts.key)};
}

Result<Material> MaterialOfRsa(const PrivateKeyParts& parts) {
  HALLMARK_ASSIGN(const RsaPrivateNumbers numbers, ParseRsaPrivateKey(parts.key));
  HALLMARK_ASSIGN(openssl::Pkey key, MakeRsaPrivate(numbers));
  const Bytes known = EncodeRsaPublicKey(numbers.known);
  if (parts.public_bits && !std::ranges::equal(*parts.public_bits, known)) return Mismatched();
  const Secret inner = EncodeRsaPrivateKey(numbers);
  return Material{std::move(key), EncodeSpki(parts.algorithm, known),
                  EncodePkcs8(parts.algorithm, inner.ExposeSecret())};
}

Result<Material> MaterialOf(ByteView der) {
  HALLMARK_ASSIGN(const PrivateKeyParts parts, ParsePrivateKeyDer(der));
  if (const Curve* curve = FindCurve(parts.algorithm.type)) return MaterialOfEc(parts, *curve);
  if (parts.algorithm.type == KeyType::kEd25519) return MaterialOfEd25519(parts);
  return MaterialOfRsa(parts);
}

Result<Bytes> SignMessage(EVP_PKEY* key, ByteView message) {
  const openssl::MdCtx ctx(EVP_MD_CTX_new());
  HALLMARK_CHECK(ctx != nullptr);
  Bytes signature(64);
  std::size_t size = signature.size();
  if (EVP_DigestSignInit(ctx.get(), nullptr, nullptr, nullptr, key) != 1 ||
      EVP_DigestSign(ctx.get(), signature.data(), &size, message.data(), message.size()) != 1) {
    return openssl::Complain(ErrorCode::kInternal, "sign");
  }
  return signature;
}

Result<Bytes> SignDigest(EVP_PKEY* key, const SchemeFacts& facts, ByteView message) {
  const Bytes digest = Hash(*facts.hash, message);
  const openssl::Md md = openssl::Fetch(*facts.hash);
  const openssl::PkeyCtx ctx(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  HALLMARK_CHECK(ctx != nullptr && EVP_PKEY_sign_init(ctx.get()) == 1);
  HALLMARK_CHECK(SetParameters(ctx.get(), facts, md.get()));
  Bytes signature(static_cast<std::size_t>(EVP_PKEY_get_size(key)));
  std::size_t size = signature.size();
  if (EVP_PKEY_sign(ctx.get(), signature.data(), &size, digest.data(), digest.size()) != 1) {
    return openssl::Complain(ErrorCode::kInternal, "sign");
  }
  signature.resize(size);
  return signature;
}

class MemorySigner final : public Signer {
 public:
  MemorySigner(PrivateKey key, Scheme scheme) : key_(std::move(key)), scheme_(scheme) {}
  Scheme scheme() const override { return scheme_; }
  const PublicKey& public_key() const override { return key_.public_key(); }
  Result<Bytes> Sign(ByteView message) override { return key_.Sign(scheme_, message); }
  Result<Bytes> SignBy(Scheme wanted, ByteView message) override {
    return key_.Sign(wanted, message);
  }

 private:
  PrivateKey key_;
  Scheme scheme_;
};

}  // namespace

Result<PrivateKey> PrivateKey::FromDer(const Secret& der) {
  HALLMARK_ASSIGN(Material material, MaterialOf(der.ExposeSecret()));
  HALLMARK_ASSIGN(PublicKey public_key, PublicKey::FromSpki(material.spki));
  PrivateKey key(std::make_unique<Impl>(
      Impl{std::move(material.key), std::move(public_key), std::move(material.pkcs8)}));
  // A signature that verifies is the proof that both halves belong together, for RSA too.
  const Scheme scheme = key.public_key().DefaultSchemes().front();
  const auto probe = key.Sign(scheme, {});
  if (!probe.ok() || !key.public_key().IsSignedBy(scheme, {}, probe.value())) return Mismatched();
  return key;
}

Secret PrivateKey::ToPkcs8() const {
  Secret copy(impl_->pkcs8.size());
  std::ranges::copy(impl_->pkcs8.ExposeSecret(), copy.ExposeSecretForWriting().begin());
  return copy;
}

const PublicKey& PrivateKey::public_key() const { return impl_->public_key; }

Result<Bytes> PrivateKey::Sign(Scheme scheme, ByteView message) const {
  if (!impl_->public_key.CanUse(scheme) || scheme == Scheme::kEd25519ph) {
    return Error(ErrorCode::kUnsupported, std::string(ToName(impl_->public_key.type())) +
                                              " key cannot sign by " + std::string(ToName(scheme)));
  }
  const SchemeFacts& facts = FactsOf(scheme);
  return facts.hash ? SignDigest(impl_->key.get(), facts, message)
                    : SignMessage(impl_->key.get(), message);
}

PrivateKey::PrivateKey(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PrivateKey::PrivateKey(PrivateKey&&) noexcept = default;
PrivateKey& PrivateKey::operator=(PrivateKey&&) noexcept = default;
PrivateKey::~PrivateKey() = default;

std::unique_ptr<Signer> MakeSigner(PrivateKey key, Scheme scheme) {
  HALLMARK_CHECK(key.public_key().CanUse(scheme));
  return std::make_unique<MemorySigner>(std::move(key), scheme);
}

}  // namespace hallmark::crypto
