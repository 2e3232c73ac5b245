#include <string>
#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/signature/notation/internal/algorithms.h"
#include "hallmark/signature/notation/internal/made_envelope.h"
#include "hallmark/signature/notation/internal/open_envelope.h"
#include "hallmark/signature/notation/internal/sign_envelope.h"
#include "hallmark/signature/notation/internal/signature_manifest.h"
#include "hallmark/signature/notation/notation_signing_format.h"
#include "hallmark/x509/notary_chain.h"

namespace hallmark::signature {
namespace {

using notation::Envelope;
using notation::EnvelopeType;
using x509::Certificate;

constexpr std::string_view kOwnSet = "the signing certificate";

EnvelopeType TypeOf(FormatId kind) {
  return kind == FormatId::kNotationJws ? EnvelopeType::kJws : EnvelopeType::kCose;
}

Result<trust::TrustRoot> TrustOnly(const std::vector<Certificate>& chain) {
  trust::TrustedAuthority own;
  own.signer_set = kOwnSet;
  own.signing = {chain.back()};
  own.any_subject = true;
  return trust::TrustRoot::Of({}, {std::move(own)});
}

std::vector<Bytes> DerOf(const std::vector<Certificate>& chain) {
  std::vector<Bytes> certificates;
  certificates.reserve(chain.size());
  for (const Certificate& one : chain) {
    certificates.emplace_back(one.der().begin(), one.der().end());
  }
  return certificates;
}

// The hash that the signature is made over (signature-specification.md, "Timestamp Signature
// Requirements").
Result<crypto::HashAlgorithm> HashFor(const crypto::PublicKey& key) {
  const notation::Algorithm* algorithm = notation::AlgorithmOf(key);
  if (algorithm == nullptr) return Error(ErrorCode::kConfig, "no key of the Notary Project's");
  if (algorithm->name.ends_with("256")) return crypto::HashAlgorithm::kSha256;
  return algorithm->name.ends_with("384") ? crypto::HashAlgorithm::kSha384
                                          : crypto::HashAlgorithm::kSha512;
}

Result<Done> Stamp(Envelope& envelope, const NotationSigner& signer, const crypto::PublicKey& key) {
  if (!signer.timestamp) return Done{};
  HALLMARK_ASSIGN(const crypto::HashAlgorithm hash, HashFor(key));
  Result<tsa::Token> token = signer.timestamp(tsa::Imprint::Of(hash, envelope.signature));
  if (!token.ok()) return std::move(token).error().While("get a timestamp");
  const ByteView der = token.value().der();
  envelope.timestamp = Bytes(der.begin(), der.end());
  return Done{};
}

// By whoever makes the envelopes.
Result<SigningFormat::Signed> OrderSigned(const NotationSigner& signer,
                                          const notation::MakingOrder& order,
                                          const oci::Descriptor& subject,
                                          const crypto::PublicKey& certified) {
  HALLMARK_ASSIGN(notation::Accepted accepted,
                  notation::OrderEnvelope(signer.make_envelope, order));
  HALLMARK_ASSIGN(const crypto::PublicKey key, accepted.chain.front().public_key());
  if (key.fingerprint() != certified.fingerprint()) {
    return Error(ErrorCode::kProtocol, "the envelope is by key " + key.id() +
                                           ", and the one before was by key " + certified.id());
  }
  oci::Content artifact =
      notation::WriteSignatureManifest(accepted.envelope.descriptor(), subject,
                                       DerOf(accepted.chain), order.now, accepted.annotations);
  return SigningFormat::Signed{std::move(accepted.envelope), std::move(artifact)};
}

}  // namespace

Result<NotationSigningFormat> NotationSigningFormat::Of(FormatId kind, NotationSigner signer,
                                                        UnixTime now) {
  const auto fault = x509::CheckNotaryChain(signer.chain, x509::Purpose::kNotarySigning, now);
  if (fault) {
    return Error(
        ErrorCode::kConfig,
        "the certificate chain cannot sign as the Notary Project has it: " + fault->detail +
            "; want the signer's certificate first, then each issuer's, "
            "the self-signed root last");
  }
  HALLMARK_ASSIGN(trust::TrustRoot own, TrustOnly(signer.chain));
  return NotationSigningFormat(kind, std::move(signer), std::move(own));
}

Found NotationSigningFormat::Find(const Context& context, store::Reader& reader,
                                  const store::Subject& subject, const Wanted& wanted) const {
  return reading_.Find(context, reader, subject, {wanted.predicate_type, own_});
}

Loaded NotationSigningFormat::Load(const Context& context, store::Reader& reader,
                                   const store::Subject& subject,
                                   const Candidate& candidate) const {
  return reading_.Load(context, reader, subject, candidate);
}

Assessment NotationSigningFormat::Assess(const Signature& signature, const store::Subject& subject,
                                         const trust::TrustRoot& root, UnixTime now) const {
  Assessment assessment = reading_.Assess(signature, subject, own_, now);
  if (!assessment.verified) return assessment;
  if (root.Find(assessment.verified->signer().fingerprint).empty()) {
    assessment.verified.reset();
    assessment.findings.push_back({Check::kAuthenticity, Outcome::kFailed, "untrusted-signer",
                                   "certified alike, and by another key"});
  }
  return assessment;
}

Claim NotationSigningFormat::Sayable(Claim claim) const {
  claim.repository.reset();
  claim.tag.reset();
  return claim;
}

Result<SigningFormat::Signed> NotationSigningFormat::Sign(const store::Subject& subject,
                                                          const Claim& claim,
                                                          crypto::Signer& signer,
                                                          UnixTime now) const {
  if (claim.subject != subject.digest() || claim.predicate_type != kSignPredicate) {
    return Error(ErrorCode::kInternal, "not a claim that this image is signed");
  }
  HALLMARK_ASSIGN(const crypto::PublicKey certified, signer_.chain.front().public_key());
  if (certified.fingerprint() != signer.public_key().fingerprint()) {
    return Error(ErrorCode::kConfig, "the first certificate of the chain, \"" +
                                         Printable(signer_.chain.front().subject().text()) +
                                         "\", is of key " + certified.id() +
                                         ", not of the signing key " + signer.public_key().id());
  }
  // Ours is the last second of counting, theirs the first of not counting.
  std::optional<UnixTime> expiry = claim.expires;
  if (expiry) *expiry += std::chrono::seconds(1);
  oci::Descriptor target = subject.manifest().descriptor();
  target.annotations = claim.annotations;
  const UnixTime time = claim.signed_at.value_or(now);
  if (signer_.make_envelope) {
    notation::MakingOrder order{TypeOf(id()), std::move(target), std::nullopt, time};
    if (expiry) order.expires_in = *expiry - time;
    return OrderSigned(signer_, order, subject.manifest().descriptor(), certified);
  }
  const notation::Statement statement{
      std::move(target), notation::SigningScheme::kX509, time, expiry, DerOf(signer_.chain),
      signer_.agent};
  HALLMARK_ASSIGN(Envelope made, notation::SignEnvelope(TypeOf(id()), statement, signer));
  HALLMARK_RETURN_IF_ERROR(Stamp(made, signer_, certified));
  oci::Content envelope = oci::Content::Describe(std::string(notation::MediaTypeOf(made.type)),
                                                 notation::WriteEnvelope(made));
  oci::Content artifact = notation::WriteSignatureManifest(
      envelope.descriptor(), subject.manifest().descriptor(), made.certificates, now, {});
  return Signed{std::move(envelope), std::move(artifact)};
}

Result<oci::Digest> NotationSigningFormat::Push(const Context& context, store::Writer& writer,
                                                const oci::Repository& repository,
                                                const Signed& made) const {
  const oci::Content config =
      oci::Content::Describe(std::string(notation::kSignatureType), ToBytes("{}"));
  Result<Done> pushed = writer.PushBlob(context, repository, config);
  if (!pushed.ok()) return std::move(pushed).error().While("store the config");
  pushed = writer.PushBlob(context, repository, made.envelope);
  if (!pushed.ok()) return std::move(pushed).error().While("store the envelope");
  pushed = writer.PushManifest(context, repository, made.artifact);
  if (!pushed.ok()) return std::move(pushed).error().While("store the referrer manifest");
  return made.artifact.digest();
}

}  // namespace hallmark::signature
