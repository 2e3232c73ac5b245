#ifndef HALLMARK_SIGNATURE_DSSE_H_
#define HALLMARK_SIGNATURE_DSSE_H_

#include <string>
#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/public_key.h"
#include "hallmark/encoding/json.h"

// DSSE v1.0.2 (secure-systems-lab/dsse protocol.md, envelope.md).
namespace hallmark::signature {

// Pre-authentication encoding: "DSSEv1 LEN(type) type LEN(payload) payload", the bytes that are
// signed. LEN is ASCII decimal without leading zeros and counts bytes, so that no two pairs of
// type and payload have one encoding (A11).
Bytes PreAuthEncoding(std::string_view payload_type, ByteView payload);

// An envelope taken apart; nothing in it is proved.
struct UnverifiedEnvelope {
  std::string payload_type;
  Bytes payload;
  Bytes signature;
};

// Reads an envelope with exactly one signature (envelope.md), `where` for messages. kMalformed: a
// member that envelopes do not have or that occurs twice, another number of signatures, an empty
// one, base64 that is not strict (A18). kLimit: a signature or key id that is too long. The key id
// is a hint and is not read.
Result<UnverifiedEnvelope> ParseEnvelope(const json::Value& envelope, const std::string& where);

// The same as text, with an empty key id, as cosign writes it.
std::string WriteEnvelope(UnverifiedEnvelope envelope);

// What a signed encoding holds. Both views point into the SignedBytes they were split from.
struct SignedPayload {
  std::string_view payload_type;
  ByteView payload;
};

// Takes a pre-authentication encoding apart again, after a key vouched for it: what is parsed is
// then exactly what was signed, and never a copy from the envelope. kMalformed when the bytes are
// no such encoding to the last byte (a key may have signed anything).
Result<SignedPayload> SplitPreAuth(const crypto::SignedBytes& encoding);

}  // namespace hallmark::signature

#endif  // HALLMARK_SIGNATURE_DSSE_H_
