#include "hallmark/trust/trusted_authority.h"

#include <algorithm>
#include <utility>

#include "hallmark/base/printable.h"

namespace hallmark::trust {
namespace {

using x509::Certificate;

Error Config(std::string what) { return Error(ErrorCode::kConfig, std::move(what)); }

Result<std::vector<Certificate>> Parse(ByteView file) {
  constexpr std::uint8_t kSequence = 0x30;  // DER starts so, PEM with a dash or white space
  if (file.empty() || file[0] != kSequence) return Certificate::ChainFromPem(AsText(file));
  HALLMARK_ASSIGN(Certificate certificate, Certificate::FromDer(file));
  return std::vector<Certificate>{std::move(certificate)};
}

// Whether the certificate may be trusted by itself; empty, or why not.
std::string_view WhyNoAnchor(StoreKind kind, const Certificate& certificate) {
  if (kind == StoreKind::kTimestamping) {
    const bool is_root = certificate.IsCa() && certificate.IsSelfIssued();
    return is_root ? "" : "it is no root: want a CA that is its own issuer";
  }
  const bool fits = certificate.IsCa() || certificate.IsSelfIssued();
  return fits ? "" : "it is neither a CA nor its own issuer";
}

}  // namespace

std::string_view ToName(StoreKind kind) {
  switch (kind) {
    case StoreKind::kCa:
      return "ca";
    case StoreKind::kSigningAuthority:
      return "signingAuthority";
    case StoreKind::kTimestamping:
      return "tsa";
    default:
      return "unknown";
  }
}

std::optional<StoreKind> StoreKindFromName(std::string_view name) {
  for (const StoreKind kind :
       {StoreKind::kCa, StoreKind::kSigningAuthority, StoreKind::kTimestamping}) {
    if (name == ToName(kind)) return kind;
  }
  return std::nullopt;
}

bool TrustedAuthority::Names(const x509::Name& subject) const {
  return any_subject || std::any_of(subjects.begin(), subjects.end(),
                                    [&](const auto& wanted) { return wanted.Matches(subject); });
}

Result<Done> CheckAuthority(const TrustedAuthority& authority) {
  const std::string who = "signer set " + Printable(authority.signer_set);
  if (authority.signer_set.empty()) return Config("a signer set without a name");
  if (authority.signing.empty() && authority.signing_authorities.empty()) {
    return Config(who + " has no certificate to trust");
  }
  if (authority.any_subject == authority.subjects.empty()) return Done{};
  return Config(who + (authority.any_subject ? " names signers and wants any at once"
                                             : " does not say who of the certified is meant"));
}

Result<std::vector<Certificate>> ReadAnchors(StoreKind kind, ByteView file,
                                             const std::string& name) {
  Result<std::vector<Certificate>> certificates = Parse(file);
  if (!certificates.ok()) return Config(name + ": " + certificates.error().message());
  for (const Certificate& certificate : certificates.value()) {
    const std::string_view fault = WhyNoAnchor(kind, certificate);
    if (fault.empty()) continue;
    return Config(name + ": certificate \"" + Printable(certificate.subject().text()) +
                  "\" cannot be in a " + std::string(ToName(kind)) +
                  " store: " + std::string(fault));
  }
  return certificates;
}

}  // namespace hallmark::trust
