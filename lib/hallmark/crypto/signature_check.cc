#include "hallmark/crypto/internal/signature_check.h"

#include <openssl/rsa.h>
#include <sodium.h>

#include <array>
#include <utility>

#include "hallmark/base/check.h"
#include "hallmark/crypto/internal/der.h"
#include "hallmark/crypto/internal/spki.h"

namespace hallmark::crypto {
namespace {

bool IsZero(ByteView magnitude) { return magnitude.size() == 1 && magnitude[0] == 0; }

struct Digest {
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> bytes;
  unsigned size = 0;
};

Digest DigestOf(const EVP_MD* md, ByteView message) {
  Digest digest;
  const openssl::MdCtx ctx(EVP_MD_CTX_new());
  HALLMARK_CHECK(ctx != nullptr && EVP_DigestInit_ex2(ctx.get(), md, nullptr) == 1);
  HALLMARK_CHECK(EVP_DigestUpdate(ctx.get(), message.data(), message.size()) == 1);
  HALLMARK_CHECK(EVP_DigestFinal_ex(ctx.get(), digest.bytes.data(), &digest.size) == 1);
  return digest;
}

Result<openssl::Pkey> MakePublicKey(ByteView spki) {
  HALLMARK_ASSIGN(const SpkiParts parts, ParseSpki(spki));
  if (const Curve* curve = FindCurve(parts.algorithm.type)) return MakeEcPublic(*curve, parts.key);
  if (parts.algorithm.type == KeyType::kEd25519) return MakeEd25519Public(parts.key);
  HALLMARK_ASSIGN(const RsaPublicNumbers numbers, ParseRsaPublicKey(parts.key));
  return MakeRsaPublic(numbers);
}

}  // namespace

bool SetParameters(EVP_PKEY_CTX* ctx, const SchemeFacts& facts, const EVP_MD* md) {
  if (EVP_PKEY_CTX_set_signature_md(ctx, md) != 1) return false;
  switch (facts.padding) {
    case Padding::kNone:
      return true;
    case Padding::kPkcs1:
      return EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PADDING) == 1;
    case Padding::kPss:
      return EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PSS_PADDING) == 1 &&
             EVP_PKEY_CTX_set_rsa_mgf1_md(ctx, md) == 1 &&
             EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, RSA_PSS_SALTLEN_DIGEST) == 1;
  }
  HALLMARK_CHECK(false);
}

bool IsStrictEcdsaSignature(ByteView signature) {
  der::Reader outer(signature);
  der::Reader body = outer.Enter(der::kSequence);
  const ByteView r = body.TakeUnsigned();
  const ByteView s = body.TakeUnsigned();
  return outer.Finished() && body.Finished() && !IsZero(r) && !IsZero(s);
}

EVP_PKEY* KeyObject::Get() const {
  std::call_once(once_, [this] {
    Result<openssl::Pkey> made = MakePublicKey(spki_);
    if (made.ok()) key_ = std::move(made).value();
  });
  return key_.get();
}

SignatureCheck::SignatureCheck(const KeyObject& key, Scheme scheme, int key_bits)
    : scheme_(scheme), facts_(&FactsOf(scheme)), key_(key) {
  if (!facts_->hash) {
    signature_size_ = 64;
  } else if (facts_->padding != Padding::kNone) {
    signature_size_ = (static_cast<std::size_t>(key_bits) + 7) / 8;
  }
}

void SignatureCheck::Prepare() const {
  std::call_once(once_, [this] {
    EVP_PKEY* key = key_.Get();
    HALLMARK_CHECK(key != nullptr);
    if (!facts_->hash) return;
    md_ = openssl::Fetch(*facts_->hash);
    prepared_.reset(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    HALLMARK_CHECK(prepared_ != nullptr && EVP_PKEY_verify_init(prepared_.get()) == 1);
    HALLMARK_CHECK(SetParameters(prepared_.get(), *facts_, md_.get()));
  });
}

bool SignatureCheck::HasShape(ByteView signature) const {
  return signature_size_ != 0 ? signature.size() == signature_size_
                              : IsStrictEcdsaSignature(signature);
}

bool SignatureCheck::Holds(ByteView message, ByteView signature) const {
  if (!HasShape(signature)) return false;
  Prepare();
  if (scheme_ == Scheme::kEd25519ph) return HoldsForPrehash(message, signature);
  bool holds = false;
  if (facts_->hash) {
    const Digest digest = DigestOf(md_.get(), message);
    holds = HoldsForDigest(ByteView(digest.bytes).first(digest.size), signature);
  } else {
    holds = HoldsForMessage(message, signature);
  }
  if (!holds) openssl::Forget();
  return holds;
}

bool SignatureCheck::HoldsForHash(HashAlgorithm algorithm, ByteView hash,
                                  ByteView signature) const {
  if (facts_->hash != algorithm || hash.size() != HashSize(algorithm)) return false;
  if (!HasShape(signature)) return false;
  Prepare();
  const bool holds = HoldsForDigest(hash, signature);
  if (!holds) openssl::Forget();
  return holds;
}

bool SignatureCheck::HoldsForDigest(ByteView digest, ByteView signature) const {
  const openssl::PkeyCtx ctx(EVP_PKEY_CTX_dup(prepared_.get()));
  HALLMARK_CHECK(ctx != nullptr);
  return EVP_PKEY_verify(ctx.get(), signature.data(), signature.size(), digest.data(),
                         digest.size()) == 1;
}

// OpenSSL learnt Ed25519ph in 3.2; libsodium has it as its multi-part signature.
bool SignatureCheck::HoldsForPrehash(ByteView message, ByteView signature) const {
  std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> raw{};
  std::size_t size = raw.size();
  HALLMARK_CHECK(EVP_PKEY_get_raw_public_key(key_.Get(), raw.data(), &size) == 1 &&
                 size == raw.size());
  HALLMARK_CHECK(sodium_init() >= 0);
  crypto_sign_state state;
  return crypto_sign_init(&state) == 0 &&
         crypto_sign_update(&state, message.data(), message.size()) == 0 &&
         crypto_sign_final_verify(&state, signature.data(), raw.data()) == 0;
}

bool SignatureCheck::HoldsForMessage(ByteView message, ByteView signature) const {
  const openssl::MdCtx ctx(EVP_MD_CTX_new());
  HALLMARK_CHECK(ctx != nullptr);
  return EVP_DigestVerifyInit(ctx.get(), nullptr, nullptr, nullptr, key_.Get()) == 1 &&
         EVP_DigestVerify(ctx.get(), signature.data(), signature.size(), message.data(),
                          message.size()) == 1;
}

}  // namespace hallmark::crypto
