#ifndef HALLMARK_CRYPTO_INTERNAL_SIGNATURE_CHECK_H_
#define HALLMARK_CRYPTO_INTERNAL_SIGNATURE_CHECK_H_

#include "hallmark/base/bytes.h"
#include "hallmark/crypto/internal/openssl.h"
#include "hallmark/crypto/internal/scheme_facts.h"

// Private to the module: one key, one scheme, everything that can be looked up once looked up.
namespace hallmark::crypto {

class SignatureCheck {
 public:
  // `key` must fit the scheme. Never fails for a key that was made.
  SignatureCheck(EVP_PKEY* key, Scheme scheme);

  Scheme scheme() const { return scheme_; }
  // The checks that PublicKey::Verify promises. Safe from several threads at once.
  bool Holds(ByteView message, ByteView signature) const;

 private:
  bool HoldsForDigest(ByteView message, ByteView signature) const;
  bool HoldsForMessage(ByteView message, ByteView signature) const;
  bool HoldsForPrehash(ByteView message, ByteView signature) const;

  Scheme scheme_;
  const SchemeFacts* facts_;
  EVP_PKEY* key_;                   // not owned
  std::size_t signature_size_ = 0;  // of RSA and Ed25519
  openssl::Md md_;
  openssl::PkeyCtx prepared_;  // copied for each use
};

// Sets padding, salt length and hash on a context initialised for signing or verifying.
bool SetParameters(EVP_PKEY_CTX* ctx, const SchemeFacts& facts, const EVP_MD* md);

// Ecdsa-Sig-Value (RFC 3279 section 2.2.3) in strict DER, r and s not zero. That both are below n
// is OpenSSL's check.
bool IsStrictEcdsaSignature(ByteView signature);

}  // namespace hallmark::crypto

#endif  // HALLMARK_CRYPTO_INTERNAL_SIGNATURE_CHECK_H_
