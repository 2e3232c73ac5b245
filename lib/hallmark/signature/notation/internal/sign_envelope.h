#ifndef HALLMARK_SIGNATURE_NOTATION_INTERNAL_SIGN_ENVELOPE_H_
#define HALLMARK_SIGNATURE_NOTATION_INTERNAL_SIGN_ENVELOPE_H_

#include <optional>
#include <string>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/base/time.h"
#include "hallmark/crypto/signer.h"
#include "hallmark/oci/content.h"
#include "hallmark/signature/notation/internal/envelope.h"

namespace hallmark::signature::notation {

// What is to be signed, and what goes with it.
struct Statement {
  oci::Descriptor target;
  SigningScheme scheme;
  UnixTime signing_time;  // authentic under notary.x509.signingAuthority
  std::optional<UnixTime> expiry;
  std::vector<Bytes> certificates;  // DER, the signer's first, the root last
  std::string signing_agent;        // "hallmark/0.1.0"; empty: not said
};

// Signs and then opens what it made, as a verifier would. WriteEnvelope gives the bytes to store; a
// timestamp over `signature` can be put into the envelope before.
// kConfig: a key that the specification does not allow, no certificate or too many, an
// expiry that is not after the signing time, a time outside of 1970 to 9999, and what WritePayload
// refuses. kUnavailable: the key made a signature that does not verify with it. That the first
// certificate is the key's, and the rules of the chain, are for the caller.
Result<Envelope> SignEnvelope(EnvelopeType type, const Statement& statement,
                              crypto::Signer& signer);

}  // namespace hallmark::signature::notation

#endif  // HALLMARK_SIGNATURE_NOTATION_INTERNAL_SIGN_ENVELOPE_H_
