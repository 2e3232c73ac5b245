#ifndef HALLMARK_SIGNATURE_NOTATION_INTERNAL_OPEN_ENVELOPE_H_
#define HALLMARK_SIGNATURE_NOTATION_INTERNAL_OPEN_ENVELOPE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "hallmark/base/result.h"
#include "hallmark/crypto/public_key.h"
#include "hallmark/signature/notation/internal/envelope.h"
#include "hallmark/signature/notation/internal/payload.h"

namespace hallmark::signature::notation {

// Holding one means: the key signed exactly `proof`, by the scheme that the key dictates, and
// `claim` is what those bytes say. Whose key it is, when it signed and whether the target is the
// image that was asked about is not known.
struct Opened {
  crypto::SignedBytes proof;
  SignedClaim claim;
};

// Why an envelope does not open, as findings say it: algorithm, bad-signature, malformed,
// unsupported, limit.
struct Refusal {
  std::string reason;
  std::string detail;
};

// Dispatches to the envelope's parser (jws.h, cose.h) and writer.
Result<Envelope> ParseEnvelope(EnvelopeType type, ByteView untrusted_bytes);
Bytes WriteEnvelope(const Envelope& envelope);

// Proves an envelope with the key of its first certificate, which the caller takes from there. The
// scheme comes from the key (signature-specification.md, "Algorithm Selection"); the header's "alg"
// must name the same one (A23, A26). The payload is not looked at before the signature holds.
// Critical extended attributes are refused as unsupported, unless they are left to a plugin.
enum class Critical : std::uint8_t { kRefused = 1, kLeftToPlugin };
std::variant<Opened, Refusal> OpenEnvelope(const Envelope& envelope, const crypto::PublicKey& key,
                                           Critical critical = Critical::kRefused);

// The first critical extended attribute, as a refusal; nullopt when there is none.
std::optional<Refusal> RefuseCritical(const Attributes& attributes);

}  // namespace hallmark::signature::notation

#endif  // HALLMARK_SIGNATURE_NOTATION_INTERNAL_OPEN_ENVELOPE_H_
