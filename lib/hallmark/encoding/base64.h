#ifndef HALLMARK_ENCODING_BASE64_H_
#define HALLMARK_ENCODING_BASE64_H_

#include <string>
#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"

namespace hallmark::encoding {

// Base64 of RFC 4648 section 4 (standard alphabet, padded) and section 5 (URL alphabet, no
// padding). Decoding is strict: exactly the text that encoding would give. White space, missing or
// extra padding, the other alphabet, non-zero spare bits and trailing text are kMalformed, naming
// the offset. The caller bounds the length.
std::string ToBase64(ByteView bytes);
Result<Bytes> FromBase64(std::string_view text);
std::string ToBase64Url(ByteView bytes);
Result<Bytes> FromBase64Url(std::string_view text);

}  // namespace hallmark::encoding

#endif  // HALLMARK_ENCODING_BASE64_H_
