#ifndef HALLMARK_SIGNATURE_BUNDLE_BUNDLE_FORMAT_H_
#define HALLMARK_SIGNATURE_BUNDLE_BUNDLE_FORMAT_H_

#include "hallmark/signature/attesting_format.h"

namespace hallmark::signature {

// Sigstore bundles v0.3 (protobuf-specs sigstore_bundle.proto; cosign specs/BUNDLE_SPEC.md) that
// hold a DSSE envelope over an in-toto statement, signed by a plain key, stored as OCI 1.1
// referrers with artifactType application/vnd.dev.sigstore.bundle.v0.3+json.
// docs/formats/bundle.md says what is signed and what is not.
class BundleFormat final : public AttestingFormat {
 public:
  FormatId id() const override { return FormatId::kSigstoreBundle; }
  Found Find(const Context&, store::Reader&, const store::Subject&, const Wanted&) const override;
  Loaded Load(const Context&, store::Reader&, const store::Subject&,
              const Candidate&) const override;
  Assessment Assess(const Signature&, const store::Subject&, const trust::TrustRoot&,
                    UnixTime now) const override;
  Result<Signed> Sign(const store::Subject&, const Claim&, crypto::Signer&,
                      UnixTime now) const override;
  Result<Signed> SignAttestation(const store::Subject&, const Attestation&, crypto::Signer&,
                                 UnixTime now) const override;
  Result<oci::Digest> Push(const Context&, store::Writer&, const oci::Repository&,
                           const Signed&) const override;
};

// The scheme to make a bundle's signature with, so that cosign 3 verifies it with --key: SHA-256
// for ECDSA on every curve and for RSA, Ed25519 as it is, PSS with SHA-256 for keys that demand
// PSS (docs/adr/0002-bundle-hash.md).
crypto::Scheme BundleScheme(const crypto::PublicKey& key);

}  // namespace hallmark::signature

#endif  // HALLMARK_SIGNATURE_BUNDLE_BUNDLE_FORMAT_H_
