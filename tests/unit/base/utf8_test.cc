#include "hallmark/base/utf8.h"

#include <string>

#include "tests/support/catch.h"

namespace hallmark {
namespace {

// The bytes of a code point by the rule of RFC 3629, for any value.
std::string Encode(char32_t value) {
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | ((value >> shift) & 0x3F)); };
  if (value < 0x80) return {static_cast<char>(value)};
  if (value < 0x800) return {static_cast<char>(0xC0 | (value >> 6)), tail(0)};
  if (value < 0x10000) return {static_cast<char>(0xE0 | (value >> 12)), tail(6), tail(0)};
  return {static_cast<char>(0xF0 | (value >> 18)), tail(12), tail(6), tail(0)};
}

TEST_CASE("every code point but the surrogates decodes to itself") {
  std::size_t wrong = 0;
  for (char32_t value = 0; value <= 0x10FFFF; ++value) {
    const std::string text = Encode(value);
    const auto point = DecodeUtf8(text);
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    const bool decoded = point && point->value == value && point->length == text.size();
    if (decoded == surrogate) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("every two bytes are judged as RFC 3629 says") {
  std::size_t accepted = 0;
  for (int first = 0x80; first <= 0xFF; ++first) {
    for (int second = 0; second <= 0xFF; ++second) {
      const std::string text{static_cast<char>(first), static_cast<char>(second)};
      if (IsUtf8(text)) ++accepted;
    }
  }
  CHECK(accepted == (0xDF - 0xC2 + 1) * 64);
}

TEST_CASE("malformed text is refused") {
  const std::string_view text =
      GENERATE(as<std::string_view>{}, "\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf",
               "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xfe", "\xc3",
               "\xe2\x82", "\xf0\x9f\x98", "\xc3(", "\xe2(\xa1", "\xed\xa0\x80", "\xed\xbf\xbf");
  CHECK_FALSE(DecodeUtf8(text));
  CHECK_FALSE(IsUtf8("ok" + std::string(text)));
}

TEST_CASE("empty text has no code point and is UTF-8") {
  CHECK_FALSE(DecodeUtf8(""));
  CHECK(IsUtf8(""));
}

TEST_CASE("NUL is an ordinary code point") {
  const std::string_view text("a\0b", 3);
  CHECK(IsUtf8(text));
  CHECK(DecodeUtf8(text.substr(1))->value == 0);
}

TEST_CASE("decoding takes only the first code point") {
  const auto point = DecodeUtf8("\u20acuro");
  REQUIRE(point);
  CHECK(point->value == U'\u20ac');
  CHECK(point->length == 3);
}

}  // namespace
}  // namespace hallmark
