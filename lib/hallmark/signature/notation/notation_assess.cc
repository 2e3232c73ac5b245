#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/signature/notation/internal/format_ids.h"
#include "hallmark/signature/notation/internal/open_envelope.h"
#include "hallmark/signature/notation/internal/standing.h"
#include "hallmark/signature/notation/notation_format.h"
#include "hallmark/signature/signer_search.h"

namespace hallmark::signature {
namespace {

using notation::Envelope;
using notation::Opened;
using notation::Refusal;
using notation::Standing;
using x509::Certificate;

Result<Envelope> EnvelopeOf(const Signature& signature) {
  const auto type = notation::EnvelopeTypeFromMediaType(signature.envelope.descriptor().media_type);
  if (!type) return Error(ErrorCode::kUnsupported, "neither a JWS nor a COSE envelope");
  return notation::ParseEnvelope(*type, signature.envelope.bytes());
}

Result<std::vector<Certificate>> ChainOf(const Envelope& envelope) {
  std::vector<Certificate> chain;
  for (const Bytes& der : envelope.certificates) {
    Result<Certificate> certificate = Certificate::FromDer(der);
    if (!certificate.ok()) {
      return std::move(certificate).error().While("certificate " + std::to_string(chain.size()));
    }
    chain.push_back(std::move(certificate).value());
  }
  return chain;
}

Assessment FailFormat(Prover prover, const Error& error) {
  return std::move(prover).Fail(Check::kFormat, std::string(ToWord(error.code())), error.message());
}

// A signature that does not hold is one thing, signed bytes that say nothing usable another.
Assessment FailOpening(Prover prover, const Refusal& refusal) {
  const bool is_integrity = refusal.reason == "bad-signature" || refusal.reason == "algorithm";
  return std::move(prover).Fail(is_integrity ? Check::kIntegrity : Check::kFormat, refusal.reason,
                                refusal.detail);
}

// The signed descriptor is the image's in every member that is signed.
Finding SubjectOf(const oci::Descriptor& target, const oci::Descriptor& subject) {
  std::string fault;
  if (target.digest != subject.digest) {
    fault = "signed " + target.digest.ToString();
  } else if (target.size != subject.size) {
    fault = "signed as " + std::to_string(target.size) + " bytes, it has " +
            std::to_string(subject.size);
  } else if (target.media_type != subject.media_type) {
    fault =
        "signed as " + Printable(target.media_type) + ", it is " + Printable(subject.media_type);
  }
  if (fault.empty()) return {Check::kSubject, Outcome::kPassed, "ok", "about this image"};
  return {Check::kSubject, Outcome::kFailed, "wrong-digest", std::move(fault)};
}

Claim ClaimOf(const notation::SignedClaim& signed_claim) {
  const notation::Attributes& attributes = signed_claim.attributes;
  Claim claim{signed_claim.target.digest,
              std::string(kSignPredicate),
              signed_claim.target.annotations,
              {},
              {},
              {},
              {}};
  claim.signed_at = attributes.authentic_signing_time ? attributes.authentic_signing_time
                                                      : attributes.signing_time;
  // Theirs is the first second of being expired, ours the last of not being it.
  if (attributes.expiry) claim.expires = *attributes.expiry - std::chrono::seconds(1);
  return claim;
}

}  // namespace

std::string NotationKind(std::string_view envelope_media_type) {
  const auto type = notation::EnvelopeTypeFromMediaType(envelope_media_type);
  return type ? std::string(ToName(notation::FormatOf(*type))) : "";
}

std::string UnverifiedNotationSigner(const oci::Content& envelope) {
  const auto type = notation::EnvelopeTypeFromMediaType(envelope.descriptor().media_type);
  if (!type) return "";
  const Result<Envelope> read = notation::ParseEnvelope(*type, envelope.bytes());
  if (!read.ok()) return "";
  const Result<Certificate> leaf = Certificate::FromDer(read.value().certificates.front());
  return leaf.ok() ? Printable(leaf.value().subject().text()) : "";
}

// The order is part of the promise: format, then the signature over the raw bytes, and only then
// what those bytes say; who the key's owner is, at the end. An envelope about another image says so
// whoever made it.
Assessment NotationFormat::Assess(const Signature& signature, const store::Subject& subject,
                                  const trust::TrustRoot& root, UnixTime now) const {
  Prover prover(signature);
  const Result<Envelope> envelope = EnvelopeOf(signature);
  if (!envelope.ok()) return FailFormat(std::move(prover), envelope.error());
  const Result<std::vector<Certificate>> chain = ChainOf(envelope.value());
  if (!chain.ok()) return FailFormat(std::move(prover), chain.error());
  prover.Hint("\"" + Printable(chain.value().front().subject().text()) + "\"");
  const Result<crypto::PublicKey> key = chain.value().front().public_key();
  if (!key.ok()) {
    return std::move(prover).Fail(Check::kIntegrity, "algorithm", key.error().message());
  }
  const auto opening =
      notation::OpenEnvelope(envelope.value(), key.value(), notation::Critical::kLeftToPlugin);
  if (const auto* refusal = std::get_if<Refusal>(&opening)) {
    return FailOpening(std::move(prover), *refusal);
  }
  const auto& opened = std::get<Opened>(opening);
  Finding about = SubjectOf(opened.claim.target, subject.manifest().descriptor());
  const bool is_about_it = about.outcome == Outcome::kPassed;
  const notation::Signer said{envelope.value(), opened.claim.attributes, chain.value()};
  if (const auto refusal = notation::RefuseCritical(said.attributes);
      refusal && !signature.plugin_word) {
    Assessment refused = FailOpening(std::move(prover), *refusal);
    // A copy from another image starts no program.
    if (is_about_it) refused.plugin_question = notation::PluginQuestionOf(said, root);
    return refused;
  }
  prover.Pass(Check::kFormat,
              "Notary Project envelope, " + std::string(ToName(opened.claim.attributes.scheme)));
  prover.Pass(Check::kIntegrity, "signed by key " + key.value().id() + " of its certificate");
  prover.Add(std::move(about));
  Standing standing = notation::StandingOf(said, root, now, signature.plugin_word);
  prover.Add(std::move(standing.authenticity));
  Claim claim = ClaimOf(opened.claim);
  standing.further.push_back(ExpiryOf(claim, now));
  if (is_about_it && standing.signer) {
    Assessment assessment = std::move(prover).Succeed(
        opened.proof, std::move(claim), *std::move(standing.signer), std::move(standing.further));
    assessment.to_look_up = std::move(standing.to_look_up);
    return assessment;
  }
  for (Finding& finding : standing.further) prover.Add(std::move(finding));
  return std::move(prover).Refuse();
}

}  // namespace hallmark::signature
