#include "hallmark/sign/attest.h"

#include <utility>

namespace hallmark::sign {

Result<Attested> Attest(const Context& context, const Places& places,
                        const signature::AttestingFormat& format, const oci::Reference& reference,
                        const signature::Attestation& attestation, crypto::Signer& signer,
                        const AttestOptions& options, UnixTime now) {
  Result<store::Subject> subject = store::Resolve(context, places.reader, reference);
  if (!subject.ok()) return std::move(subject).error().While("resolve " + reference.ToString());
  const oci::Digest& digest = subject.value().digest();
  Result<signature::SigningFormat::Signed> made =
      format.SignAttestation(subject.value(), attestation, signer, now);
  if (!made.ok()) return std::move(made).error().While("attest " + digest.ToString());
  if (options.dry_run) return Attested{digest, made.value().artifact.digest()};
  Result<oci::Digest> artifact =
      format.Push(context, places.writer, subject.value().asked().repository(), made.value());
  if (!artifact.ok()) return std::move(artifact).error().While("attest " + digest.ToString());
  return Attested{digest, std::move(artifact).value()};
}

}  // namespace hallmark::sign
