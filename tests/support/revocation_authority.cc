#include "tests/support/revocation_authority.h"

#include <stdexcept>

#include "hallmark/encoding/der.h"

namespace hallmark::testing {
namespace {

namespace der = encoding::der;

Bytes Copy(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

Bytes Sign(const Identity& signer, crypto::Scheme scheme, const Bytes& message) {
  auto signature = signer.key.private_key().Sign(scheme, message);
  if (!signature.ok()) throw std::runtime_error(signature.error().message());
  return std::move(signature).value();
}

}  // namespace

Bytes DerExtension(const std::string& type, const Bytes& value, bool critical) {
  return Der(der::kSequence, {DerOid(type), critical ? Bytes{der::kBoolean, 1, 0xFF} : Bytes(),
                              Der(der::kOctetString, {value})});
}

Bytes DerExtensions(const std::vector<Bytes>& extensions) {
  return Der(der::kSequence, extensions);
}

Bytes DerUri(const std::string& url) { return DerText(der::Implicit(6), url); }

Bytes DerReason(std::uint8_t reason, bool critical) {
  return DerExtension("2.5.29.21", {0x0A, 1, reason}, critical);
}

Bytes DerRevoked(const x509::Certificate& certificate, const std::vector<Bytes>& extensions,
                 const std::string& time) {
  return Der(der::kSequence,
             {Der(der::kInteger, {Copy(certificate.serial())}), DerText(der::kUtcTime, time),
              extensions.empty() ? Bytes() : DerExtensions(extensions)});
}

Bytes DerCrlNumber(std::uint8_t number) { return DerExtension("2.5.29.20", DerNumber(number)); }
Bytes DerDeltaOf(std::uint8_t base) { return DerExtension("2.5.29.27", DerNumber(base), true); }

Bytes DerScope(const std::vector<Bytes>& fields) {
  return DerExtension("2.5.29.28", Der(der::kSequence, fields), true);
}

Bytes DerPoint(const std::string& url) {
  return Der(der::Explicit(0), {Der(der::Explicit(0), {DerUri(url)})});
}

Bytes DerFreshest(const std::string& url) {
  return DerExtension("2.5.29.46", Der(der::kSequence, {Der(der::kSequence, {DerPoint(url)})}));
}

Bytes MakeCrl(const Identity& issuer, const CrlSpec& spec) {
  const Bytes name = spec.issuer ? *spec.issuer : Copy(issuer.certificate().subject().der());
  const Bytes entries = spec.entries.empty() ? Bytes() : Der(der::kSequence, spec.entries);
  const Bytes extensions =
      spec.extensions.empty() ? Bytes() : Der(der::Explicit(0), {DerExtensions(spec.extensions)});
  const Bytes list = Der(der::kSequence, {spec.version, spec.algorithm, name, spec.this_update,
                                          spec.next_update, entries, extensions});
  const Bytes signature = spec.signature ? *spec.signature : Sign(issuer, spec.scheme, list);
  return Der(der::kSequence, {list, spec.outer_algorithm.value_or(spec.algorithm),
                              Der(der::kBitString, {Bytes{0}, signature})});
}

RevocationAuthority RevocationAuthority::Make(bool ocsp) {
  CertificateSpec signer = SignerSpec().With("crlDistributionPoints", "URI:" + kCrlUrl);
  if (ocsp) signer = signer.With("authorityInfoAccess", "OCSP;URI:" + kOcspUrl);
  signer.serial = 77;
  return Make(IntermediateSpec().With("crlDistributionPoints", "URI:" + kRootCrlUrl), signer);
}

RevocationAuthority RevocationAuthority::Make(const CertificateSpec& intermediate,
                                              const CertificateSpec& signer) {
  const Identity root = SelfSigned(RootSpec());
  const Identity below = Issue(intermediate, root);
  return {root, below, Issue(signer, below)};
}

x509::VerifiedPath RevocationAuthority::path() const {
  const std::vector<x509::Certificate> others{intermediate.certificate()};
  const std::vector<x509::Certificate> anchors{root.certificate()};
  auto found = x509::VerifyPath(signer.certificate(), others, anchors, x509::Purpose::kCodeSigning,
                                kTestTime);
  if (const auto* fault = std::get_if<x509::PathFault>(&found)) {
    throw std::runtime_error(fault->detail);
  }
  return std::get<x509::VerifiedPath>(std::move(found));
}

revocation::Issued RevocationAuthority::issued() const {
  return revocation::Issued::Of(path()).at(0);
}
revocation::Issued RevocationAuthority::issued_ca() const {
  return revocation::Issued::Of(path()).at(1);
}

}  // namespace hallmark::testing
