#ifndef HALLMARK_CRYPTO_PUBLIC_KEY_H_
#define HALLMARK_CRYPTO_PUBLIC_KEY_H_

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/hash.h"
#include "hallmark/crypto/scheme.h"

namespace hallmark::crypto {

// Bytes a public key has vouched for. PublicKey::Verify alone makes one;
// payload parsers take SignedBytes, so they cannot be handed anything else.
class SignedBytes {
 public:
  ByteView bytes() const { return bytes_; }

 private:
  friend class PublicKey;
  explicit SignedBytes(Bytes bytes) : bytes_(std::move(bytes)) {}
  Bytes bytes_;
};

// SHA-256 of the DER SubjectPublicKeyInfo: what makes two keys the same key, however they were
// written down (A54).
using Fingerprint = std::array<std::uint8_t, 32>;

// A public key that Hallmark is willing to use: ECDSA on P-256, P-384 or P-521 with named
// parameters and the point on the curve, Ed25519, or RSA of 2048 to 8192 bits with an odd exponent
// of 65537 to 2^64. Cheap to copy; safe to use from several threads at once.
class PublicKey {
 public:
  // PEM "PUBLIC KEY" (RFC 7468 section 13) or the DER inside it (RFC 5280 section 4.1.2.7), which
  // must be canonical: re-encoding gives the same bytes. kMalformed for other text, kUnsupported
  // for another algorithm, curve, size or exponent.
  static Result<PublicKey> FromPem(std::string_view pem);
  static Result<PublicKey> FromSpki(ByteView der);

  KeyType type() const;
  int bits() const;  // modulus or field size
  const Fingerprint& fingerprint() const;
  // First 16 hexadecimal digits of the fingerprint: what messages and verdicts call the key.
  std::string id() const;
  ByteView spki() const;
  // The numbers alone: content of the SPKI's BIT STRING. Equal for one RSA key written as
  // rsaEncryption and as id-RSASSA-PSS, whose fingerprints differ.
  ByteView key_bits() const;
  std::string ToPem() const;

  bool CanUse(Scheme scheme) const;

  // The schemes a plain key of this type may have signed with when nothing narrows them: for ECDSA
  // the curve's own hash and SHA-256 (a peer signs with one and verifies with the other), Ed25519
  // and Ed25519ph (the same peer signs with the latter),
  // PKCS#1 v1.5 with SHA-256, or PSS for id-RSASSA-PSS keys (within its parameters). Most likely
  // first; static storage.
  std::span<const Scheme> DefaultSchemes() const;

  // Does ahead of time what the first verification by the first default scheme would do before
  // anything else: OpenSSL makes its key objects and looks its algorithms up. For who has a wait to
  // fill; changes no answer.
  void Prepare() const;

  // nullopt: the signature is not this key's over exactly `message` by `scheme`. ECDSA: strict
  // DER, 1 <= r, s < n. RSA: exact length, exact padding. PSS: salt of the hash's length.
  std::optional<SignedBytes> Verify(Scheme scheme, ByteView message, ByteView signature) const;

  // The same without copying the message, for callers whose message is only an encoding around
  // what they parse. True is proof only for the caller that keeps the bytes.
  // Kept apart so that no parser can be fed from it: see SignedBytes.
  bool IsSignedBy(Scheme scheme, ByteView message, ByteView signature) const;

  // Whether it would be a signature over whatever has this hash: for putting in order what is not
  // read yet. No proof of anything; false for schemes that hash otherwise or not at all (Ed25519).
  bool MaySign(Scheme scheme, HashAlgorithm algorithm, ByteView hash, ByteView signature) const;

 private:
  friend class PrivateKey;
  struct Impl;
  explicit PublicKey(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace hallmark::crypto

#endif  // HALLMARK_CRYPTO_PUBLIC_KEY_H_
