#include "tools/common/xml_text.h"

#include "hallmark/base/utf8.h"

namespace hallmark::cli {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// Char of XML 1.0, section 2.2, of what DecodeUtf8 gives: no surrogate, nothing above U+10FFFF.
bool IsChar(char32_t value) {
  if (value < 0x20) return value == '\t' || value == '\n' || value == '\r';
  return value != 0xFFFE && value != 0xFFFF;
}

// What stands for a character that does not stand for itself; empty for one that does.
std::string_view Reference(char32_t value, bool in_attribute) {
  switch (value) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '\r':
      return "&#13;";
    case '"':
      return in_attribute ? "&quot;" : "";
    case '\t':
      return in_attribute ? "&#9;" : "";
    case '\n':
      return in_attribute ? "&#10;" : "";
    default:
      return IsChar(value) ? "" : kReplacement;
  }
}

std::string Escaped(std::string_view text, bool in_attribute) {
  std::string result;
  while (!text.empty()) {
    const auto point = DecodeUtf8(text);
    const std::size_t length = point ? point->length : 1;
    const std::string_view reference = point ? Reference(point->value, in_attribute) : kReplacement;
    result += reference.empty() ? text.substr(0, length) : reference;
    text.remove_prefix(length);
  }
  return result;
}

}  // namespace

std::string XmlText(std::string_view text) { return Escaped(text, false); }

std::string XmlQuoted(std::string_view text) { return '"' + Escaped(text, true) + '"'; }

}  // namespace hallmark::cli
