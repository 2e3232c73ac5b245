#ifndef HALLMARK_KEYS_PLUGIN_LIMITS_H_
#define HALLMARK_KEYS_PLUGIN_LIMITS_H_

#include <chrono>
#include <cstddef>

namespace hallmark::keys {

// A key's identifier may be a URL with its version; ten configuration values beside it.
inline constexpr std::size_t kMaxPluginRefBytes = 8192;
inline constexpr std::size_t kMaxPluginConfig = 32;
// Ten certificates in base64 and a signature; the protocol's own bound is 64 MiB.
inline constexpr std::size_t kMaxPluginAnswerBytes = std::size_t{128} * 1024;
inline constexpr std::size_t kMaxPluginErrorBytes = std::size_t{16} * 1024;
// Key services answer within seconds; a person may have to log in on a phone.
inline constexpr std::chrono::minutes kPluginDeadline{1};

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_PLUGIN_LIMITS_H_
