#include "hallmark/encoding/base64.h"

#include "hallmark/encoding/internal/base64_codec.h"

namespace hallmark::encoding {
namespace {

using internal::Alphabet;

std::string EncodeText(ByteView bytes, Alphabet alphabet) {
  std::string text(internal::EncodedSize(bytes.size(), alphabet), '\0');
  internal::Encode(bytes, alphabet, {reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  return text;
}

Result<Bytes> DecodeText(std::string_view text, Alphabet alphabet) {
  Bytes bytes(internal::MaxDecodedSize(text.size()));
  HALLMARK_ASSIGN(const std::size_t size, internal::Decode(text, alphabet, bytes));
  bytes.resize(size);
  return bytes;
}

}  // namespace

std::string ToBase64(ByteView bytes) { return EncodeText(bytes, Alphabet::kStandard); }
std::string ToBase64Url(ByteView bytes) { return EncodeText(bytes, Alphabet::kUrl); }

Result<Bytes> FromBase64(std::string_view text) { return DecodeText(text, Alphabet::kStandard); }
Result<Bytes> FromBase64Url(std::string_view text) { return DecodeText(text, Alphabet::kUrl); }

}  // namespace hallmark::encoding
