#include <optional>
#include <string>
#include <utility>

#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/json.h"
#include "hallmark/signature/cosign/cosign_format.h"
#include "hallmark/signature/cosign/internal/media_types.h"
#include "hallmark/signature/cosign/internal/payload.h"
#include "hallmark/signature/cosign/limits.h"
#include "hallmark/signature/dsse.h"
#include "hallmark/signature/limits.h"
#include "hallmark/signature/signer_search.h"
#include "hallmark/signature/statement.h"

namespace hallmark::signature {
namespace {

const std::string* Annotation(const Signature& signature, std::string_view name) {
  const auto found = signature.annotations.find(std::string(name));
  return found == signature.annotations.end() ? nullptr : &found->second;
}

Result<Bytes> SignatureBeside(const Signature& signature) {
  const std::string* text = Annotation(signature, cosign::kSignatureAnnotation);
  if (text == nullptr || text->empty()) {
    return Error(ErrorCode::kMalformed,
                 "the layer has no annotation " + std::string(cosign::kSignatureAnnotation));
  }
  if (text->size() > 2 * kMaxSignatureBytes) {
    return Error(ErrorCode::kLimit, "the signature is too long");
  }
  Result<Bytes> bytes = encoding::FromBase64(*text);
  if (!bytes.ok()) return std::move(bytes).error().While("signature annotation");
  return bytes;
}

Result<UnverifiedEnvelope> EnvelopeOf(const Signature& signature) {
  HALLMARK_ASSIGN(
      const json::Value document,
      json::Parse(signature.envelope.bytes(),
                  {kMaxAttestationBytes, cosign::kMaxEnvelopeDepth, cosign::kMaxEnvelopeValues}));
  return ParseEnvelope(document, "envelope");
}

// What to say when no trusted key made the signature. Nothing in it names a key, so one by a
// stranger looks like one that is none; "bad-signature" is kept for what a trusted key is said to
// have made.
NoSigner IfNobody(const Signature& signature) {
  if (Annotation(signature, cosign::kCertificateAnnotation) != nullptr) {
    return {"untrusted-signer", "signed with a certificate, and by none of the trusted keys"};
  }
  return {"untrusted-signer", "does not match: none of the trusted keys signed this payload"};
}

void PassFormat(Prover& prover, const Signature& signature, std::string_view what) {
  prover.Pass(Check::kFormat, std::string(what));
  const bool has_certificate = Annotation(signature, cosign::kCertificateAnnotation) != nullptr;
  prover.Hint(has_certificate ? "a certificate" : "a key without a name");
  if (Annotation(signature, cosign::kTimestampAnnotation) != nullptr) {
    prover.NotApplicable(Check::kTimestamp, "not looked at: a plain key needs none");
  }
  if (Annotation(signature, cosign::kLogAnnotation) != nullptr) {
    prover.NotApplicable(Check::kTransparency, "not looked at: a plain key needs none");
  }
}

Assessment FailFormat(Prover prover, const Error& error) {
  return std::move(prover).Fail(Check::kFormat, std::string(ToWord(error.code())), error.message());
}

}  // namespace

// The order is part of the promise: format, then the signature over the raw bytes, and only then
// what those bytes say.
Assessment CosignFormat::Assess(const Signature& signature, const store::Subject& subject,
                                const trust::TrustRoot& root, UnixTime now) const {
  Prover prover(signature);
  const Judgement judgement{subject.digest(), root, now};
  if (signature.envelope.descriptor().media_type == cosign::kEnvelopeType) {
    Result<UnverifiedEnvelope> envelope = EnvelopeOf(signature);
    if (!envelope.ok()) return FailFormat(std::move(prover), envelope.error());
    PassFormat(prover, signature, "cosign attestation");
    const Bytes encoding = PreAuthEncoding(envelope.value().payload_type, envelope.value().payload);
    envelope.value().payload = {};  // it may be large, and is in the encoding
    return AssessByKey(std::move(prover),
                       {encoding, envelope.value().signature, std::nullopt, IfNobody(signature)},
                       judgement, ParseStatement);
  }
  const Result<Bytes> bytes = SignatureBeside(signature);
  if (!bytes.ok()) return FailFormat(std::move(prover), bytes.error());
  PassFormat(prover, signature, "cosign simple signing");
  return AssessByKey(std::move(prover),
                     {signature.envelope.bytes(), bytes.value(), std::nullopt, IfNobody(signature)},
                     judgement, cosign::ParsePayload);
}

}  // namespace hallmark::signature
