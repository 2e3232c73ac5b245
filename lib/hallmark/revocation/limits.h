#ifndef HALLMARK_REVOCATION_LIMITS_H_
#define HALLMARK_REVOCATION_LIMITS_H_

#include <chrono>
#include <cstddef>

namespace hallmark::revocation {

// The largest lists of public authorities take 10 to 20 MB.
inline constexpr std::size_t kMaxCrlBytes = std::size_t{32} * 1024 * 1024;
// An entry takes 20 bytes at least; the largest lists have under a million.
inline constexpr std::size_t kMaxCrlEntries = 2'000'000;
// Lists have 2 to 5, their entries 0 to 2.
inline constexpr std::size_t kMaxExtensions = 32;
// RFC 5280 section 5.2.3: 20 bytes, and one more for the sign.
inline constexpr std::size_t kMaxNumberBytes = 21;

// An answer has 500 bytes to 2 KiB; a responder's certificates come with it.
inline constexpr std::size_t kMaxOcspBytes = std::size_t{64} * 1024;
// One is asked for; responders that answer beforehand may send a batch.
inline constexpr std::size_t kMaxOcspAnswers = 64;
inline constexpr std::size_t kMaxOcspCertificates = 10;

// Certificates name 1 or 2 of each.
inline constexpr std::size_t kMaxDistributionPoints = 16;
inline constexpr std::size_t kMaxNamesOfPoint = 16;
inline constexpr std::size_t kMaxAccessDescriptions = 16;
inline constexpr std::size_t kMaxUrlBytes = 2048;

// What a checker keeps in memory: a handful of authorities, thousands of certificates.
inline constexpr std::size_t kMaxShelvedBytes = std::size_t{64} * 1024 * 1024;
inline constexpr std::size_t kMaxShelved = 256;
inline constexpr std::size_t kMaxTurns = 1024;
inline constexpr std::size_t kMaxRemembered = 4096;
// Authorities publish within hours of a revocation.
inline constexpr std::chrono::hours kLookAgainAfter{1};
inline constexpr std::chrono::seconds kRetryAfter{30};
// Responders answer within a second; 10 MB take some.
inline constexpr std::chrono::seconds kOcspDeadline{5};
inline constexpr std::chrono::seconds kCrlDeadline{15};

}  // namespace hallmark::revocation

#endif  // HALLMARK_REVOCATION_LIMITS_H_
