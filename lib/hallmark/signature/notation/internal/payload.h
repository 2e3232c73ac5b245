#ifndef HALLMARK_SIGNATURE_NOTATION_INTERNAL_PAYLOAD_H_
#define HALLMARK_SIGNATURE_NOTATION_INTERNAL_PAYLOAD_H_

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/public_key.h"
#include "hallmark/oci/content.h"
#include "hallmark/signature/notation/internal/envelope.h"

namespace hallmark::signature::notation {

// What signed bytes say: all of it from the bytes that a key vouched for.
struct SignedClaim {
  Attributes attributes;
  // "targetArtifact". The caller compares its digest, its size and its media type with the subject.
  oci::Descriptor target;
};

// Reads attributes and payload (signature-specification.md, "Payload") out of signed bytes.
// kMalformed (A14, A15, A16): what the envelope's parser refuses; a payload that is no strict JSON
// object with the one member targetArtifact; a descriptor without mediaType, digest or size, or
// with one of another kind; annotations that are not text. Members of the descriptor that are not
// read are ignored, as OCI image-spec v1.1 demands. kLimit: see limits.h.
Result<SignedClaim> ParseSigned(const crypto::SignedBytes& signed_bytes, EnvelopeType type);

// The payload about `target`: media type, digest, size and annotations, as notation writes it.
// kConfig for text that JSON readers do not agree on, and for annotations whose names are the
// specification's own ("io.cncf.notary...").
Result<Bytes> WritePayload(const oci::Descriptor& target);

}  // namespace hallmark::signature::notation

#endif  // HALLMARK_SIGNATURE_NOTATION_INTERNAL_PAYLOAD_H_
