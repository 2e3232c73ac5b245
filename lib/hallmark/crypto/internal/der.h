#ifndef HALLMARK_CRYPTO_INTERNAL_DER_H_
#define HALLMARK_CRYPTO_INTERNAL_DER_H_

#include "hallmark/encoding/der.h"

// Private to the module: its short name for DER.
namespace hallmark::crypto {
namespace der = encoding::der;
}  // namespace hallmark::crypto

#endif  // HALLMARK_CRYPTO_INTERNAL_DER_H_
