#ifndef HALLMARK_SIGNATURE_LIMITS_H_
#define HALLMARK_SIGNATURE_LIMITS_H_

#include <cstddef>
#include <string_view>

#include "hallmark/store/limits.h"

namespace hallmark::signature {

// An envelope is one blob: nothing larger is read. That of a signature holds a statement of some
// hundred bytes, and perhaps certificates and proofs.
inline constexpr std::size_t kMaxEnvelopeBytes = std::size_t{4} * 1024 * 1024;
// That of an attestation holds anybody's document in base64: SBOMs have up to 50 MB. It is read
// only where an attestation is asked for, one at a time, and takes up to 7 times its size.
inline constexpr std::size_t kMaxAttestationBytes = store::kMaxBlobBytes;
// The document itself: 64 MiB, nested some 10 levels, a value every 25 bytes. Its values are looked
// at and not kept.
inline constexpr std::size_t kMaxPredicateBytes = std::size_t{64} * 1024 * 1024;
inline constexpr std::size_t kMaxPredicateValues = 4'000'000;
// A statement without its predicate, and the predicate of a signature.
inline constexpr std::size_t kMaxStatementDepth = 64;
inline constexpr std::size_t kMaxStatementValues = 200'000;
// Provenance of a large build names some hundred artifacts.
inline constexpr std::size_t kMaxSubjects = 1024;
// A hint is 44 characters of base64, a key id of other tools a URL at most.
inline constexpr std::size_t kMaxHintBytes = 1024;
// RSA of 8192 bits signs with 1024 bytes.
inline constexpr std::size_t kMaxSignatureBytes = 2048;

// The largest envelope of a statement of that predicate type.
std::size_t MaxEnvelopeBytes(std::string_view predicate_type);

}  // namespace hallmark::signature

#endif  // HALLMARK_SIGNATURE_LIMITS_H_
