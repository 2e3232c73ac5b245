#include "hallmark/x509/internal/issuance.h"

#include <array>

#include "hallmark/base/printable.h"
#include "hallmark/crypto/hash.h"
#include "hallmark/encoding/der.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/x509/internal/certificate_parts.h"

namespace hallmark::x509::internal {
namespace {

namespace der = encoding::der;
using crypto::HashAlgorithm;
using crypto::KeyType;
using crypto::Scheme;

enum class Family : std::uint8_t { kEcdsa = 1, kPkcs1, kPss, kEd25519 };
struct Algorithm {
  Family family;
  HashAlgorithm hash;  // of no meaning for Ed25519
};

struct Known {
  std::string_view type;
  Algorithm algorithm;
};
constexpr auto kKnown = std::to_array<Known>({
    {"1.2.840.10045.4.3.2", {Family::kEcdsa, HashAlgorithm::kSha256}},
    {"1.2.840.10045.4.3.3", {Family::kEcdsa, HashAlgorithm::kSha384}},
    {"1.2.840.10045.4.3.4", {Family::kEcdsa, HashAlgorithm::kSha512}},
    {"1.2.840.113549.1.1.11", {Family::kPkcs1, HashAlgorithm::kSha256}},
    {"1.2.840.113549.1.1.12", {Family::kPkcs1, HashAlgorithm::kSha384}},
    {"1.2.840.113549.1.1.13", {Family::kPkcs1, HashAlgorithm::kSha512}},
    {"1.3.101.112", {Family::kEd25519, HashAlgorithm::kSha512}},
});
constexpr std::string_view kPss = "1.2.840.113549.1.1.10";
constexpr std::string_view kMgf1 = "1.2.840.113549.1.1.8";

std::optional<HashAlgorithm> ReadHash(der::Reader body) {
  const std::string type = der::OidText(body.Take(der::kObjectId));
  if (body.Sees(der::kNull)) body.Take(der::kNull);
  if (!body.Finished()) return std::nullopt;
  if (type == "2.16.840.1.101.3.4.2.1") return HashAlgorithm::kSha256;
  if (type == "2.16.840.1.101.3.4.2.2") return HashAlgorithm::kSha384;
  if (type == "2.16.840.1.101.3.4.2.3") return HashAlgorithm::kSha512;
  return std::nullopt;
}

// RFC 4055 section 3.1: SHA-2, MGF1 of the same hash, salt of its length. Fields left out mean
// SHA-1.
std::optional<Algorithm> ReadPss(der::Reader parameters) {
  const auto hash = ReadHash(parameters.Enter(der::Explicit(0)).Enter(der::kSequence));
  der::Reader mgf = parameters.Enter(der::Explicit(1)).Enter(der::kSequence);
  const std::string mgf_type = der::OidText(mgf.Take(der::kObjectId));
  const auto mgf_hash = ReadHash(mgf.Enter(der::kSequence));
  const std::uint64_t salt = parameters.Enter(der::Explicit(2)).TakeSmall();
  if (!parameters.Finished() || !mgf.Finished() || !hash || hash != mgf_hash) return std::nullopt;
  if (mgf_type != kMgf1 || salt != crypto::HashSize(*hash)) return std::nullopt;
  return Algorithm{Family::kPss, *hash};
}

std::optional<Algorithm> ReadAlgorithm(ByteView algorithm) {
  der::Reader whole(algorithm);
  der::Reader body = whole.Enter(der::kSequence);
  const std::string type = der::OidText(body.Take(der::kObjectId));
  if (type == kPss) {
    der::Reader parameters = body.Enter(der::kSequence);
    return body.Finished() ? ReadPss(parameters) : std::nullopt;
  }
  for (const Known& known : kKnown) {
    if (known.type != type) continue;
    // RFC 3279 section 2.2.1: NULL for RSA, though some leave it out; nothing for the others.
    if (known.algorithm.family == Family::kPkcs1 && body.Sees(der::kNull)) body.Take(der::kNull);
    return body.Finished() ? std::optional(known.algorithm) : std::nullopt;
  }
  return std::nullopt;
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

// The key says what it can do; nullopt when the certificate says something else.
std::optional<Scheme> SchemeOf(KeyType type, const Algorithm& algorithm) {
  const bool rsa = algorithm.family == Family::kPkcs1 || algorithm.family == Family::kPss;
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
          algorithm.family == Family::kPss ? Scheme::kRsaPssSha256 : Scheme::kRsaPkcs1Sha256,
          algorithm.hash);
  }
  return std::nullopt;
}

}  // namespace

PathFault Fault(std::string_view reason, const Certificate& about, std::string_view what) {
  return {std::string(reason),
          "certificate of \"" + Printable(about.subject().text()) + "\": " + std::string(what)};
}

Issuance CheckIssuance(const Certificate& certificate, const Certificate& issuer) {
  const auto algorithm = ReadAlgorithm(certificate.parts().algorithm);
  if (!algorithm) return Issuance::kAlgorithm;
  const auto key = issuer.public_key();
  if (!key.ok()) return Issuance::kAlgorithm;
  const auto scheme = SchemeOf(key.value().type(), *algorithm);
  // Another kind of key than the signature's: it is not this issuer's.
  if (!scheme || !key.value().CanUse(*scheme)) return Issuance::kBadSignature;
  const CertificateParts& parts = certificate.parts();
  return key.value().IsSignedBy(*scheme, parts.signed_part, parts.signature)
             ? Issuance::kHolds
             : Issuance::kBadSignature;
}

std::optional<PathFault> CheckTimes(std::span<const Certificate> chain, UnixTime at) {
  for (const Certificate& certificate : chain) {
    if (at > certificate.not_after()) {
      return Fault("expired", certificate,
                   "was current until " + encoding::ToRfc3339(certificate.not_after()) + ", not " +
                       encoding::ToRfc3339(at));
    }
    if (at < certificate.not_before()) {
      return Fault("not-yet-current", certificate,
                   "is current from " + encoding::ToRfc3339(certificate.not_before()) + ", not " +
                       encoding::ToRfc3339(at));
    }
  }
  return std::nullopt;
}

}  // namespace hallmark::x509::internal
