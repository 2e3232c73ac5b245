#ifndef HALLMARK_BASE_UTF8_H_
#define HALLMARK_BASE_UTF8_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hallmark {

struct CodePoint {
  char32_t value;
  std::size_t length;  // bytes it took
};

// Reads the first code point of `text` (RFC 3629: no overlong form, no surrogate, nothing above
// U+10FFFF). nullopt when `text` is empty or starts with anything else.
std::optional<CodePoint> DecodeUtf8(std::string_view text);

// Whether all of `text` is UTF-8 by the same rules.
bool IsUtf8(std::string_view text);

}  // namespace hallmark

#endif  // HALLMARK_BASE_UTF8_H_
