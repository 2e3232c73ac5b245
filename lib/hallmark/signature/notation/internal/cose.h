#ifndef HALLMARK_SIGNATURE_NOTATION_INTERNAL_COSE_H_
#define HALLMARK_SIGNATURE_NOTATION_INTERNAL_COSE_H_

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/signature/notation/internal/envelope.h"
#include "hallmark/signature/notation/internal/signed_parts.h"

// The COSE envelope (notaryproject/specifications, signature-envelope-cose.md): COSE_Sign1_Tagged
// of RFC 9052 with x5chain of RFC 9360. CBOR with definite lengths and shortest heads only.
namespace hallmark::signature::notation {

// kMalformed: not that CBOR; a repeated label (A14), or one in both headers; "alg" or "crit" that
// is not protected (A26), an "alg" that is no integer; a detached payload; no certificate; and
// what CheckAttributes refuses. kUnsupported: see there, and a COSE hash envelope. kLimit: see
// limits.h.
// Keys and places of keys (kid, x5bag, x5t, x5u) are not looked at (A25). x5chain may be in either
// header. Unprotected parameters that the specification does not name are ignored.
Result<Envelope> ParseCose(ByteView untrusted_bytes);

// The envelope as notation writes it, x5chain unprotected. What ParseCose gave is written so that
// it parses alike.
Bytes WriteCose(const Envelope& envelope);

// What is signed: the Sig_structure of RFC 9052 section 4.4, without external data.
Result<SignedParts> SplitCoseSignedBytes(ByteView signed_bytes);
Bytes JoinCoseSignedBytes(const Attributes& attributes, ByteView payload);

// The content of the protected header's byte string, as notation writes it. The algorithm must be
// one of the specification's, the extended attributes must be text.
Bytes WriteCoseProtected(const Attributes& attributes);

}  // namespace hallmark::signature::notation

#endif  // HALLMARK_SIGNATURE_NOTATION_INTERNAL_COSE_H_
