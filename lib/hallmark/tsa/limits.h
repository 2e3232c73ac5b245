#ifndef HALLMARK_TSA_LIMITS_H_
#define HALLMARK_TSA_LIMITS_H_

#include <chrono>
#include <cstddef>

namespace hallmark::tsa {

// Tokens of public authorities take 0.5 kB without certificates, 3 to 7 kB with them.
inline constexpr std::size_t kMaxTokenBytes = std::size_t{64} * 1024;
// A token, a status and a few sentences.
inline constexpr std::size_t kMaxResponseBytes = kMaxTokenBytes + std::size_t{4} * 1024;
// Tokens carry up to 5.
inline constexpr std::size_t kMaxCertificates = 16;
// Genuine ones have 4 to 6.
inline constexpr std::size_t kMaxAttributes = 32;
inline constexpr std::size_t kMaxDigestAlgorithms = 8;
inline constexpr std::size_t kMaxExtensions = 16;
// RFC 3161 section 2.4.2 asks for 160 bits; nonces are as long as whoever asked made them.
inline constexpr std::size_t kMaxIntegerBytes = 64;
inline constexpr std::size_t kMaxFractionDigits = 9;
// Useless long before, but then it is a range that lies within no certificate's life.
inline constexpr std::chrono::seconds kMaxAccuracy = std::chrono::hours(24 * 366);
// Sentences of an authority that refuses; more are not shown.
inline constexpr std::size_t kMaxStatusTexts = 4;

// What notation asks with is longer, what openssl asks with is shorter.
inline constexpr std::size_t kNonceBytes = 16;

}  // namespace hallmark::tsa

#endif  // HALLMARK_TSA_LIMITS_H_
