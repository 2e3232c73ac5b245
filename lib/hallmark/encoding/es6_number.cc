#include "hallmark/encoding/internal/es6_number.h"

#include <array>
#include <charconv>
#include <string_view>

#include "hallmark/base/check.h"

namespace hallmark::json::internal {
namespace {

// value = 0.d1d2d3... * 10^point
struct Decimal {
  std::string digits;
  int point = 0;
};

// `number` is positive and finite.
Decimal Shortest(double number) {
  std::array<char, 32> buffer{};
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                     std::chars_format::scientific);
  HALLMARK_CHECK(written.ec == std::errc());
  const std::string_view text(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
  const std::size_t e = text.find('e');
  Decimal decimal;
  for (const char c : text.substr(0, e)) {
    if (c != '.') decimal.digits += c;
  }
  const std::size_t exponent = e + (text[e + 1] == '+' ? 2U : 1U);
  std::from_chars(text.data() + exponent, text.data() + text.size(), decimal.point);
  decimal.point += 1;
  return decimal;
}

std::string Exponential(const Decimal& decimal) {
  const int exponent = decimal.point - 1;
  std::string text = decimal.digits.substr(0, 1);
  if (decimal.digits.size() > 1) text += "." + decimal.digits.substr(1);
  return text + (exponent < 0 ? "e" : "e+") + std::to_string(exponent);
}

// ECMA-262 section 6.1.6.1.20 (Number::toString), steps 6 to 10; n there is `point` here.
std::string Layout(const Decimal& decimal) {
  const int count = static_cast<int>(decimal.digits.size());
  if (decimal.point > 21 || decimal.point <= -6) return Exponential(decimal);
  if (decimal.point <= 0) {
    return "0." + std::string(static_cast<std::size_t>(-decimal.point), '0') + decimal.digits;
  }
  if (decimal.point >= count) {
    return decimal.digits + std::string(static_cast<std::size_t>(decimal.point - count), '0');
  }
  std::string text = decimal.digits;
  return text.insert(static_cast<std::size_t>(decimal.point), ".");
}

}  // namespace

std::string ToEs6(double number) {
  if (number == 0) return "0";
  if (number < 0) return "-" + Layout(Shortest(-number));
  return Layout(Shortest(number));
}

}  // namespace hallmark::json::internal
