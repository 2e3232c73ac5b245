#include "hallmark/base/printable.h"

#include <array>
#include <cstdio>

#include "hallmark/base/utf8.h"

namespace hallmark {
namespace {

struct Range {
  char32_t first, last;
};

// Unicode 15: C1 controls, soft hyphen and the format characters that hide or reorder text.
constexpr std::array kHidden{
    Range{0x7F, 0x9F},     Range{0xAD, 0xAD},     Range{0x061C, 0x061C},   Range{0x180E, 0x180E},
    Range{0x200B, 0x200F}, Range{0x2028, 0x202E}, Range{0x2060, 0x206F},   Range{0xFE00, 0xFE0F},
    Range{0xFEFF, 0xFEFF}, Range{0xFFF9, 0xFFFB}, Range{0xE0000, 0xE0FFF},
};

bool IsHidden(char32_t value) {
  if (value < 0x20) return true;
  for (const Range& range : kHidden) {
    if (value >= range.first && value <= range.last) return true;
  }
  return false;
}

// \xNN
void AppendByte(std::string& out, unsigned value) {
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "\\x%02x", value);
  out += buffer.data();
}

// \u{NNNN}
void AppendCodePoint(std::string& out, unsigned value) {
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "\\u{%04x}", value);
  out += buffer.data();
}

void AppendPoint(std::string& out, char32_t value, std::string_view raw) {
  if (value == U'\\') {
    out += "\\\\";
  } else if (!IsHidden(value)) {
    out += raw;
  } else if (value < 0x80) {
    AppendByte(out, static_cast<unsigned>(value));
  } else {
    AppendCodePoint(out, static_cast<unsigned>(value));
  }
}

}  // namespace

std::string Printable(std::string_view untrusted_text, std::size_t max_bytes) {
  std::string out;
  std::size_t used = 0;
  while (used < untrusted_text.size()) {
    const std::string_view rest = untrusted_text.substr(used);
    const auto point = DecodeUtf8(rest);
    const std::size_t length = point ? point->length : 1;
    if (used + length > max_bytes) return out + "...";
    if (point) {
      AppendPoint(out, point->value, rest.substr(0, length));
    } else {
      AppendByte(out, static_cast<unsigned char>(rest[0]));
    }
    used += length;
  }
  return out;
}

}  // namespace hallmark
