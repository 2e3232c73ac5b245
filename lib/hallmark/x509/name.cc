#include "hallmark/x509/name.h"

#include <algorithm>
#include <array>

#include "hallmark/base/utf8.h"
#include "hallmark/encoding/der.h"
#include "hallmark/encoding/hex.h"
#include "hallmark/x509/limits.h"

namespace hallmark::x509 {
namespace {

namespace der = encoding::der;

constexpr std::uint8_t kUtf8String = 0x0C;
constexpr std::uint8_t kNumericString = 0x12;
constexpr std::uint8_t kPrintableString = 0x13;
constexpr std::uint8_t kTeletexString = 0x14;
constexpr std::uint8_t kIa5String = 0x16;

struct Short {
  std::string_view name;
  std::string_view type;
};
constexpr auto kShortNames = std::to_array<Short>({
    {"CN", "2.5.4.3"},
    {"L", "2.5.4.7"},
    {"ST", "2.5.4.8"},
    {"S", "2.5.4.8"},
    {"O", "2.5.4.10"},
    {"OU", "2.5.4.11"},
    {"C", "2.5.4.6"},
    {"STREET", "2.5.4.9"},
    {"SERIALNUMBER", "2.5.4.5"},
    {"POSTALCODE", "2.5.4.17"},
    {"DC", "0.9.2342.19200300.100.1.25"},
    {"UID", "0.9.2342.19200300.100.1.1"},
});

bool IsAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// TeletexString has no agreed meaning beyond ASCII.
std::optional<std::string> TextOf(std::uint8_t tag, ByteView content) {
  const std::string_view text = AsText(content);
  switch (tag) {
    case kUtf8String:
      return IsUtf8(text) ? std::optional<std::string>(text) : std::nullopt;
    case kNumericString:
    case kPrintableString:
    case kTeletexString:
    case kIa5String:
      return IsAscii(text) ? std::optional<std::string>(text) : std::nullopt;
    default:
      return std::nullopt;
  }
}

std::optional<NameAttribute> ReadAttribute(der::Reader attribute) {
  const ByteView type = attribute.Take(der::kObjectId);
  const std::uint8_t tag = attribute.Peek();
  const ByteView whole = attribute.TakeWhole();
  if (!attribute.Finished()) return std::nullopt;
  der::Reader value(whole);
  return NameAttribute{der::OidText(type), Bytes(whole.begin(), whole.end()),
                       TextOf(tag, value.Take(tag))};
}

// RFC 4514 section 2.4.
std::string Escape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<std::uint8_t>(c);
    const bool at_edge = i == 0 || i + 1 == text.size();
    if (byte < 0x20 || byte == 0x7F) {
      out += "\\" + encoding::ToHex(ByteView(&byte, 1));
      continue;
    }
    if (std::string_view(",+\"\\<>;").find(c) != std::string_view::npos || (c == ' ' && at_edge) ||
        (c == '#' && i == 0)) {
      out += '\\';
    }
    out += c;
  }
  return out;
}

std::string TextOf(const NameAttribute& attribute) {
  const auto name = ShortName(attribute.type);
  if (name && attribute.text) return *name + "=" + Escape(*attribute.text);
  return name.value_or(attribute.type) + "=#" + encoding::ToHex(attribute.value);
}

}  // namespace

Result<Name> Name::FromDer(ByteView der) {
  const auto malformed = [] { return Error(ErrorCode::kMalformed, "not a distinguished name"); };
  Name name;
  name.der_.assign(der.begin(), der.end());
  der::Reader whole(der);
  der::Reader sequence = whole.Enter(der::kSequence);
  std::size_t count = 0;
  while (!sequence.AtEnd()) {
    der::Reader set = sequence.Enter(der::kSet);
    RelativeName relative;
    while (!set.AtEnd()) {
      if (++count > kMaxNameAttributes) {
        return Error(ErrorCode::kLimit, "distinguished name with too many attributes");
      }
      auto attribute = ReadAttribute(set.Enter(der::kSequence));
      if (!attribute) return malformed();
      relative.push_back(*std::move(attribute));
    }
    if (relative.empty() || !set.Finished()) return malformed();
    name.relative_names_.push_back(std::move(relative));
  }
  if (!sequence.Finished() || !whole.Finished()) return malformed();
  return name;
}

std::string Name::text() const {
  std::string text;
  for (auto relative = relative_names_.rbegin(); relative != relative_names_.rend(); ++relative) {
    if (!text.empty()) text += ',';
    for (std::size_t i = 0; i < relative->size(); ++i) {
      if (i > 0) text += '+';
      text += TextOf((*relative)[i]);
    }
  }
  return text;
}

std::optional<std::string> AttributeType(std::string_view short_name) {
  const auto* found = std::ranges::find(kShortNames, short_name, &Short::name);
  if (found == kShortNames.end()) return std::nullopt;
  return std::string(found->type);
}

std::optional<std::string> ShortName(std::string_view type) {
  const auto* found = std::ranges::find(kShortNames, type, &Short::type);
  if (found == kShortNames.end()) return std::nullopt;
  return std::string(found->name);
}

}  // namespace hallmark::x509
