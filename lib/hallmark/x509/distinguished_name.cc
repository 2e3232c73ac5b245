#include "hallmark/x509/distinguished_name.h"

#include <algorithm>
#include <array>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/base/utf8.h"
#include "hallmark/x509/limits.h"

namespace hallmark::x509 {
namespace {

Error Malformed(const std::string& what) {
  return {ErrorCode::kMalformed, "distinguished name: " + what};
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool IsDotted(std::string_view text) {
  bool after_digit = false;
  bool has_dot = false;
  for (const char c : text) {
    if (c == '.' && !after_digit) return false;
    if (c != '.' && (c < '0' || c > '9')) return false;
    after_digit = c != '.';
    has_dot = has_dot || c == '.';
  }
  return has_dot && after_digit;
}

// Reads a name from its start to its end, once.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool AtEnd() const { return rest_.empty(); }

  // Up to "=", which is dropped.
  Result<std::string> TakeType() {
    const std::size_t end = rest_.find('=');
    if (end == std::string_view::npos) return Malformed("an attribute without \"=\"");
    std::string_view type = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    type.remove_prefix(std::min(type.find_first_not_of(' '), type.size()));
    type = type.substr(0, type.find_last_not_of(' ') + 1);
    if (auto known = AttributeType(type)) return *std::move(known);
    if (IsDotted(type)) return std::string(type);
    return Malformed("unknown attribute type " + Printable(type));
  }

  // Up to "," or the end; the comma is dropped, and something must follow it.
  Result<std::string> TakeValue() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size()));
    if (rest_.starts_with('#')) {
      return Error(ErrorCode::kUnsupported, "distinguished name: values in hexadecimal");
    }
    std::string value;
    std::size_t kept = 0;  // without trailing space that is not escaped
    while (!rest_.empty() && rest_[0] != ',') {
      const bool escaped = rest_[0] == '\\';
      HALLMARK_ASSIGN(const char c, TakeCharacter());
      value += c;
      if (escaped || c != ' ') kept = value.size();
    }
    if (!rest_.empty()) {
      rest_.remove_prefix(1);
      if (rest_.empty()) return Malformed("nothing after the last comma");
    }
    value.resize(kept);
    return value;
  }

 private:
  Result<char> TakeCharacter() {
    const char c = rest_[0];
    rest_.remove_prefix(1);
    if (c == '\\') return TakeEscaped();
    if (c == '+')
      return Error(ErrorCode::kUnsupported, "distinguished name: several attributes in one part");
    if (std::string_view("\"<>;").find(c) != std::string_view::npos) {
      return Malformed("a special character is not escaped");
    }
    return c;
  }

  Result<char> TakeEscaped() {
    if (rest_.empty()) return Malformed("nothing after the last backslash");
    const char c = rest_[0];
    if (std::string_view(" \"#+,;<=>\\").find(c) != std::string_view::npos) {
      rest_.remove_prefix(1);
      return c;
    }
    const int high = HexDigit(c);
    const int low = rest_.size() > 1 ? HexDigit(rest_[1]) : -1;
    if (high < 0 || low < 0) return Malformed("an escape that RFC 4514 does not have");
    rest_.remove_prefix(2);
    return static_cast<char>(16 * high + low);
  }

  std::string_view rest_;
};

bool IsPlain(std::string_view value) {
  return !value.empty() && IsUtf8(value) && std::ranges::none_of(value, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
}

}  // namespace

Result<DistinguishedName> DistinguishedName::Parse(std::string_view text) {
  if (text.size() > kMaxIdentityBytes) {
    return Error(ErrorCode::kLimit, "distinguished name over 4096 bytes");
  }
  DistinguishedName name;
  name.text_ = text;
  for (Scanner scanner(text); !scanner.AtEnd();) {
    if (name.attributes_.size() == kMaxIdentityAttributes) {
      return Error(ErrorCode::kLimit, "distinguished name with more than 32 attributes");
    }
    HALLMARK_ASSIGN(std::string type, scanner.TakeType());
    HALLMARK_ASSIGN(std::string value, scanner.TakeValue());
    if (!IsPlain(value)) return Malformed("a value is empty or holds control characters");
    const bool is_new = name.attributes_.emplace(type, std::move(value)).second;
    if (!is_new) return Malformed(ShortName(type).value_or(type) + " stands twice");
  }
  for (const std::string_view wanted : {"C", "ST", "O"}) {
    if (!name.attributes_.contains(AttributeType(wanted).value())) {
      return Malformed(std::string(wanted) + " is missing; C, ST and O must be there");
    }
  }
  return name;
}

bool DistinguishedName::Matches(const Name& subject) const {
  std::map<std::string_view, const NameAttribute*> present;
  for (const RelativeName& relative : subject.relative_names()) {
    if (relative.size() != 1) return false;
    if (!present.emplace(relative[0].type, &relative[0]).second) return false;
  }
  return std::ranges::all_of(attributes_, [&](const auto& wanted) {
    const auto found = present.find(wanted.first);
    return found != present.end() && found->second->text == wanted.second;
  });
}

bool DistinguishedName::IsWithin(const DistinguishedName& wider) const {
  return std::ranges::all_of(wider.attributes_, [&](const auto& wanted) {
    const auto found = attributes_.find(wanted.first);
    return found != attributes_.end() && found->second == wanted.second;
  });
}

}  // namespace hallmark::x509
