#ifndef HALLMARK_SIGNATURE_NOTATION_LIMITS_H_
#define HALLMARK_SIGNATURE_NOTATION_LIMITS_H_

#include <chrono>
#include <cstddef>

#include "hallmark/signature/limits.h"

namespace hallmark::signature::notation {

// An envelope is one blob: nothing larger is read. Real ones have 2 to 10 kB.
inline constexpr std::size_t kMaxEnvelopeBytes = signature::kMaxEnvelopeBytes;
// The envelope itself nests 3 levels; extended attributes are anybody's.
inline constexpr std::size_t kMaxEnvelopeDepth = 16;
inline constexpr std::size_t kMaxEnvelopeValues = 4096;
// Root, some intermediates and the leaf: real chains have 1 to 4 certificates (A37).
inline constexpr std::size_t kMaxCertificates = 16;
// RSA of 4096 bits signs with 512 bytes.
inline constexpr std::size_t kMaxSignatureBytes = 1024;
// A payload is a descriptor with some annotations.
inline constexpr std::size_t kMaxPayloadDepth = 8;
inline constexpr std::size_t kMaxPayloadValues = 4096;
// The thumbprints of a signature manifest, one a certificate.
inline constexpr std::size_t kMaxThumbprintsBytes = 4096;
// How far the signer's clock may be ahead of ours. A signing authority gets none of it (A41).
inline constexpr std::chrono::seconds kMaxClockSkew{300};

}  // namespace hallmark::signature::notation

#endif  // HALLMARK_SIGNATURE_NOTATION_LIMITS_H_
