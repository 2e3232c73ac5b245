#ifndef HALLMARK_ENCODING_DURATION_H_
#define HALLMARK_ENCODING_DURATION_H_

#include <chrono>
#include <string_view>

#include "hallmark/base/result.h"

namespace hallmark::encoding {

// "90d", "12h": a whole number of at least 1 without leading zeros, and s, m, h, d or w; at most a
// hundred years. kMalformed otherwise.
Result<std::chrono::seconds> ParseDuration(std::string_view text);

}  // namespace hallmark::encoding

#endif  // HALLMARK_ENCODING_DURATION_H_
