#include "hallmark/store/layout/internal/tar_header.h"

#include <algorithm>
#include <limits>

#include "hallmark/base/printable.h"
#include "hallmark/store/layout/limits.h"

namespace hallmark::store {
namespace {

// Offsets and lengths of the fields of a block.
struct Field {
  std::size_t offset;
  std::size_t length;
};
constexpr Field kName{0, 100};
constexpr Field kSize{124, 12};
constexpr Field kChecksum{148, 8};
constexpr Field kType{156, 1};
constexpr Field kMagic{257, 8};  // with the version
constexpr Field kPrefix{345, 155};
constexpr std::string_view kUstar("ustar\00000", 8);
constexpr std::string_view kGnu("ustar  \0", 8);

Error Malformed(std::string_view what) {
  return {ErrorCode::kMalformed, "tar: " + std::string(what)};
}

ByteView Raw(ByteView block, Field field) { return block.subspan(field.offset, field.length); }

// Up to the first NUL.
std::string_view Text(ByteView block, Field field) {
  const std::string_view text = AsText(Raw(block, field));
  return text.substr(0, text.find('\0'));
}

Result<std::uint64_t> ParseBase256(ByteView field) {
  // The first bit says base-256, the second that the number is negative.
  std::uint64_t value = field[0] & 0x7Fu;
  if ((value & 0x40u) != 0) return Malformed("a negative number");
  for (const std::uint8_t byte : field.subspan(1)) {
    if (value > (std::numeric_limits<std::uint64_t>::max() >> 9)) {
      return Malformed("a number over 63 bits");
    }
    value = value << 8 | byte;
  }
  return value;
}

// Leading blanks, octal digits, then nothing but blanks and NULs.
Result<std::uint64_t> ParseNumber(ByteView field) {
  if ((field[0] & 0x80u) != 0) return ParseBase256(field);
  std::string_view text = AsText(field);
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  std::uint64_t value = 0;
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '7') {
    value = value << 3 | static_cast<std::uint64_t>(text[digits++] - '0');
  }
  const std::string_view rest = text.substr(digits);
  if (digits == 0 || rest.find_first_not_of(std::string_view(" \0", 2)) != rest.npos) {
    return Malformed("a number that is not octal");
  }
  return value;
}

std::uint64_t SumOf(ByteView block) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < block.size(); ++i) {
    const bool own = i >= kChecksum.offset && i < kChecksum.offset + kChecksum.length;
    sum += own ? std::uint64_t{' '} : block[i];
  }
  return sum;
}

Result<std::uint64_t> ParseDecimal(std::string_view text) {
  std::uint64_t value = 0;
  const bool digits = !text.empty() && text.size() <= 18 &&
                      text.find_first_not_of("0123456789") == std::string_view::npos;
  if (!digits) return Malformed("a pax number that is none");
  for (const char digit : text) value = value * 10 + static_cast<std::uint64_t>(digit - '0');
  return value;
}

struct PaxRecord {
  std::string_view key;
  std::string_view value;
};

// "LENGTH KEY=VALUE\n", LENGTH counting all of it; takes it off the front of `rest`.
Result<PaxRecord> TakeRecord(std::string_view& rest) {
  const std::size_t blank = rest.find(' ');
  if (blank == std::string_view::npos) return Malformed("a pax record without length");
  HALLMARK_ASSIGN(const std::uint64_t length, ParseDecimal(rest.substr(0, blank)));
  if (length <= blank + 1 || length > rest.size()) return Malformed("a pax record's length");
  const std::string_view record = rest.substr(blank + 1, length - blank - 1);
  const std::size_t equals = record.find('=');
  if (record.back() != '\n' || equals == std::string_view::npos || equals == 0) {
    return Malformed("a pax record that is none");
  }
  rest.remove_prefix(length);
  return PaxRecord{record.substr(0, equals), record.substr(equals + 1, record.size() - equals - 2)};
}

Result<Done> Apply(const PaxRecord& record, PaxRecords& records) {
  if (record.key == "path") {
    if (records.path) return Malformed("a pax path given twice");
    records.path = std::string(record.value);
  } else if (record.key == "size") {
    if (records.size) return Malformed("a pax size given twice");
    HALLMARK_ASSIGN(records.size, ParseDecimal(record.value));
  } else if (record.key == "linkpath" || record.key.starts_with("GNU.sparse.")) {
    return Malformed("a link or a sparse file");
  }
  return Done{};
}

}  // namespace

bool IsZero(ByteView bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

Result<TarHeader> ParseTarHeader(ByteView block) {
  HALLMARK_ASSIGN(const std::uint64_t checksum, ParseNumber(Raw(block, kChecksum)));
  if (checksum != SumOf(block)) return Malformed("a header whose checksum does not match");
  const std::string_view magic = AsText(Raw(block, kMagic));
  if (magic != kUstar && magic != kGnu) return Malformed("neither a ustar nor a GNU header");
  HALLMARK_ASSIGN(const std::uint64_t size, ParseNumber(Raw(block, kSize)));
  std::string name(Text(block, kName));
  const std::string_view prefix = Text(block, kPrefix);
  // GNU keeps times where ustar has the prefix.
  if (magic == kUstar && !prefix.empty()) name = std::string(prefix) + "/" + name;
  const char type = static_cast<char>(block[kType.offset]);
  return TarHeader{type == '\0' ? '0' : type, std::move(name), size};
}

Result<PaxRecords> ParsePaxRecords(ByteView untrusted_bytes) {
  PaxRecords records;
  std::string_view rest = AsText(untrusted_bytes);
  while (!rest.empty()) {
    HALLMARK_ASSIGN(const PaxRecord record, TakeRecord(rest));
    HALLMARK_RETURN_IF_ERROR(Apply(record, records));
  }
  return records;
}

Result<std::string> NormalTarName(std::string_view untrusted_name) {
  if (untrusted_name.size() > kMaxArchiveNameBytes) {
    return Error(ErrorCode::kLimit,
                 "tar: a name of " + std::to_string(untrusted_name.size()) + " bytes");
  }
  std::string_view name = untrusted_name;
  if (name == "." || name == "./") return std::string();
  if (name.starts_with("./")) name.remove_prefix(2);
  if (name.ends_with('/')) name.remove_suffix(1);
  std::string_view rest = name;
  while (true) {
    const std::string_view part = rest.substr(0, rest.find('/'));
    const bool plain =
        !part.empty() && part != "." && part != ".." &&
        std::none_of(part.begin(), part.end(), [](char c) { return c >= 0 && c < ' '; });
    if (!plain) return Malformed("the name \"" + Printable(untrusted_name) + "\"");
    if (part.size() == rest.size()) return std::string(name);
    rest.remove_prefix(part.size() + 1);
  }
}

}  // namespace hallmark::store
