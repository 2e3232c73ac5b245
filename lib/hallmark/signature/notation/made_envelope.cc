#include "hallmark/signature/notation/internal/made_envelope.h"

#include <utility>
#include <variant>

#include "hallmark/base/printable.h"
#include "hallmark/oci/media_types.h"
#include "hallmark/signature/notation/internal/open_envelope.h"
#include "hallmark/signature/notation/internal/payload.h"
#include "hallmark/signature/notation/limits.h"
#include "hallmark/tsa/token.h"
#include "hallmark/x509/notary_chain.h"

namespace hallmark::signature {
namespace notation {
namespace {

using x509::Certificate;

Error NotOrdered(const std::string& why) {
  return {ErrorCode::kProtocol, "the envelope that was made to order: " + why};
}

Result<std::vector<Certificate>> ChainOf(const Envelope& envelope, UnixTime now) {
  std::vector<Certificate> chain;
  for (const Bytes& der : envelope.certificates) {
    Result<Certificate> certificate = Certificate::FromDer(der);
    if (!certificate.ok()) return NotOrdered("a certificate: " + certificate.error().message());
    chain.push_back(std::move(certificate).value());
  }
  if (const auto fault = x509::CheckNotaryChain(chain, x509::Purpose::kNotarySigning, now)) {
    return NotOrdered("its certificates: " + fault->detail);
  }
  return chain;
}

Result<Done> CheckTarget(const oci::Descriptor& made, const oci::Descriptor& ordered) {
  if (made.digest != ordered.digest || made.size != ordered.size ||
      made.media_type != ordered.media_type) {
    return NotOrdered("it is about something else, " + made.digest.ToString());
  }
  for (const auto& [name, value] : ordered.annotations) {
    const auto found = made.annotations.find(name);
    if (found == made.annotations.end() || found->second != value) {
      return NotOrdered("it lacks the annotation \"" + Printable(name) + "\"");
    }
  }
  return Done{};
}

Result<Done> CheckTimes(const Attributes& attributes, const MakingOrder& order) {
  const std::optional<UnixTime> signed_at = attributes.authentic_signing_time
                                                ? attributes.authentic_signing_time
                                                : attributes.signing_time;
  if (signed_at && *signed_at > order.now + kMaxClockSkew) {
    return NotOrdered("it says that it signed in the future");
  }
  if (!order.expires_in) return Done{};
  if (!attributes.expiry) return NotOrdered("it lacks the expiry");
  const UnixTime wanted = order.now + *order.expires_in;
  if (*attributes.expiry < wanted - kMaxClockSkew || *attributes.expiry > wanted + kMaxClockSkew) {
    return NotOrdered("it has another expiry");
  }
  return Done{};
}

Result<Done> CheckTimestamp(const Envelope& envelope) {
  if (!envelope.timestamp) return Done{};
  const Result<tsa::Token> token = tsa::ParseToken(*envelope.timestamp);
  if (!token.ok()) return NotOrdered("its timestamp: " + token.error().message());
  const tsa::Imprint& stamped = token.value().unverified_info().imprint;
  if (stamped == tsa::Imprint::Of(stamped.hash, envelope.signature)) return Done{};
  return NotOrdered("its timestamp is of something else");
}

Result<std::vector<Certificate>> Check(ByteView untrusted_envelope, const MakingOrder& order) {
  Result<Envelope> parsed = ParseEnvelope(order.type, untrusted_envelope);
  if (!parsed.ok()) return NotOrdered("it is none: " + parsed.error().message());
  const Envelope& envelope = parsed.value();
  HALLMARK_ASSIGN(std::vector<Certificate> chain, ChainOf(envelope, order.now));
  HALLMARK_ASSIGN(const crypto::PublicKey key, chain.front().public_key());
  const auto proved = OpenEnvelope(envelope, key, Critical::kLeftToPlugin);
  if (const auto* refusal = std::get_if<Refusal>(&proved)) return NotOrdered(refusal->detail);
  const SignedClaim& claim = std::get<Opened>(proved).claim;
  HALLMARK_RETURN_IF_ERROR(CheckTarget(claim.target, order.target));
  HALLMARK_RETURN_IF_ERROR(CheckTimes(claim.attributes, order));
  HALLMARK_RETURN_IF_ERROR(CheckTimestamp(envelope));
  return chain;
}

}  // namespace

Result<Accepted> OrderEnvelope(const EnvelopeMaker& maker, const MakingOrder& order) {
  HALLMARK_ASSIGN(Bytes payload, WritePayload(order.target));
  const std::string type(MediaTypeOf(order.type));
  HALLMARK_ASSIGN(MadeEnvelope made,
                  maker({std::move(payload), std::string(kPayloadType), type, order.expires_in}));
  HALLMARK_ASSIGN(std::vector<Certificate> chain, Check(made.untrusted_envelope, order));
  return Accepted{oci::Content::Describe(type, std::move(made.untrusted_envelope)),
                  std::move(chain), std::move(made.annotations)};
}

}  // namespace notation

Result<std::vector<x509::Certificate>> CertificatesOf(const EnvelopeMaker& maker, FormatId kind,
                                                      UnixTime now) {
  // What the envelope is about: no manifest, and of no image.
  const oci::Content probe =
      oci::Content::Describe(std::string(oci::kEmptyJson), ToBytes("hallmark: which key is this?"));
  const auto type =
      kind == FormatId::kNotationJws ? notation::EnvelopeType::kJws : notation::EnvelopeType::kCose;
  HALLMARK_ASSIGN(notation::Accepted accepted,
                  notation::OrderEnvelope(maker, {type, probe.descriptor(), std::nullopt, now}));
  return std::move(accepted.chain);
}

}  // namespace hallmark::signature
