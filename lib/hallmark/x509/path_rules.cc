#include "hallmark/x509/internal/path_rules.h"

#include <algorithm>
#include <array>

#include "hallmark/x509/internal/certificate_parts.h"
#include "hallmark/x509/limits.h"

namespace hallmark::x509::internal {
namespace {

std::string_view UsageOf(Purpose purpose) {
  return purpose == Purpose::kTimestamping ? oid::kTimeStamping : oid::kCodeSigning;
}

std::optional<PathFault> CheckLeafKeyUsage(const Certificate& leaf, Purpose purpose) {
  const auto& usage = leaf.key_usage();
  if (!usage) return std::nullopt;
  const bool signs =
      usage->Has(KeyUsageBit::kDigitalSignature) ||
      // RFC 5280 section 4.2.1.12, id-kp-timeStamping.
      (purpose == Purpose::kTimestamping && usage->Has(KeyUsageBit::kNonRepudiation));
  if (!signs) return Fault("chain", leaf, "its key is not for signatures");
  if (usage->Has(KeyUsageBit::kKeyCertSign)) {
    return Fault("chain", leaf, "its key is for signing certificates");
  }
  return std::nullopt;
}

std::optional<PathFault> CheckLeafPurpose(const Certificate& leaf, Purpose purpose) {
  const auto& usage = leaf.extended_key_usage();
  switch (purpose) {
    case Purpose::kCodeSigning:
      if (usage && usage->Has(oid::kCodeSigning)) return std::nullopt;
      return Fault("chain", leaf, "its extended key usage does not name code signing");
    case Purpose::kTimestamping:  // RFC 3161 section 2.3
      if (usage && usage->critical && usage->purposes.size() == 1 &&
          usage->Has(oid::kTimeStamping)) {
        return std::nullopt;
      }
      return Fault("chain", leaf,
                   "its extended key usage is not timestamping alone, marked critical");
    case Purpose::kNotarySigning:
    default:
      return Fault("chain", leaf, "no such purpose here");
  }
}

// What this module or OpenSSL applies. Policies are in the list because everything is an
// acceptable policy as long as nothing constrains them.
bool IsUnderstood(std::string_view type) {
  constexpr auto kUnderstood = std::to_array<std::string_view>(
      {oid::kBasicConstraints, oid::kKeyUsage, oid::kExtendedKeyUsage, oid::kSubjectAltName,
       oid::kNameConstraints, oid::kCertificatePolicies});
  return std::ranges::find(kUnderstood, type) != kUnderstood.end();
}

std::optional<PathFault> CheckCritical(const Certificate& certificate) {
  for (const Extension& extension : certificate.extensions()) {
    if (extension.critical && !IsUnderstood(extension.type)) {
      return Fault("chain", certificate, "unknown critical extension " + extension.type);
    }
  }
  return std::nullopt;
}

// The work, not the constraints: those are OpenSSL's. A subject counts as one name more, and each
// of its attributes may be an address.
std::optional<PathFault> CheckConstraintWork(std::span<const Certificate> path) {
  std::size_t work = 0;
  std::size_t names = 0;
  for (const Certificate& certificate : path) {
    work += names * certificate.parts().name_constraints;
    names +=
        1 + certificate.subject().relative_names().size() + certificate.alternative_names().size();
    if (work > kMaxConstraintComparisons) {
      return Fault("limit", certificate, "too many name constraints for the names below it");
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<PathFault> CheckLeaf(const Certificate& leaf, Purpose purpose) {
  if (const auto key = leaf.public_key(); !key.ok()) {
    return Fault("algorithm", leaf, key.error().message());
  }
  if (leaf.IsCa()) return Fault("chain", leaf, "a CA does not sign");
  if (auto fault = CheckLeafKeyUsage(leaf, purpose)) return fault;
  return CheckLeafPurpose(leaf, purpose);
}

std::optional<PathFault> CheckPath(std::span<const Certificate> path, Purpose purpose,
                                   UnixTime at) {
  for (const Certificate& certificate : path) {
    if (auto fault = CheckCritical(certificate)) return fault;
    const auto& usage = certificate.extended_key_usage();
    if (usage && !usage->Has(UsageOf(purpose)) && !usage->Has(oid::kAnyExtendedKeyUsage)) {
      return Fault("chain", certificate, "its extended key usages leave out what the signer does");
    }
  }
  if (auto fault = CheckConstraintWork(path)) return fault;
  return CheckTimes(path, at);
}

}  // namespace hallmark::x509::internal
