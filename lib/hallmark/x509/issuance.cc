#include "hallmark/x509/internal/issuance.h"

#include "hallmark/base/printable.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/x509/internal/certificate_parts.h"
#include "hallmark/x509/signature_algorithm.h"

namespace hallmark::x509::internal {

PathFault Fault(std::string_view reason, const Certificate& about, std::string_view what) {
  return {std::string(reason),
          "certificate of \"" + Printable(about.subject().text()) + "\": " + std::string(what)};
}

Issuance CheckIssuance(const Certificate& certificate, const Certificate& issuer) {
  const auto algorithm = ReadSignatureAlgorithm(certificate.parts().algorithm);
  if (!algorithm) return Issuance::kAlgorithm;
  const auto key = issuer.public_key();
  if (!key.ok()) return Issuance::kAlgorithm;
  const auto scheme = SchemeFor(key.value(), *algorithm);
  // Another kind of key than the signature's: it is not this issuer's.
  if (!scheme) return Issuance::kBadSignature;
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
