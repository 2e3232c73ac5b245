#ifndef HALLMARK_KEYS_PLUGIN_LIMITS_H_
#define HALLMARK_KEYS_PLUGIN_LIMITS_H_

#include <cstddef>

namespace hallmark::keys {

// A key's identifier may be a URL with its version; ten configuration values beside it.
inline constexpr std::size_t kMaxPluginRefBytes = 8192;
inline constexpr std::size_t kMaxPluginConfig = 32;

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_PLUGIN_LIMITS_H_
