#ifndef HALLMARK_SIGNATURE_BUNDLE_INTERNAL_DSSE_H_
#define HALLMARK_SIGNATURE_BUNDLE_INTERNAL_DSSE_H_

#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/public_key.h"

// DSSE v1.0.2 (secure-systems-lab/dsse protocol.md, envelope.md).
namespace hallmark::signature::bundle {

// Pre-authentication encoding: "DSSEv1 LEN(type) type LEN(payload) payload", the bytes that are
// signed. LEN is ASCII decimal without leading zeros and counts bytes, so that no two pairs of
// type and payload have one encoding (A11).
Bytes PreAuthEncoding(std::string_view payload_type, ByteView payload);

// What a signed encoding holds. Both views point into the SignedBytes they were split from.
struct SignedPayload {
  std::string_view payload_type;
  ByteView payload;
};

// Takes a pre-authentication encoding apart again, after a key vouched for it: what is parsed is
// then exactly what was signed, and never a copy from the envelope. kMalformed when the bytes are
// no such encoding to the last byte (a key may have signed anything).
Result<SignedPayload> SplitPreAuth(const crypto::SignedBytes& encoding);

}  // namespace hallmark::signature::bundle

#endif  // HALLMARK_SIGNATURE_BUNDLE_INTERNAL_DSSE_H_
