#include "hallmark/crypto/scheme.h"

#include <array>

#include "hallmark/base/check.h"
#include "hallmark/crypto/internal/scheme_facts.h"

namespace hallmark::crypto {
namespace {

constexpr auto kSha256 = HashAlgorithm::kSha256;
constexpr auto kSha384 = HashAlgorithm::kSha384;
constexpr auto kSha512 = HashAlgorithm::kSha512;

// clang-format off
constexpr std::array<SchemeFacts, 17> kFacts = {{
    {Scheme::kEcdsaP256Sha256, "ecdsa-p256-sha256", KeyType::kEcdsaP256, kSha256, Padding::kNone},
    {Scheme::kEcdsaP256Sha384, "ecdsa-p256-sha384", KeyType::kEcdsaP256, kSha384, Padding::kNone},
    {Scheme::kEcdsaP256Sha512, "ecdsa-p256-sha512", KeyType::kEcdsaP256, kSha512, Padding::kNone},
    {Scheme::kEcdsaP384Sha256, "ecdsa-p384-sha256", KeyType::kEcdsaP384, kSha256, Padding::kNone},
    {Scheme::kEcdsaP384Sha384, "ecdsa-p384-sha384", KeyType::kEcdsaP384, kSha384, Padding::kNone},
    {Scheme::kEcdsaP384Sha512, "ecdsa-p384-sha512", KeyType::kEcdsaP384, kSha512, Padding::kNone},
    {Scheme::kEcdsaP521Sha256, "ecdsa-p521-sha256", KeyType::kEcdsaP521, kSha256, Padding::kNone},
    {Scheme::kEcdsaP521Sha384, "ecdsa-p521-sha384", KeyType::kEcdsaP521, kSha384, Padding::kNone},
    {Scheme::kEcdsaP521Sha512, "ecdsa-p521-sha512", KeyType::kEcdsaP521, kSha512, Padding::kNone},
    {Scheme::kEd25519, "ed25519", KeyType::kEd25519, std::nullopt, Padding::kNone},
    {Scheme::kEd25519ph, "ed25519ph", KeyType::kEd25519, std::nullopt, Padding::kNone},
    {Scheme::kRsaPkcs1Sha256, "rsa-pkcs1-sha256", KeyType::kRsa, kSha256, Padding::kPkcs1},
    {Scheme::kRsaPkcs1Sha384, "rsa-pkcs1-sha384", KeyType::kRsa, kSha384, Padding::kPkcs1},
    {Scheme::kRsaPkcs1Sha512, "rsa-pkcs1-sha512", KeyType::kRsa, kSha512, Padding::kPkcs1},
    {Scheme::kRsaPssSha256, "rsa-pss-sha256", KeyType::kRsa, kSha256, Padding::kPss},
    {Scheme::kRsaPssSha384, "rsa-pss-sha384", KeyType::kRsa, kSha384, Padding::kPss},
    {Scheme::kRsaPssSha512, "rsa-pss-sha512", KeyType::kRsa, kSha512, Padding::kPss},
}};
// clang-format on

}  // namespace

const SchemeFacts& FactsOf(Scheme scheme) {
  const std::size_t index = static_cast<std::size_t>(scheme) - 1;
  HALLMARK_CHECK(index < kFacts.size());
  HALLMARK_CHECK(kFacts[index].scheme == scheme);
  return kFacts[index];
}

std::string_view ToName(Scheme scheme) { return FactsOf(scheme).name; }

std::optional<Scheme> SchemeFromName(std::string_view name) {
  for (const SchemeFacts& facts : kFacts) {
    if (facts.name == name) return facts.scheme;
  }
  return std::nullopt;
}

std::string_view ToName(KeyType type) {
  switch (type) {
    case KeyType::kEcdsaP256:
      return "ecdsa-p256";
    case KeyType::kEcdsaP384:
      return "ecdsa-p384";
    case KeyType::kEcdsaP521:
      return "ecdsa-p521";
    case KeyType::kEd25519:
      return "ed25519";
    case KeyType::kRsa:
      return "rsa";
    case KeyType::kRsaPss:
      return "rsa-pss";
  }
  HALLMARK_CHECK(false);
}

}  // namespace hallmark::crypto
