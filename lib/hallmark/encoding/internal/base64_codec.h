#ifndef HALLMARK_ENCODING_INTERNAL_BASE64_CODEC_H_
#define HALLMARK_ENCODING_INTERNAL_BASE64_CODEC_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"

// Private to the module: base64 between buffers that the caller owns, so that secrets never pass
// through memory that is not wiped. Looks nothing up in tables indexed by the data.
namespace hallmark::encoding::internal {

enum class Alphabet : std::uint8_t {
  kStandard = 1,  // RFC 4648 section 4, padded
  kUrl,           // RFC 4648 section 5, not padded
};

std::size_t EncodedSize(std::size_t bytes, Alphabet alphabet);

// `out` has exactly EncodedSize(bytes.size()) characters.
void Encode(ByteView bytes, Alphabet alphabet, std::span<std::uint8_t> out);

// Room enough for what `text_size` characters decode to.
std::size_t MaxDecodedSize(std::size_t text_size);

// Strict inverse of Encode; `out` has at least MaxDecodedSize. Gives the number of bytes written.
// kMalformed naming the offset; no message shows a character of the text.
Result<std::size_t> Decode(std::string_view text, Alphabet alphabet, std::span<std::uint8_t> out);

}  // namespace hallmark::encoding::internal

#endif  // HALLMARK_ENCODING_INTERNAL_BASE64_CODEC_H_
