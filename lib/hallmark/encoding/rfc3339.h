#ifndef HALLMARK_ENCODING_RFC3339_H_
#define HALLMARK_ENCODING_RFC3339_H_

#include <string>
#include <string_view>

#include "hallmark/base/result.h"
#include "hallmark/base/time.h"

namespace hallmark::encoding {

// "2026-11-24T06:26:03Z" (RFC 3339, always UTC, whole seconds).
std::string ToRfc3339(UnixTime time);

// RFC 3339 section 5.6 date-time with upper-case T and Z or a numeric offset. A fraction is
// accepted and cut off; leap seconds (":60") and years before 1970 are kMalformed.
Result<UnixTime> FromRfc3339(std::string_view text);

}  // namespace hallmark::encoding

#endif  // HALLMARK_ENCODING_RFC3339_H_
