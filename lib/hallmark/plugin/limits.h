#ifndef HALLMARK_PLUGIN_LIMITS_H_
#define HALLMARK_PLUGIN_LIMITS_H_

#include <chrono>
#include <cstddef>

namespace hallmark::plugin {

// An envelope of ten certificates and a timestamp, in base64 twice; the contract's bound is 64 MiB.
inline constexpr std::size_t kMaxAnswerBytes = std::size_t{128} * 1024;
inline constexpr std::size_t kMaxErrorBytes = std::size_t{16} * 1024;
inline constexpr std::size_t kMaxAnswerDepth = 8;
inline constexpr std::size_t kMaxAnswerValues = 256;
inline constexpr std::size_t kMaxNameBytes = 128;
// Key services answer within seconds; a person may have to log in on a phone.
inline constexpr std::chrono::minutes kDeadline{1};

}  // namespace hallmark::plugin

#endif  // HALLMARK_PLUGIN_LIMITS_H_
