#ifndef HALLMARK_SIGNATURE_LIMITS_H_
#define HALLMARK_SIGNATURE_LIMITS_H_

#include <cstddef>

#include "hallmark/store/limits.h"

namespace hallmark::signature {

// An envelope is one blob: nothing larger is read.
inline constexpr std::size_t kMaxEnvelopeBytes = store::kMaxBlobBytes;
// A statement's predicate is anybody's document: an SBOM of 3 MiB has some 100,000 values, and
// none is nested deeper than 32 levels. 200,000 parsed values take about 25 MiB.
inline constexpr std::size_t kMaxStatementDepth = 64;
inline constexpr std::size_t kMaxStatementValues = 200'000;
// Provenance of a large build names some hundred artifacts.
inline constexpr std::size_t kMaxSubjects = 1024;
// A hint is 44 characters of base64, a key id of other tools a URL at most.
inline constexpr std::size_t kMaxHintBytes = 1024;
// RSA of 8192 bits signs with 1024 bytes.
inline constexpr std::size_t kMaxSignatureBytes = 2048;

}  // namespace hallmark::signature

#endif  // HALLMARK_SIGNATURE_LIMITS_H_
