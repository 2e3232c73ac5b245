#include "hallmark/encoding/pem.h"

#include <algorithm>
#include <cstddef>

#include "hallmark/base/check.h"
#include "hallmark/encoding/internal/base64_codec.h"

namespace hallmark::encoding {
namespace {

using internal::Alphabet;

// Keys and chains of a few certificates fit many times over.
constexpr std::size_t kMaxPemBytes = std::size_t{64} * 1024;
constexpr std::size_t kMaxLabel = 64;
constexpr std::size_t kLineLength = 64;  // RFC 7468 section 2
constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kEnd = "-----END ";
constexpr std::string_view kDashes = "-----";
constexpr std::string_view kWhiteSpace = " \t\r\n";

Error Malformed(const char* what) { return {ErrorCode::kMalformed, std::string("pem: ") + what}; }

std::string_view Trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1);
}

// RFC 7468 section 3: label = labelchar *( ["-" / SP] labelchar ), here never empty.
bool IsLabel(std::string_view text) {
  if (text.empty() || text.size() > kMaxLabel) return false;
  bool after_separator = true;
  for (const char c : text) {
    const bool separator = c == '-' || c == ' ';
    if (c < ' ' || c > '~' || (separator && after_separator)) return false;
    after_separator = separator;
  }
  return !after_separator;
}

Result<std::string_view> FirstLabel(std::string_view trimmed) {
  if (trimmed.size() > kMaxPemBytes) return Error(ErrorCode::kLimit, "pem: over 64 KiB");
  if (!trimmed.starts_with(kBegin)) return Malformed("no -----BEGIN line at the start");
  trimmed.remove_prefix(kBegin.size());
  const std::size_t end = std::min(trimmed.find(kDashes), trimmed.size());
  const std::string_view label = trimmed.substr(0, end);
  if (!IsLabel(label) || end == trimmed.size()) return Malformed("bad label");
  return label;
}

struct Frame {
  std::string_view label;
  std::string_view body;  // whole lines
};

// Takes the boundary line "-----BEGIN label-----" or END away from one end of the text.
Result<Frame> FindFrame(std::string_view text) {
  text = Trim(text);
  HALLMARK_ASSIGN(const std::string_view label, FirstLabel(text));
  text.remove_prefix(kBegin.size() + label.size() + kDashes.size());
  const std::string last = std::string(kEnd) + std::string(label) + std::string(kDashes);
  if (!text.ends_with(last)) return Malformed("no -----END line of the same label at the end");
  text.remove_suffix(last.size());
  if (text.starts_with('\r')) text.remove_prefix(1);
  if (!text.starts_with('\n')) return Malformed("text after the first boundary");
  text.remove_prefix(1);
  if (text.find(kDashes) != std::string_view::npos) return Malformed("more than one block");
  if (text.find(':') != std::string_view::npos) return Malformed("headers are not allowed");
  return Frame{label, text};
}

// Joins the lines of `body` in `out`, which has room for all of it. Gives the length.
Result<std::size_t> JoinLines(std::string_view body, std::span<std::uint8_t> out) {
  std::size_t used = 0;
  while (!body.empty()) {
    const std::size_t end = body.find('\n');
    if (end == std::string_view::npos) return Malformed("no line break before the last boundary");
    std::string_view line = body.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) return Malformed("empty line inside the block");
    std::copy(line.begin(), line.end(), out.begin() + static_cast<std::ptrdiff_t>(used));
    used += line.size();
    body.remove_prefix(end + 1);
  }
  if (used == 0) return Malformed("empty block");
  return used;
}

// Both buffers have room for all of `body`. Gives the decoded length.
Result<std::size_t> DecodeBody(std::string_view body, std::span<std::uint8_t> joined,
                               std::span<std::uint8_t> out) {
  HALLMARK_ASSIGN(const std::size_t length, JoinLines(body, joined));
  auto size = internal::Decode(AsText(joined.first(length)), Alphabet::kStandard, out);
  if (!size.ok()) return std::move(size).error().While("pem");
  return size;
}

std::size_t PemSize(std::string_view label, std::size_t encoded) {
  const std::size_t lines = (encoded + kLineLength - 1) / kLineLength;
  return kBegin.size() + kEnd.size() + 2 * (label.size() + kDashes.size() + 1) + encoded + lines;
}

// Appends to a buffer that has been measured before.
class Appender {
 public:
  explicit Appender(std::span<std::uint8_t> out) : out_(out) {}
  void Append(ByteView bytes) {
    HALLMARK_CHECK(bytes.size() <= out_.size());
    std::copy(bytes.begin(), bytes.end(), out_.begin());
    out_ = out_.subspan(bytes.size());
  }
  void AppendBoundary(std::string_view kind, std::string_view label) {
    for (const std::string_view part : {kind, label, kDashes, std::string_view("\n")}) {
      Append(AsBytes(part));
    }
  }

 private:
  std::span<std::uint8_t> out_;
};

void WritePem(std::string_view label, ByteView encoded, std::span<std::uint8_t> out) {
  HALLMARK_CHECK(IsLabel(label));
  Appender appender(out);
  appender.AppendBoundary(kBegin, label);
  while (!encoded.empty()) {
    const std::size_t length = std::min(kLineLength, encoded.size());
    appender.Append(encoded.first(length));
    appender.Append(AsBytes("\n"));
    encoded = encoded.subspan(length);
  }
  appender.AppendBoundary(kEnd, label);
}

}  // namespace

Result<PemBlock> ParsePem(std::string_view text) {
  HALLMARK_ASSIGN(const Frame frame, FindFrame(text));
  Bytes joined(frame.body.size());
  Bytes bytes(frame.body.size());
  HALLMARK_ASSIGN(const std::size_t size, DecodeBody(frame.body, joined, bytes));
  bytes.resize(size);
  return PemBlock{std::string(frame.label), std::move(bytes)};
}

Result<SecretPemBlock> ParseSecretPem(const Secret& text) {
  HALLMARK_ASSIGN(const Frame frame, FindFrame(AsText(text.ExposeSecret())));
  Secret joined(frame.body.size());
  Secret room(frame.body.size());
  HALLMARK_ASSIGN(const std::size_t size, DecodeBody(frame.body, joined.ExposeSecretForWriting(),
                                                     room.ExposeSecretForWriting()));
  return SecretPemBlock{std::string(frame.label),
                        Secret::TakeAndWipe(room.ExposeSecretForWriting().first(size))};
}

Result<std::string> PeekPemLabel(std::string_view text) {
  HALLMARK_ASSIGN(const std::string_view label, FirstLabel(Trim(text)));
  return std::string(label);
}

std::string ToPem(std::string_view label, ByteView bytes) {
  Bytes encoded(internal::EncodedSize(bytes.size(), Alphabet::kStandard));
  internal::Encode(bytes, Alphabet::kStandard, encoded);
  Bytes text(PemSize(label, encoded.size()));
  WritePem(label, encoded, text);
  return std::string(AsText(text));
}

Secret ToSecretPem(std::string_view label, const Secret& bytes) {
  Secret encoded(internal::EncodedSize(bytes.size(), Alphabet::kStandard));
  internal::Encode(bytes.ExposeSecret(), Alphabet::kStandard, encoded.ExposeSecretForWriting());
  Secret text(PemSize(label, encoded.size()));
  WritePem(label, encoded.ExposeSecret(), text.ExposeSecretForWriting());
  return text;
}

}  // namespace hallmark::encoding
