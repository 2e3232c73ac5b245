#ifndef HALLMARK_KEYS_KMS_LIMITS_H_
#define HALLMARK_KEYS_KMS_LIMITS_H_

#include <chrono>
#include <cstddef>

namespace hallmark::keys {

// The reference travels in an argument of the plugin; resources are URLs at most.
inline constexpr std::size_t kMaxKmsRefBytes = 4096;
// A public key or a signature in base64; RSA of 8192 bits has 1 KiB of either.
inline constexpr std::size_t kMaxKmsAnswerBytes = std::size_t{64} * 1024;
// Key services answer within seconds; a person may have to log in on a phone.
inline constexpr std::chrono::minutes kKmsDeadline{1};

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_KMS_LIMITS_H_
