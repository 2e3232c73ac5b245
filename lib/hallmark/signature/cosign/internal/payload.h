#ifndef HALLMARK_SIGNATURE_COSIGN_INTERNAL_PAYLOAD_H_
#define HALLMARK_SIGNATURE_COSIGN_INTERNAL_PAYLOAD_H_

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/public_key.h"
#include "hallmark/oci/digest.h"
#include "hallmark/signature/signature.h"

namespace hallmark::signature::cosign {

// Reads a simple-signing payload (sigstore/cosign specs/SIGNATURE_SPEC.md; containers/image
// docs/containers-signature.5.md):
//   {"critical":{"identity":{"docker-reference":"registry.example/app:1.4"},
//                "image":{"docker-manifest-digest":"sha256:..."},
//                "type":"cosign container image signature"},
//    "optional":{"env":"prod"}}
// kMalformed: no strict JSON object, another type, a digest that is none, a member of "critical" or
// of the payload that the specification does not name, an "optional" that is neither object nor
// null. kMismatch: the digest is not `subject`. kLimit: see limits.h. kUnsupported: an
// optional.hallmark of another version than 1.
//
// docker-reference becomes the claim's repository and tag; one that is no image name (peers sign
// any text) leaves both absent, so that no rule about names is met. Members of "optional" that are
// text are the annotations, except "hallmark", which is ours: there everything unknown or written
// otherwise than we write it is kMalformed.
Result<Claim> ParsePayload(const crypto::SignedBytes& payload, const oci::Digest& subject);

// A claim as cosign v2.5 writes it, byte for byte: members in that order, those of "optional" by
// name, `<`, `>`, `&`, U+2028 and U+2029 escaped as Go's encoding/json does. The times, and a tag
// without a repository, go into optional.hallmark; "optional" is null where nothing goes into it.
// kConfig: text that JSON readers do not agree on, an annotation called "hallmark", a claim that is
// more than a signature. kLimit: larger than any that is read.
Result<Bytes> WritePayload(const Claim& claim);

}  // namespace hallmark::signature::cosign

#endif  // HALLMARK_SIGNATURE_COSIGN_INTERNAL_PAYLOAD_H_
