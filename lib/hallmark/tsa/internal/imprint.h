#ifndef HALLMARK_TSA_INTERNAL_IMPRINT_H_
#define HALLMARK_TSA_INTERNAL_IMPRINT_H_

#include "hallmark/tsa/tst_info.h"

// Private to the module: MessageImprint of RFC 3161 section 2.4.1.
namespace hallmark::tsa::internal {

// `element` is the whole element, already DER. kUnsupported for other hashes than SHA-2 of 256, 384
// and 512 bits, else kMalformed.
Result<Imprint> ReadImprint(ByteView element);

// The content of the hash's OBJECT IDENTIFIER.
ByteView OidOf(crypto::HashAlgorithm hash);

}  // namespace hallmark::tsa::internal

#endif  // HALLMARK_TSA_INTERNAL_IMPRINT_H_
