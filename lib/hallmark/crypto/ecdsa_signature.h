#ifndef HALLMARK_CRYPTO_ECDSA_SIGNATURE_H_
#define HALLMARK_CRYPTO_ECDSA_SIGNATURE_H_

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/scheme.h"

// The two spellings of an ECDSA signature. Keys verify and sign DER; JOSE (RFC 7518 section 3.4)
// and COSE (RFC 9053 section 2.1) send r || s, each as long as the curve's field (IEEE P1363).
namespace hallmark::crypto {

// kMalformed unless `raw` is exactly twice the field's length. Whether r and s are in range is for
// PublicKey::Verify. `type` must be a type of ECDSA key.
Result<Bytes> EcdsaDerFromRaw(KeyType type, ByteView raw);

// The inverse. kMalformed for what is not strict DER, for zeros and for numbers longer than the
// field.
Result<Bytes> EcdsaRawFromDer(KeyType type, ByteView der);

// The twin (r, n-s), which verifies wherever (r, s) does: whoever has one has both, without any key
// (A29). kMalformed as above, and for an s that is not below n; kUnsupported for
// types of other keys.
Result<Bytes> EcdsaTwin(KeyType type, ByteView der);

}  // namespace hallmark::crypto

#endif  // HALLMARK_CRYPTO_ECDSA_SIGNATURE_H_
