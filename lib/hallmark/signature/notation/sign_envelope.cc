#include "hallmark/signature/notation/internal/sign_envelope.h"

#include <utility>
#include <variant>

#include "hallmark/base/utf8.h"
#include "hallmark/crypto/ecdsa_signature.h"
#include "hallmark/signature/notation/internal/algorithms.h"
#include "hallmark/signature/notation/internal/cose.h"
#include "hallmark/signature/notation/internal/jws.h"
#include "hallmark/signature/notation/internal/open_envelope.h"
#include "hallmark/signature/notation/internal/payload.h"
#include "hallmark/signature/notation/limits.h"

namespace hallmark::signature::notation {
namespace {

// 9999-12-31T23:59:59Z.
constexpr UnixTime kLastTime{std::chrono::seconds(253'402'300'799)};

Error Config(std::string what) { return Error(ErrorCode::kConfig, std::move(what)); }

Result<const Algorithm*> AlgorithmFor(const crypto::Signer& signer) {
  const Algorithm* algorithm = AlgorithmOf(signer.public_key());
  const std::string who = "key " + signer.public_key().id();
  if (algorithm == nullptr) {
    return Config(who +
                  " is none that the Notary Project signs with: want RSA of 2048, 3072 or "
                  "4096 bits or ECDSA on P-256, P-384 or P-521");
  }
  return algorithm;
}

bool IsWritableTime(UnixTime time) { return time >= UnixTime{} && time <= kLastTime; }

Result<Done> CheckStatement(const Statement& statement) {
  if (statement.certificates.empty() || statement.certificates.size() > kMaxCertificates) {
    return Config("want 1 to " + std::to_string(kMaxCertificates) + " certificates");
  }
  if (!IsWritableTime(statement.signing_time) ||
      (statement.expiry && !IsWritableTime(*statement.expiry))) {
    return Config("want times from 1970 to 9999");
  }
  if (statement.expiry && *statement.expiry <= statement.signing_time) {
    return Config("the expiry is not after the signing time");
  }
  if (!IsUtf8(statement.signing_agent)) return Config("the signing agent is not UTF-8");
  return Done{};
}

Attributes AttributesOf(const Statement& statement, const Algorithm& algorithm) {
  const bool by_authority = statement.scheme == SigningScheme::kSigningAuthority;
  const std::optional<UnixTime> time = statement.signing_time;
  return {std::string(algorithm.name),        statement.scheme, by_authority ? std::nullopt : time,
          by_authority ? time : std::nullopt, statement.expiry, {}};
}

Result<Bytes> SignRaw(const Bytes& signed_bytes, const Algorithm& algorithm,
                      crypto::Signer& signer) {
  HALLMARK_ASSIGN(Bytes signature, signer.SignBy(algorithm.scheme, signed_bytes));
  if (algorithm.key_type == crypto::KeyType::kRsa) return signature;
  Result<Bytes> raw = crypto::EcdsaRawFromDer(algorithm.key_type, signature);
  if (!raw.ok()) return Error(ErrorCode::kUnavailable, raw.error().message());
  return raw;
}

// Reads what was made as a verifier will: a broken token, or an envelope that we would refuse, is
// noticed before anything is stored.
Result<Done> Reopen(const Envelope& made, const crypto::PublicKey& key) {
  Result<Envelope> read = ParseEnvelope(made.type, WriteEnvelope(made));
  if (!read.ok()) return std::move(read).error().While("read the envelope again");
  const std::variant<Opened, Refusal> opened = OpenEnvelope(read.value(), key);
  const auto* refusal = std::get_if<Refusal>(&opened);
  if (refusal == nullptr) return Done{};
  if (refusal->reason == "bad-signature") {
    return Error(ErrorCode::kUnavailable,
                 "key " + key.id() + " made a signature that does not verify with it");
  }
  return Config("the envelope would be refused: " + refusal->detail);
}

}  // namespace

Result<Envelope> SignEnvelope(EnvelopeType type, const Statement& statement,
                              crypto::Signer& signer) {
  HALLMARK_ASSIGN(const Algorithm* algorithm, AlgorithmFor(signer));
  HALLMARK_RETURN_IF_ERROR(CheckStatement(statement));
  HALLMARK_ASSIGN(const Bytes payload, WritePayload(statement.target));
  Envelope made{type, AttributesOf(statement, *algorithm), {}, {}, {}, {}, {}};
  made.signed_bytes = type == EnvelopeType::kJws
                          ? JoinJwsSignedBytes(made.unverified_attributes, payload)
                          : JoinCoseSignedBytes(made.unverified_attributes, payload);
  HALLMARK_ASSIGN(made.signature, SignRaw(made.signed_bytes, *algorithm, signer));
  made.certificates = statement.certificates;
  if (!statement.signing_agent.empty()) made.signing_agent = statement.signing_agent;
  HALLMARK_RETURN_IF_ERROR(Reopen(made, signer.public_key()));
  return made;
}

}  // namespace hallmark::signature::notation
