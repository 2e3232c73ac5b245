#ifndef HALLMARK_KEYS_FILE_LIMITS_H_
#define HALLMARK_KEYS_FILE_LIMITS_H_

#include <cstddef>

namespace hallmark::keys {

// An encrypted RSA key of 8192 bits takes 9 kB of text.
inline constexpr std::size_t kMaxKeyFileBytes = std::size_t{64} * 1024;

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_FILE_LIMITS_H_
