#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "hallmark/encoding/base64.h"
#include "hallmark/oci/manifest.h"
#include "hallmark/signature/cosign/cosign_format.h"
#include "hallmark/signature/cosign/internal/media_types.h"
#include "hallmark/signature/cosign/internal/payload.h"
#include "hallmark/signature/cosign/internal/signature_tag.h"
#include "hallmark/signature/cosign/limits.h"
#include "hallmark/signature/dsse.h"
#include "hallmark/signature/sign_statement.h"
#include "hallmark/signature/statement.h"

namespace hallmark::signature {
namespace {

bool SaysTheSame(const Claim& left, const Claim& right) {
  return left.subject == right.subject && left.predicate_type == right.predicate_type &&
         left.annotations == right.annotations && left.repository == right.repository &&
         left.tag == right.tag && left.signed_at == right.signed_at &&
         left.expires == right.expires;
}

// Signs, and reads what was signed as a verifier will: a broken token, or a claim that would come
// back as another one, is noticed before anything is stored.
Result<Bytes> SignAndCheck(const Bytes& payload, const Claim& claim, crypto::Signer& signer) {
  HALLMARK_ASSIGN(Made made, SignAndVerify(payload, signer));
  HALLMARK_ASSIGN(const Claim read, cosign::ParsePayload(made.proof, claim.subject));
  if (!SaysTheSame(read, claim)) {
    return Error(ErrorCode::kConfig, "the name or the times cannot be said in cosign's payload");
  }
  return std::move(made.signature);
}

// The layer that is the signature, in a manifest that Sign made.
Result<oci::Descriptor> OnlyLayer(const oci::Content& artifact) {
  HALLMARK_ASSIGN(const oci::Document document, oci::ParseDocument(artifact));
  const auto* manifest = std::get_if<oci::ImageManifest>(&document);
  if (manifest == nullptr || manifest->layers.size() != 1) {
    return Error(ErrorCode::kInternal, "not what this format signed");
  }
  return manifest->layers.front();
}

}  // namespace

Result<SigningFormat::Signed> CosignFormat::Sign(const store::Subject& subject, const Claim& claim,
                                                 crypto::Signer& signer, UnixTime) const {
  if (claim.subject != subject.digest()) {
    return Error(ErrorCode::kInternal, "the claim is about another image than the one to sign");
  }
  HALLMARK_ASSIGN(Bytes payload, cosign::WritePayload(claim));
  HALLMARK_ASSIGN(const Bytes signature, SignAndCheck(payload, claim, signer));
  oci::Content envelope =
      oci::Content::Describe(std::string(cosign::kPayloadType), std::move(payload));
  oci::Descriptor layer = envelope.descriptor();
  layer.annotations[std::string(cosign::kSignatureAnnotation)] = encoding::ToBase64(signature);
  HALLMARK_ASSIGN(store::TagMerge::Version alone, cosign::SignatureTag(layer).Merged());
  return Signed{std::move(envelope), std::move(alone.manifest),
                CosignTag(subject.digest(), ".sig")};
}

Result<SigningFormat::Signed> CosignFormat::SignAttestation(const store::Subject& subject,
                                                            const Attestation& attestation,
                                                            crypto::Signer& signer,
                                                            UnixTime) const {
  UnverifiedEnvelope made;
  made.payload_type = kInTotoType;
  made.payload = WriteAttestation(attestation, subject.digest(), subject.asked().repository());
  HALLMARK_ASSIGN(made.signature, SignStatement(made.payload, subject.digest(), signer));
  oci::Content envelope = oci::Content::Describe(std::string(cosign::kEnvelopeType),
                                                 ToBytes(WriteEnvelope(std::move(made))));
  oci::Descriptor layer = envelope.descriptor();
  // Inside the envelope; cosign wants the annotation all the same.
  layer.annotations[std::string(cosign::kSignatureAnnotation)] = "";
  layer.annotations[std::string(cosign::kPredicateAnnotation)] = attestation.predicate_type();
  HALLMARK_ASSIGN(store::TagMerge::Version alone, cosign::SignatureTag(layer).Merged());
  return Signed{std::move(envelope), std::move(alone.manifest),
                CosignTag(subject.digest(), ".att")};
}

Result<oci::Digest> CosignFormat::Push(const Context& context, store::Writer& writer,
                                       const oci::Repository& repository,
                                       const Signed& made) const {
  HALLMARK_ASSIGN(const oci::Descriptor layer, OnlyLayer(made.artifact));
  Result<Done> pushed = writer.PushBlob(context, repository, made.envelope);
  if (!pushed.ok()) return std::move(pushed).error().While("store the payload");
  cosign::SignatureTag merge(layer);
  Result<oci::Digest> edited = writer.EditTag(context, repository, made.tag, merge);
  if (!edited.ok()) return std::move(edited).error().While("add to tag " + made.tag);
  return edited;
}

}  // namespace hallmark::signature
