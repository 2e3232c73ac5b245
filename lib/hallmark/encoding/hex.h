#ifndef HALLMARK_ENCODING_HEX_H_
#define HALLMARK_ENCODING_HEX_H_

#include <string>
#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"

namespace hallmark::encoding {

// Lower-case hexadecimal, two digits a byte.
std::string ToHex(ByteView bytes);

// Strict inverse of ToHex: lower-case digits only, even count. kMalformed otherwise.
Result<Bytes> FromHex(std::string_view text);

}  // namespace hallmark::encoding

#endif  // HALLMARK_ENCODING_HEX_H_
