#ifndef HALLMARK_SIGNATURE_COSIGN_COSIGN_FORMAT_H_
#define HALLMARK_SIGNATURE_COSIGN_COSIGN_FORMAT_H_

#include <string>
#include <string_view>

#include "hallmark/signature/attesting_format.h"

namespace hallmark::signature {

// Signatures as cosign v2 keeps them (sigstore/cosign specs/SIGNATURE_SPEC.md): simple-signing
// payloads, each a layer whose annotation holds the signature, in the manifest tagged
// "sha256-<hex>.sig", or in a referrer of artifact type application/vnd.dev.cosign.artifact.sig.v1;
// and attestations, DSSE envelopes that are layers of "sha256-<hex>.att". By plain keys: a
// certificate in the annotations is seen, and not judged. A tag is asked for what is wanted only:
// .sig for signatures, .att for attestations.
// Signatures are written as cosign v2.5 writes them, into the .sig tag and into no referrer, with
// the tag in the signed name where there is one; attestations into the .att tag. Peers verify with
// SHA-256 and, for RSA, PKCS #1 v1.5: the signer's scheme should say so. docs/formats/cosign.md
// says what is signed and what is not.
class CosignFormat final : public AttestingFormat {
 public:
  FormatId id() const override { return FormatId::kCosign; }
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

// The tag that cosign v2 keeps what belongs to `subject` under: "sha256-<hex>" and ".sig" or
// ".att".
std::string CosignTag(const oci::Digest& subject, std::string_view suffix);

}  // namespace hallmark::signature

#endif  // HALLMARK_SIGNATURE_COSIGN_COSIGN_FORMAT_H_
