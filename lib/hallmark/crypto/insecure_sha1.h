#ifndef HALLMARK_CRYPTO_INSECURE_SHA1_H_
#define HALLMARK_CRYPTO_INSECURE_SHA1_H_

#include "hallmark/base/bytes.h"

namespace hallmark::crypto {

// SHA-1 (FIPS 180-4), 20 bytes. Two contents can be made to agree in it, so nothing may be believed
// for its sake: only for names that a protocol writes with it, where a signature by another hash
// decides (CertID and ResponderID of RFC 6960).
Bytes InsecureSha1(ByteView content);

}  // namespace hallmark::crypto

#endif  // HALLMARK_CRYPTO_INSECURE_SHA1_H_
