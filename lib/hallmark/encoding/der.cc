#include "hallmark/encoding/der.h"

#include <algorithm>
#include <optional>

#include "hallmark/base/check.h"
#include "hallmark/encoding/internal/der_extent.h"

namespace hallmark::encoding::der {
// X.690 section 10.1: definite form, in as few bytes as possible.
std::optional<Extent> ReadExtent(ByteView der) {
  if (der.size() < 2 || (der[0] & 0x1F) == 0x1F) return std::nullopt;
  if (der[1] < 0x80) return Extent{2, der[1]};
  const std::size_t count = der[1] & 0x7F;
  if (count == 0 || count > 4 || der.size() < 2 + count || der[2] == 0) return std::nullopt;
  std::size_t length = 0;
  for (std::size_t i = 0; i < count; ++i) length = (length << 8) | der[2 + i];
  if (length < 0x80) return std::nullopt;
  return Extent{2 + count, length};
}

ByteView Reader::Next(std::uint8_t tag, bool whole) {
  const auto extent = Sees(tag) ? ReadExtent(rest_) : std::nullopt;
  if (!extent || extent->content > rest_.size() - extent->header) {
    failed_ = true;
    return {};
  }
  const ByteView element = rest_.first(extent->header + extent->content);
  rest_ = rest_.subspan(element.size());
  return whole ? element : element.subspan(extent->header);
}

ByteView Reader::Take(std::uint8_t tag) { return Next(tag, false); }

Reader Reader::Enter(std::uint8_t tag) {
  Reader inner(Next(tag, false));
  inner.failed_ = failed_;
  return inner;
}

ByteView Reader::TakeWhole() { return AtEnd() ? Next(0, true) : Next(rest_[0], true); }

ByteView Reader::TakeUnsigned() {
  ByteView content = Take(kInteger);
  if (content.empty() || content[0] >= 0x80) {
    failed_ = true;
    return {};
  }
  if (content.size() == 1 || content[0] != 0) return content;
  if (content[1] < 0x80) failed_ = true;  // X.690 section 8.3.2: not minimal
  return failed_ ? ByteView() : content.subspan(1);
}

std::uint64_t Reader::TakeSmall() {
  const ByteView magnitude = TakeUnsigned();
  if (magnitude.size() > 8 || (magnitude.size() == 8 && magnitude[0] >= 0x80)) failed_ = true;
  std::uint64_t value = 0;
  for (const std::uint8_t byte : failed_ ? ByteView() : magnitude) value = (value << 8) | byte;
  return value;
}

ByteView Reader::TakeBits() {
  const ByteView content = Take(kBitString);
  if (content.empty() || content[0] != 0) failed_ = true;
  return failed_ ? ByteView() : content.subspan(1);
}

void BackwardWriter::Put(ByteView bytes) {
  HALLMARK_CHECK(bytes.size() <= start_);
  start_ -= bytes.size();
  std::copy(bytes.begin(), bytes.end(), room_.begin() + static_cast<std::ptrdiff_t>(start_));
}

void BackwardWriter::PutByte(std::uint8_t byte) { Put(ByteView(&byte, 1)); }

void BackwardWriter::PutUnsigned(ByteView magnitude) {
  while (magnitude.size() > 1 && magnitude[0] == 0) magnitude = magnitude.subspan(1);
  const std::size_t before = mark();
  Put(magnitude);
  if (magnitude.empty() || magnitude[0] >= 0x80) PutByte(0);
  Close(kInteger, before);
}

void BackwardWriter::Close(std::uint8_t tag, std::size_t since) {
  const std::size_t length = mark() - since;
  if (length < 0x80) {
    PutByte(static_cast<std::uint8_t>(length));
  } else {
    std::uint8_t count = 0;
    for (std::size_t rest = length; rest > 0; rest >>= 8, ++count) {
      PutByte(static_cast<std::uint8_t>(rest & 0xFF));
    }
    PutByte(static_cast<std::uint8_t>(0x80 | count));
  }
  PutByte(tag);
}

}  // namespace hallmark::encoding::der
