#include <algorithm>
#include <string>
#include <utility>

#include "hallmark/encoding/base64.h"
#include "hallmark/signature/bundle/bundle_format.h"
#include "hallmark/signature/bundle/internal/bundle_parse.h"
#include "hallmark/signature/bundle/internal/carrier.h"
#include "hallmark/signature/bundle/internal/media_types.h"
#include "hallmark/signature/dsse.h"
#include "hallmark/signature/limits.h"
#include "hallmark/signature/sign_statement.h"
#include "hallmark/signature/statement.h"

namespace hallmark::signature {
namespace {

// The bundle around a statement, and the manifest that carries it.
Result<SigningFormat::Signed> MakeSigned(const store::Subject& subject, Bytes payload,
                                         const std::string& predicate_type, crypto::Signer& signer,
                                         UnixTime now) {
  bundle::UnverifiedBundle made;
  made.key_hint = encoding::ToBase64(signer.public_key().fingerprint());
  made.payload_type = kInTotoType;
  HALLMARK_ASSIGN(made.signature, SignStatement(payload, subject.digest(), signer));
  made.payload = std::move(payload);
  const std::string key_hint = made.key_hint;
  oci::Content envelope = oci::Content::Describe(std::string(bundle::kBundleType),
                                                 ToBytes(bundle::WriteBundle(std::move(made))));
  if (envelope.bytes().size() > MaxEnvelopeBytes(predicate_type)) {
    return Error(ErrorCode::kLimit, "the bundle would be larger than any that is read");
  }
  oci::Content artifact = bundle::WriteCarrier(
      envelope.descriptor(), subject.manifest().descriptor(), {predicate_type, key_hint}, now);
  return SigningFormat::Signed{std::move(envelope), std::move(artifact)};
}

}  // namespace

Result<SigningFormat::Signed> BundleFormat::Sign(const store::Subject& subject, const Claim& claim,
                                                 crypto::Signer& signer, UnixTime now) const {
  if (claim.subject != subject.digest()) {
    return Error(ErrorCode::kInternal, "the claim is about another image than the one to sign");
  }
  HALLMARK_ASSIGN(Bytes payload, WriteStatement(claim));
  return MakeSigned(subject, std::move(payload), claim.predicate_type, signer, now);
}

Result<SigningFormat::Signed> BundleFormat::SignAttestation(const store::Subject& subject,
                                                            const Attestation& attestation,
                                                            crypto::Signer& signer,
                                                            UnixTime now) const {
  return MakeSigned(subject,
                    WriteAttestation(attestation, subject.digest(), subject.asked().repository()),
                    attestation.predicate_type(), signer, now);
}

Result<oci::Digest> BundleFormat::Push(const Context& context, store::Writer& writer,
                                       const oci::Repository& repository,
                                       const Signed& made) const {
  Result<Done> pushed = writer.PushBlob(context, repository, bundle::EmptyConfig());
  if (!pushed.ok()) return std::move(pushed).error().While("store the empty config");
  pushed = writer.PushBlob(context, repository, made.envelope);
  if (!pushed.ok()) return std::move(pushed).error().While("store the bundle");
  pushed = writer.PushManifest(context, repository, made.artifact);
  if (!pushed.ok()) return std::move(pushed).error().While("store the referrer manifest");
  return made.artifact.digest();
}

crypto::Scheme BundleScheme(const crypto::PublicKey& key) {
  switch (key.type()) {
    case crypto::KeyType::kEcdsaP256:
      return crypto::Scheme::kEcdsaP256Sha256;
    case crypto::KeyType::kEcdsaP384:
      return crypto::Scheme::kEcdsaP384Sha256;
    case crypto::KeyType::kEcdsaP521:
      return crypto::Scheme::kEcdsaP521Sha256;
    case crypto::KeyType::kEd25519:
      return crypto::Scheme::kEd25519;
    case crypto::KeyType::kRsaPss:
      // Its parameters may demand another hash.
      return key.CanUse(crypto::Scheme::kRsaPssSha256) ? crypto::Scheme::kRsaPssSha256
                                                       : key.DefaultSchemes().front();
    case crypto::KeyType::kRsa:
    default:
      return crypto::Scheme::kRsaPkcs1Sha256;
  }
}

}  // namespace hallmark::signature
