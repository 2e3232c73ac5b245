#ifndef HALLMARK_CRYPTO_LIMITS_H_
#define HALLMARK_CRYPTO_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace hallmark::crypto {

// RSA below 2048 bits falls to known attacks (NIST SP 800-131A); above 8192 one verification costs
// so much that a hostile key becomes a weapon.
inline constexpr int kMinRsaBits = 2048;
inline constexpr int kMaxRsaBits = 8192;
// FIPS 186-5 A.1.1 asks for e above 2^16; a large e makes every verification slow.
inline constexpr std::uint64_t kMinRsaExponent = 65537;
inline constexpr int kMaxRsaExponentBits = 64;

// What a password-based derivation may cost when a foreign file names the price (A112): PBKDF2 of
// about five seconds; scrypt of 1 GiB or 64 blocks of work at its largest N.
inline constexpr std::uint64_t kMaxPbkdf2Iterations = 10'000'000;
inline constexpr std::uint64_t kMinScryptN = std::uint64_t{1} << 12;
inline constexpr std::uint64_t kMaxScryptN = std::uint64_t{1} << 20;
inline constexpr std::uint64_t kMaxScryptBlocks = 64;                      // r * p
inline constexpr std::uint64_t kMaxScryptMemory = std::uint64_t{1} << 30;  // 128 * N * r
inline constexpr std::size_t kMaxSaltBytes = 1024;

// An RSA key of 8192 bits takes 4.7 kB.
inline constexpr std::size_t kMaxPrivateKeyBytes = 16384;

}  // namespace hallmark::crypto

#endif  // HALLMARK_CRYPTO_LIMITS_H_
