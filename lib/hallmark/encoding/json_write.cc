#include <algorithm>
#include <array>
#include <cstdio>

#include "hallmark/base/utf8.h"
#include "hallmark/encoding/internal/es6_number.h"
#include "hallmark/encoding/json.h"

namespace hallmark::json {
namespace {

enum class Style : std::uint8_t { kText = 1, kIndented, kJcs, kOlpc };

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// RFC 8785 section 3.2.2.2; empty when the byte stands for itself.
std::string EscapeJcs(char c) {
  switch (c) {
    case '\b':
      return "\\b";
    case '\t':
      return "\\t";
    case '\n':
      return "\\n";
    case '\f':
      return "\\f";
    case '\r':
      return "\\r";
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    default:
      break;
  }
  if (static_cast<unsigned char>(c) >= 0x20) return "";
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "\\u%04x", static_cast<unsigned>(c));
  return text.data();
}

std::string EscapeOlpc(char c) {
  if (c == '"') return "\\\"";
  if (c == '\\') return "\\\\";
  return "";
}

// UTF-16 code units, as RFC 8785 section 3.2.3 sorts by.
std::u16string ToUtf16(std::string_view text) {
  std::u16string units;
  while (!text.empty()) {
    const auto point = DecodeUtf8(text);
    char32_t value = point ? point->value : U'\uFFFD';
    text.remove_prefix(point ? point->length : 1);
    if (value >= 0x10000) {
      value -= 0x10000;
      units += static_cast<char16_t>(0xD800 + (value >> 10));
      value = 0xDC00 + (value & 0x3FF);
    }
    units += static_cast<char16_t>(value);
  }
  return units;
}

std::vector<const Member*> InOrder(const std::vector<Member>& members, Style style) {
  std::vector<const Member*> order;
  order.reserve(members.size());
  for (const Member& member : members) order.push_back(&member);
  if (style == Style::kJcs) {
    std::vector<std::pair<std::u16string, const Member*>> keyed;
    keyed.reserve(order.size());
    for (const Member* member : order) keyed.emplace_back(ToUtf16(member->name), member);
    std::stable_sort(keyed.begin(), keyed.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::transform(keyed.begin(), keyed.end(), order.begin(),
                   [](const auto& k) { return k.second; });
  } else if (style == Style::kOlpc) {
    // std::string compares bytes as unsigned.
    std::sort(order.begin(), order.end(),
              [](const Member* a, const Member* b) { return a->name < b->name; });
  }
  return order;
}

}  // namespace

class Printer {
 public:
  explicit Printer(Style style) : style_(style) {}

  // Recurses as deep as the value nests, which its parser or its maker bounded.
  void Print(const Value& value) {
    switch (value.kind()) {
      case Kind::kNull:
        out_ += "null";
        break;
      case Kind::kBool:
        out_ += *value.boolean() ? "true" : "false";
        break;
      case Kind::kNumber:
        PrintNumber(*std::get_if<Value::Number>(&value.data_), value.position());
        break;
      case Kind::kString:
        PrintString(*value.string());
        break;
      case Kind::kArray:
        PrintArray(*value.array());
        break;
      case Kind::kObject:
        PrintObject(*value.object());
        break;
    }
  }

  bool lossy() const { return fraction_.has_value(); }
  Position fraction() const { return *fraction_; }
  std::string Take() && { return std::move(out_); }

 private:
  void PrintNumber(const Value::Number& number, Position position) {
    if (style_ == Style::kJcs) {
      out_ += internal::ToEs6(number.value);
    } else if (style_ == Style::kOlpc) {
      if (number.digits.find_first_of(".eE") != std::string::npos) fraction_ = position;
      out_ += number.digits == "-0" ? "0" : number.digits;
    } else {
      out_ += number.digits;
    }
  }

  void PrintString(std::string_view text) {
    out_ += '"';
    while (!text.empty()) {
      const auto point = DecodeUtf8(text);
      const std::size_t length = point ? point->length : 1;
      const std::string escaped = style_ == Style::kOlpc ? EscapeOlpc(text[0]) : EscapeJcs(text[0]);
      out_ += !point ? kReplacement : escaped.empty() ? text.substr(0, length) : escaped;
      text.remove_prefix(length);
    }
    out_ += '"';
  }

  void PrintArray(const std::vector<Value>& items) {
    if (items.empty()) {
      out_ += "[]";
      return;
    }
    out_ += '[';
    ++depth_;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out_ += ',';
      BreakLine();
      Print(items[i]);
    }
    --depth_;
    BreakLine();
    out_ += ']';
  }

  void PrintObject(const std::vector<Member>& members) {
    if (members.empty()) {
      out_ += "{}";
      return;
    }
    out_ += '{';
    ++depth_;
    bool first = true;
    for (const Member* member : InOrder(members, style_)) {
      if (!first) out_ += ',';
      first = false;
      BreakLine();
      PrintString(member->name);
      out_ += style_ == Style::kIndented ? ": " : ":";
      Print(member->value);
    }
    --depth_;
    BreakLine();
    out_ += '}';
  }

  void BreakLine() {
    if (style_ != Style::kIndented) return;
    out_ += '\n';
    out_.append(depth_ * 2, ' ');
  }

  Style style_;
  std::string out_;
  std::size_t depth_ = 0;
  std::optional<Position> fraction_;  // of a number that OLPC cannot write
};

namespace {

std::string PrintAs(Style style, const Value& value) {
  Printer printer(style);
  printer.Print(value);
  return std::move(printer).Take();
}

}  // namespace

std::string ToText(const Value& value) { return PrintAs(Style::kText, value); }

std::string ToIndentedText(const Value& value) { return PrintAs(Style::kIndented, value) + "\n"; }

Bytes Canonical(const Value& value) { return ToBytes(PrintAs(Style::kJcs, value)); }

Result<Bytes> CanonicalOlpc(const Value& value) {
  Printer printer(Style::kOlpc);
  printer.Print(value);
  if (printer.lossy()) {
    const Position at = printer.fraction();
    const std::string place =
        at.line == 0 ? "" : std::to_string(at.line) + ":" + std::to_string(at.column) + ": ";
    return Error(ErrorCode::kMalformed, place + "canonical JSON holds integers only");
  }
  return ToBytes(std::move(printer).Take());
}

}  // namespace hallmark::json
