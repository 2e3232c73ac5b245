#ifndef HALLMARK_ENCODING_DURATION_H_
#define HALLMARK_ENCODING_DURATION_H_

#include <chrono>
#include <string>
#include <string_view>

#include "hallmark/base/result.h"

namespace hallmark::encoding {

// "90d", "12h": a whole number of at least 1 without leading zeros, and s, m, h, d, w or y (365
// days); at most a hundred years. kMalformed otherwise.
Result<std::chrono::seconds> ParseDuration(std::string_view text);

// "7d", "36h": in the largest unit up to days that is exact.
std::string DurationText(std::chrono::seconds duration);

}  // namespace hallmark::encoding

#endif  // HALLMARK_ENCODING_DURATION_H_
