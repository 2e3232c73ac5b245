#ifndef HALLMARK_SIGNATURE_NOTATION_INTERNAL_JWS_H_
#define HALLMARK_SIGNATURE_NOTATION_INTERNAL_JWS_H_

#include <string>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/signature/notation/internal/envelope.h"
#include "hallmark/signature/notation/internal/signed_parts.h"

// The JWS envelope (notaryproject/specifications, signature-envelope-jws.md): RFC 7515 in flattened
// JSON form with exactly the members payload, protected, header and signature.
namespace hallmark::signature::notation {

// kMalformed: not that JSON; another or a repeated member (A14, A15); base64 that is not strict
// (A18); a parameter of the protected header in "header" too, or "alg" or "crit" there (A24);
// "b64"; no certificate; and what CheckAttributes refuses. kUnsupported: see there. kLimit: see
// limits.h.
// Keys and places of keys in either header (jwk, jku, kid, x5u, x5t, a protected x5c) are not
// looked at (A25). Unprotected parameters that the specification does not name are ignored.
Result<Envelope> ParseJws(ByteView untrusted_text);

// The envelope as notation writes it. What ParseJws gave is written so that it parses alike.
Bytes WriteJws(const Envelope& envelope);

// What is signed: "protected.payload" of RFC 7515 section 5.1.
Result<SignedParts> SplitJwsSignedBytes(ByteView signed_bytes);
Bytes JoinJwsSignedBytes(const Attributes& attributes, ByteView payload);

// The protected header with its members sorted, as notation writes it. The extended attributes must
// be text.
std::string WriteJwsProtected(const Attributes& attributes);

}  // namespace hallmark::signature::notation

#endif  // HALLMARK_SIGNATURE_NOTATION_INTERNAL_JWS_H_
