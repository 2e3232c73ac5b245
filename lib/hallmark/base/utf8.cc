#include "hallmark/base/utf8.h"

namespace hallmark {
namespace {

struct Lead {
  std::size_t length;
  char32_t bits;
  char32_t least;  // smaller values are overlong
};

std::optional<Lead> ReadLead(unsigned char byte) {
  if (byte < 0x80) return Lead{1, byte, 0};
  if ((byte & 0xE0) == 0xC0) return Lead{2, byte & 0x1FU, 0x80};
  if ((byte & 0xF0) == 0xE0) return Lead{3, byte & 0x0FU, 0x800};
  if ((byte & 0xF8) == 0xF0) return Lead{4, byte & 0x07U, 0x10000};
  return std::nullopt;
}

}  // namespace

std::optional<CodePoint> DecodeUtf8(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const auto lead = ReadLead(static_cast<unsigned char>(text[0]));
  if (!lead || lead->length > text.size()) return std::nullopt;
  char32_t value = lead->bits;
  for (std::size_t i = 1; i < lead->length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) != 0x80) return std::nullopt;
    value = (value << 6) | (byte & 0x3FU);
  }
  const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < lead->least || value > 0x10FFFF || is_surrogate) return std::nullopt;
  return CodePoint{value, lead->length};
}

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    const auto point = DecodeUtf8(text);
    if (!point) return false;
    text.remove_prefix(point->length);
  }
  return true;
}

}  // namespace hallmark
