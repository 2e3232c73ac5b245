#ifndef HALLMARK_CRYPTO_INTERNAL_SIGNATURE_CHECK_H_
#define HALLMARK_CRYPTO_INTERNAL_SIGNATURE_CHECK_H_

#include <mutex>

#include "hallmark/base/bytes.h"
#include "hallmark/crypto/hash.h"
#include "hallmark/crypto/internal/openssl.h"
#include "hallmark/crypto/internal/scheme_facts.h"

// Private to the module: one key, one scheme, everything that can be looked up once looked up.
namespace hallmark::crypto {

// OpenSSL's object of a public key, made when it is first asked for.
class KeyObject {
 public:
  // From a SubjectPublicKeyInfo whose numbers were checked, and which outlives this.
  void Of(ByteView spki) { spki_ = spki; }
  // Null only when there is no memory.
  EVP_PKEY* Get() const;

 private:
  ByteView spki_;
  mutable std::once_flag once_;
  mutable openssl::Pkey key_;
};

class SignatureCheck {
 public:
  // `key` must fit the scheme and outlives this.
  SignatureCheck(const KeyObject& key, Scheme scheme, int key_bits);

  // What the first Holds would do first.
  void Prepare() const;

  Scheme scheme() const { return scheme_; }
  // The checks that PublicKey::Verify promises. Safe from several threads at once.
  bool Holds(ByteView message, ByteView signature) const;
  // The same for a message that has this hash; false for schemes of other hashes and of none.
  bool HoldsForHash(HashAlgorithm algorithm, ByteView hash, ByteView signature) const;

 private:
  bool HasShape(ByteView signature) const;
  bool HoldsForDigest(ByteView digest, ByteView signature) const;
  bool HoldsForMessage(ByteView message, ByteView signature) const;
  bool HoldsForPrehash(ByteView message, ByteView signature) const;

  Scheme scheme_;
  const SchemeFacts* facts_;
  const KeyObject& key_;
  std::size_t signature_size_ = 0;  // of RSA and Ed25519
  mutable std::once_flag once_;
  mutable openssl::Md md_;
  mutable openssl::PkeyCtx prepared_;  // copied for each use
};

// Sets padding, salt length and hash on a context initialised for signing or verifying.
bool SetParameters(EVP_PKEY_CTX* ctx, const SchemeFacts& facts, const EVP_MD* md);

// Ecdsa-Sig-Value (RFC 3279 section 2.2.3) in strict DER, r and s not zero. That both are below n
// is OpenSSL's check.
bool IsStrictEcdsaSignature(ByteView signature);

}  // namespace hallmark::crypto

#endif  // HALLMARK_CRYPTO_INTERNAL_SIGNATURE_CHECK_H_
