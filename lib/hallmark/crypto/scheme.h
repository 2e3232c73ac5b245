#ifndef HALLMARK_CRYPTO_SCHEME_H_
#define HALLMARK_CRYPTO_SCHEME_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace hallmark::crypto {

// A signature scheme with every parameter fixed. It comes from the key, the certificate or the
// policy, never from the message. ECDSA signatures are strict DER (X9.62) unless a function says
// otherwise; PSS uses the hash for MGF1 and, when signing, a salt of the hash's length. Ed25519ph
// is RFC 8032 section 5.1 with an empty context; it is verified, never signed with.
enum class Scheme : std::uint8_t {
  kEcdsaP256Sha256 = 1,
  kEcdsaP256Sha384,
  kEcdsaP256Sha512,
  kEcdsaP384Sha256,
  kEcdsaP384Sha384,
  kEcdsaP384Sha512,
  kEcdsaP521Sha256,
  kEcdsaP521Sha384,
  kEcdsaP521Sha512,
  kEd25519,
  kEd25519ph,
  kRsaPkcs1Sha256,
  kRsaPkcs1Sha384,
  kRsaPkcs1Sha512,
  kRsaPssSha256,
  kRsaPssSha384,
  kRsaPssSha512,
};

// "ecdsa-p256-sha256", "ed25519", "ed25519ph", "rsa-pkcs1-sha256", "rsa-pss-sha512", ...
std::string_view ToName(Scheme scheme);
std::optional<Scheme> SchemeFromName(std::string_view name);

enum class KeyType : std::uint8_t {
  kEcdsaP256 = 1,
  kEcdsaP384,
  kEcdsaP521,
  kEd25519,
  kRsa,     // SPKI algorithm rsaEncryption
  kRsaPss,  // SPKI algorithm id-RSASSA-PSS (RFC 4055)
};

// "ecdsa-p256", "ecdsa-p384", "ecdsa-p521", "ed25519", "rsa", "rsa-pss".
std::string_view ToName(KeyType type);

}  // namespace hallmark::crypto

#endif  // HALLMARK_CRYPTO_SCHEME_H_
