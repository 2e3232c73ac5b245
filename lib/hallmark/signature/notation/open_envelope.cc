#include "hallmark/signature/notation/internal/open_envelope.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/crypto/ecdsa_signature.h"
#include "hallmark/signature/notation/internal/algorithms.h"
#include "hallmark/signature/notation/internal/cose.h"
#include "hallmark/signature/notation/internal/jws.h"

namespace hallmark::signature::notation {
namespace {

std::string Described(const crypto::PublicKey& key) {
  return std::string(ToName(key.type())) + " key of " + std::to_string(key.bits()) + " bits";
}

// As PublicKey::Verify wants it.
Result<Bytes> VerifiableSignature(const Algorithm& algorithm, const Bytes& signature) {
  if (algorithm.key_type == crypto::KeyType::kRsa) return signature;
  return crypto::EcdsaDerFromRaw(algorithm.key_type, signature);
}

}  // namespace

std::optional<Refusal> RefuseCritical(const Attributes& attributes) {
  const auto found = std::find_if(attributes.extended.begin(), attributes.extended.end(),
                                  [](const ExtendedAttribute& one) { return one.critical; });
  if (found == attributes.extended.end()) return std::nullopt;
  return Refusal{"unsupported", "the signature demands that \"" + Printable(found->name) +
                                    "\" is processed, which takes a verification plugin"};
}

Result<Envelope> ParseEnvelope(EnvelopeType type, ByteView untrusted_bytes) {
  return type == EnvelopeType::kJws ? ParseJws(untrusted_bytes) : ParseCose(untrusted_bytes);
}

Bytes WriteEnvelope(const Envelope& envelope) {
  return envelope.type == EnvelopeType::kJws ? WriteJws(envelope) : WriteCose(envelope);
}

std::variant<Opened, Refusal> OpenEnvelope(const Envelope& envelope, const crypto::PublicKey& key,
                                           Critical critical) {
  const Algorithm* algorithm = AlgorithmOf(key);
  if (algorithm == nullptr) {
    return Refusal{"algorithm", "a " + Described(key) + " is not one of the Notary Project's"};
  }
  const std::string& named = envelope.unverified_attributes.algorithm;
  if (named != algorithm->name) {
    return Refusal{"algorithm", "the header says \"" + Printable(named) + "\", a " +
                                    Described(key) + " signs by " + std::string(algorithm->name)};
  }
  if (critical == Critical::kRefused) {
    if (auto refusal = RefuseCritical(envelope.unverified_attributes)) return *std::move(refusal);
  }
  if (envelope.signature.empty()) return Refusal{"malformed", "the signature is empty"};
  const Result<Bytes> signature = VerifiableSignature(*algorithm, envelope.signature);
  if (!signature.ok()) return Refusal{"bad-signature", signature.error().message()};
  std::optional<crypto::SignedBytes> proof =
      key.Verify(algorithm->scheme, envelope.signed_bytes, signature.value());
  if (!proof) {
    return Refusal{"bad-signature",
                   "the signature is not one of the certificate's key over this "
                   "header and payload"};
  }
  Result<SignedClaim> claim = ParseSigned(*proof, envelope.type);
  if (!claim.ok()) {
    return Refusal{std::string(ToWord(claim.error().code())), claim.error().message()};
  }
  return Opened{*std::move(proof), std::move(claim).value()};
}

}  // namespace hallmark::signature::notation
