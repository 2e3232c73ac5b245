#ifndef HALLMARK_CRYPTO_PRIVATE_KEY_H_
#define HALLMARK_CRYPTO_PRIVATE_KEY_H_

#include <memory>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/base/secret.h"
#include "hallmark/crypto/public_key.h"
#include "hallmark/crypto/signer.h"

namespace hallmark::crypto {

// A private key in this process. Its encoded form only ever lives in Secret.
class PrivateKey {
 public:
  // What `hallmark key generate --type` offers; RSA sizes are named by their bits.
  enum class Kind : std::uint8_t {
    kEcdsaP256 = 1,
    kEcdsaP384,
    kEd25519,
    kRsa3072,
    kRsa4096,
    kRsaPss3072,
    kRsaPss4096,
  };
  static Result<PrivateKey> Generate(Kind kind);

  // DER PKCS#8 PrivateKeyInfo (RFC 5208/5958), unencrypted; also the older "EC PRIVATE KEY"
  // (RFC 5915) and "RSA PRIVATE KEY" (RFC 8017 A.1.2) DER. The public half must satisfy
  // PublicKey's rules and belong to the private half.
  static Result<PrivateKey> FromDer(const Secret& der);

  // PKCS#8 "ENCRYPTED PRIVATE KEY" (PBES2 with PBKDF2 or scrypt, AES-CBC). kDenied when the
  // passphrase is wrong; kLimit when the derivation costs more than crypto/limits.h allows (A112);
  // kUnsupported for other schemes, such as those of PKCS#12.
  static Result<PrivateKey> FromEncryptedPkcs8(ByteView der, const Secret& passphrase);
  // What FromEncryptedPkcs8 refuses whatever the passphrase: asked before anyone is bothered for
  // it.
  static Result<Done> CheckEncryptedPkcs8(ByteView der);

  Secret ToPkcs8() const;
  const PublicKey& public_key() const;

  // `scheme` must be one that public_key().CanUse(); ECDSA signatures are DER.
  Result<Bytes> Sign(Scheme scheme, ByteView message) const;

  PrivateKey(PrivateKey&&) noexcept;
  PrivateKey& operator=(PrivateKey&&) noexcept;
  ~PrivateKey();

 private:
  struct Impl;
  explicit PrivateKey(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// A Signer over a private key in memory. `scheme` must be usable with the key.
std::unique_ptr<Signer> MakeSigner(PrivateKey key, Scheme scheme);

}  // namespace hallmark::crypto

#endif  // HALLMARK_CRYPTO_PRIVATE_KEY_H_
