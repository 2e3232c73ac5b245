#include "hallmark/x509/signature_algorithm.h"

#include <array>
#include <string_view>

#include "hallmark/encoding/der.h"

namespace hallmark::x509 {
namespace {

namespace der = encoding::der;
using crypto::HashAlgorithm;
using crypto::KeyType;
using crypto::Scheme;
using Family = SignatureAlgorithm::Family;

struct Known {
  std::string_view type;
  SignatureAlgorithm algorithm;
};
constexpr auto kKnown = std::to_array<Known>({
    {"1.2.840.10045.4.3.2", {Family::kEcdsa, HashAlgorithm::kSha256}},
    {"1.2.840.10045.4.3.3", {Family::kEcdsa, HashAlgorithm::kSha384}},
    {"1.2.840.10045.4.3.4", {Family::kEcdsa, HashAlgorithm::kSha512}},
    {"1.2.840.113549.1.1.11", {Family::kRsaPkcs1, HashAlgorithm::kSha256}},
    {"1.2.840.113549.1.1.12", {Family::kRsaPkcs1, HashAlgorithm::kSha384}},
    {"1.2.840.113549.1.1.13", {Family::kRsaPkcs1, HashAlgorithm::kSha512}},
    {"1.3.101.112", {Family::kEd25519, HashAlgorithm::kSha512}},
});
constexpr std::string_view kPss = "1.2.840.113549.1.1.10";
constexpr std::string_view kMgf1 = "1.2.840.113549.1.1.8";

// Fields left out mean SHA-1.
std::optional<SignatureAlgorithm> ReadPss(der::Reader parameters) {
  const auto hash = ReadHashAlgorithm(parameters.Enter(der::Explicit(0)).TakeWhole());
  der::Reader mgf = parameters.Enter(der::Explicit(1)).Enter(der::kSequence);
  const std::string mgf_type = der::OidText(mgf.Take(der::kObjectId));
  const auto mgf_hash = ReadHashAlgorithm(mgf.TakeWhole());
  const std::uint64_t salt = parameters.Enter(der::Explicit(2)).TakeSmall();
  if (!parameters.Finished() || !mgf.Finished() || !hash || hash != mgf_hash) return std::nullopt;
  if (mgf_type != kMgf1 || salt != crypto::HashSize(*hash)) return std::nullopt;
  return SignatureAlgorithm{Family::kRsaPss, *hash};
}

// The scheme `first` is that with SHA-256; those with SHA-384 and SHA-512 follow it.
Scheme WithHash(Scheme first, HashAlgorithm hash) {
  const int offset = static_cast<int>(hash) - static_cast<int>(HashAlgorithm::kSha256);
  return static_cast<Scheme>(static_cast<int>(first) + offset);
}
static_assert(static_cast<int>(Scheme::kEcdsaP256Sha512) ==
              static_cast<int>(Scheme::kEcdsaP256Sha256) + 2);
static_assert(static_cast<int>(Scheme::kRsaPssSha512) ==
              static_cast<int>(Scheme::kRsaPssSha256) + 2);

std::optional<Scheme> SchemeOf(KeyType type, const SignatureAlgorithm& algorithm) {
  const bool rsa = algorithm.family == Family::kRsaPkcs1 || algorithm.family == Family::kRsaPss;
  switch (type) {
    case KeyType::kEcdsaP256:
      if (algorithm.family != Family::kEcdsa) return std::nullopt;
      return WithHash(Scheme::kEcdsaP256Sha256, algorithm.hash);
    case KeyType::kEcdsaP384:
      if (algorithm.family != Family::kEcdsa) return std::nullopt;
      return WithHash(Scheme::kEcdsaP384Sha256, algorithm.hash);
    case KeyType::kEcdsaP521:
      if (algorithm.family != Family::kEcdsa) return std::nullopt;
      return WithHash(Scheme::kEcdsaP521Sha256, algorithm.hash);
    case KeyType::kEd25519:
      if (algorithm.family != Family::kEd25519) return std::nullopt;
      return Scheme::kEd25519;
    case KeyType::kRsa:
    case KeyType::kRsaPss:
      if (!rsa) return std::nullopt;
      return WithHash(
          algorithm.family == Family::kRsaPss ? Scheme::kRsaPssSha256 : Scheme::kRsaPkcs1Sha256,
          algorithm.hash);
  }
  return std::nullopt;
}

}  // namespace

std::optional<HashAlgorithm> ReadHashAlgorithm(ByteView element) {
  der::Reader whole(element);
  der::Reader body = whole.Enter(der::kSequence);
  const std::string type = der::OidText(body.Take(der::kObjectId));
  if (body.Sees(der::kNull)) body.Take(der::kNull);
  if (!body.Finished()) return std::nullopt;
  if (type == "2.16.840.1.101.3.4.2.1") return HashAlgorithm::kSha256;
  if (type == "2.16.840.1.101.3.4.2.2") return HashAlgorithm::kSha384;
  if (type == "2.16.840.1.101.3.4.2.3") return HashAlgorithm::kSha512;
  return std::nullopt;
}

std::optional<SignatureAlgorithm> ReadSignatureAlgorithm(ByteView element) {
  der::Reader whole(element);
  der::Reader body = whole.Enter(der::kSequence);
  const std::string type = der::OidText(body.Take(der::kObjectId));
  if (type == kPss) {
    der::Reader parameters = body.Enter(der::kSequence);
    return body.Finished() ? ReadPss(parameters) : std::nullopt;
  }
  for (const Known& known : kKnown) {
    if (known.type != type) continue;
    // RFC 3279 section 2.2.1: NULL for RSA, though some leave it out; nothing for the others.
    const bool rsa = known.algorithm.family == Family::kRsaPkcs1;
    if (rsa && body.Sees(der::kNull)) body.Take(der::kNull);
    return body.Finished() ? std::optional(known.algorithm) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<Scheme> SchemeFor(const crypto::PublicKey& key, const SignatureAlgorithm& algorithm) {
  const auto scheme = SchemeOf(key.type(), algorithm);
  return scheme && key.CanUse(*scheme) ? scheme : std::nullopt;
}

}  // namespace hallmark::x509
