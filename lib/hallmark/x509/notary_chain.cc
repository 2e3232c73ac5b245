#include "hallmark/x509/notary_chain.h"

#include <algorithm>
#include <array>

#include "hallmark/x509/internal/issuance.h"
#include "hallmark/x509/limits.h"

namespace hallmark::x509 {
namespace {

using internal::Fault;
using internal::Issuance;
using MaybeFault = std::optional<PathFault>;

MaybeFault CheckKeyUsage(const Certificate& certificate, Purpose purpose, KeyUsageBit wanted) {
  const auto& usage = certificate.key_usage();
  if (!usage) return Fault("chain", certificate, "it has no key usage");
  if (!usage->critical && purpose == Purpose::kNotarySigning) {
    return Fault("chain", certificate, "its key usage is not critical");
  }
  if (!usage->Has(wanted)) return Fault("chain", certificate, "its key usage lacks what it does");
  return std::nullopt;
}

// "Root and Intermediate CA Certificates". `below` is how many CAs stand between it and the leaf.
MaybeFault CheckCa(const Certificate& certificate, Purpose purpose, std::size_t below) {
  const auto& constraints = certificate.basic_constraints();
  if (!constraints || !constraints->critical || !constraints->is_ca) {
    return Fault("chain", certificate, "it is no CA by critical basic constraints");
  }
  if (constraints->path_length && *constraints->path_length < below) {
    return Fault("chain", certificate, "more CAs stand below it than its path length allows");
  }
  return CheckKeyUsage(certificate, purpose, KeyUsageBit::kKeyCertSign);
}

MaybeFault CheckLeafKeyUsage(const Certificate& leaf, Purpose purpose) {
  if (auto fault = CheckKeyUsage(leaf, purpose, KeyUsageBit::kDigitalSignature)) return fault;
  constexpr auto kForbidden =
      std::to_array({KeyUsageBit::kKeyEncipherment, KeyUsageBit::kDataEncipherment,
                     KeyUsageBit::kKeyAgreement, KeyUsageBit::kKeyCertSign, KeyUsageBit::kCrlSign,
                     KeyUsageBit::kEncipherOnly, KeyUsageBit::kDecipherOnly});
  if (std::ranges::any_of(kForbidden,
                          [&](KeyUsageBit bit) { return leaf.key_usage()->Has(bit); })) {
    return Fault("chain", leaf, "its key usage names more than signatures");
  }
  return std::nullopt;
}

MaybeFault CheckLeafPurpose(const Certificate& leaf, Purpose purpose) {
  const auto& usage = leaf.extended_key_usage();
  if (purpose == Purpose::kTimestamping) {
    if (usage && usage->critical && usage->purposes.size() == 1 && usage->Has(oid::kTimeStamping)) {
      return std::nullopt;
    }
    return Fault("chain", leaf,
                 "its extended key usage is not timestamping alone, marked critical");
  }
  constexpr auto kForbidden = std::to_array<std::string_view>(
      {oid::kAnyExtendedKeyUsage, oid::kServerAuth, oid::kClientAuth, oid::kEmailProtection,
       oid::kTimeStamping, oid::kOcspSigning});
  if (usage && std::ranges::any_of(kForbidden, [&](auto type) { return usage->Has(type); })) {
    return Fault("chain", leaf, "its extended key usage names what a signer must not do");
  }
  return std::nullopt;
}

// "Key Length" and "Algorithm Selection".
MaybeFault CheckLeafKey(const Certificate& leaf) {
  const auto key = leaf.public_key();
  if (!key.ok()) return Fault("algorithm", leaf, key.error().message());
  switch (key.value().type()) {
    case crypto::KeyType::kEcdsaP256:
    case crypto::KeyType::kEcdsaP384:
    case crypto::KeyType::kEcdsaP521:
      return std::nullopt;
    case crypto::KeyType::kRsa: {
      const int bits = key.value().bits();
      if (bits == 2048 || bits == 3072 || bits == 4096) return std::nullopt;
      return Fault("algorithm", leaf, "its RSA key has not 2048, 3072 or 4096 bits");
    }
    default:
      return Fault("algorithm", leaf, "its key is neither ECDSA nor RSA");
  }
}

// "Leaf Certificates".
MaybeFault CheckLeaf(const Certificate& leaf, Purpose purpose) {
  if (leaf.IsCa()) return Fault("chain", leaf, "it signs and is a CA");
  if (auto fault = CheckLeafKeyUsage(leaf, purpose)) return fault;
  if (auto fault = CheckLeafPurpose(leaf, purpose)) return fault;
  return CheckLeafKey(leaf);
}

MaybeFault CheckIssuer(const Certificate& certificate, const Certificate& issuer) {
  if (!(certificate.issuer() == issuer.subject())) {
    return Fault("chain", certificate, "the next certificate is not its issuer's");
  }
  switch (internal::CheckIssuance(certificate, issuer)) {
    case Issuance::kHolds:
      return std::nullopt;
    case Issuance::kAlgorithm:
      return Fault("algorithm", certificate,
                   "its signature's algorithm or its issuer's key is weak");
    case Issuance::kBadSignature:
    default:
      return Fault("chain", certificate, "it is not signed by the next certificate");
  }
}

// "Other requirements", 1 and 2: one root, at the end.
MaybeFault CheckOrder(std::span<const Certificate> chain) {
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const bool last = i + 1 == chain.size();
    if (!last && chain[i].IsSelfIssued() &&
        internal::CheckIssuance(chain[i], chain[i]) == Issuance::kHolds) {
      return Fault("chain", chain[i], "it is self-signed and more certificates follow");
    }
    if (last && !chain[i].IsSelfIssued()) {
      return Fault("chain", chain[i], "the chain ends without a self-signed root");
    }
    if (auto fault = CheckIssuer(chain[i], last ? chain[i] : chain[i + 1])) return fault;
  }
  return std::nullopt;
}

}  // namespace

MaybeFault CheckNotaryChain(std::span<const Certificate> chain, Purpose purpose, UnixTime at) {
  if (chain.empty()) return PathFault{"chain", "no certificate"};
  if (purpose != Purpose::kNotarySigning && purpose != Purpose::kTimestamping) {
    return Fault("chain", chain[0], "no purpose of the Notary Project");
  }
  if (chain.size() > kMaxPathCertificates) {
    return Fault("limit", chain[0], "a chain of more than 10 certificates");
  }
  if (auto fault = CheckLeaf(chain[0], purpose)) return fault;
  for (std::size_t i = 1; i < chain.size(); ++i) {
    if (auto fault = CheckCa(chain[i], purpose, i - 1)) return fault;
  }
  if (auto fault = CheckOrder(chain)) return fault;
  return internal::CheckTimes(chain, at);
}

}  // namespace hallmark::x509
