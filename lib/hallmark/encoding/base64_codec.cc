#include "hallmark/encoding/internal/base64_codec.h"

#include <string>

#include "hallmark/base/check.h"

namespace hallmark::encoding::internal {
namespace {

std::uint8_t Character(std::uint32_t sextet, Alphabet alphabet) {
  const bool url = alphabet == Alphabet::kUrl;
  if (sextet < 26) return static_cast<std::uint8_t>('A' + sextet);
  if (sextet < 52) return static_cast<std::uint8_t>('a' + (sextet - 26));
  if (sextet < 62) return static_cast<std::uint8_t>('0' + (sextet - 52));
  if (sextet == 62) return url ? '-' : '+';
  return url ? '_' : '/';
}

// -1 when the alphabet has no such character.
int Sextet(char character, Alphabet alphabet) {
  const bool url = alphabet == Alphabet::kUrl;
  if (character >= 'A' && character <= 'Z') return character - 'A';
  if (character >= 'a' && character <= 'z') return character - 'a' + 26;
  if (character >= '0' && character <= '9') return character - '0' + 52;
  if (character == (url ? '-' : '+')) return 62;
  if (character == (url ? '_' : '/')) return 63;
  return -1;
}

Error Malformed(const std::string& what, std::size_t offset) {
  return {ErrorCode::kMalformed, "base64: " + what + " at offset " + std::to_string(offset)};
}

// The characters before the padding.
Result<std::string_view> WithoutPadding(std::string_view text, Alphabet alphabet) {
  if (alphabet == Alphabet::kUrl) {
    if (text.size() % 4 == 1) return Malformed("a lone character", text.size() - 1);
    return text;
  }
  if (text.size() % 4 != 0) return Malformed("wrong padding", text.size());
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  return text;
}

}  // namespace

std::size_t EncodedSize(std::size_t bytes, Alphabet alphabet) {
  if (alphabet == Alphabet::kStandard) return (bytes + 2) / 3 * 4;
  const std::size_t rest = bytes % 3;
  return bytes / 3 * 4 + (rest == 0 ? 0 : rest + 1);
}

void Encode(ByteView bytes, Alphabet alphabet, std::span<std::uint8_t> out) {
  HALLMARK_CHECK(out.size() == EncodedSize(bytes.size(), alphabet));
  std::uint32_t bits = 0;
  int held = 0;
  std::size_t used = 0;
  for (const std::uint8_t byte : bytes) {
    bits = (bits << 8) | byte;
    for (held += 8; held >= 6; held -= 6) {
      out[used++] = Character((bits >> (held - 6)) & 0x3F, alphabet);
    }
  }
  if (held > 0) out[used++] = Character((bits << (6 - held)) & 0x3F, alphabet);
  while (used < out.size()) out[used++] = '=';
}

std::size_t MaxDecodedSize(std::size_t text_size) { return text_size / 4 * 3 + text_size % 4; }

Result<std::size_t> Decode(std::string_view text, Alphabet alphabet, std::span<std::uint8_t> out) {
  HALLMARK_CHECK(out.size() >= MaxDecodedSize(text.size()));
  HALLMARK_ASSIGN(const std::string_view body, WithoutPadding(text, alphabet));
  std::uint32_t bits = 0;
  int held = 0;
  std::size_t used = 0;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const int sextet = Sextet(body[i], alphabet);
    if (sextet < 0) return Malformed("no character of the alphabet", i);
    bits = (bits << 6) | static_cast<std::uint32_t>(sextet);
    held += 6;
    if (held >= 8) {
      held -= 8;
      out[used++] = static_cast<std::uint8_t>((bits >> held) & 0xFF);
    }
  }
  // RFC 4648 section 3.5: bits that nothing depends on must be zero, or one value has many texts.
  if ((bits & ((1U << held) - 1)) != 0) return Malformed("spare bits set", body.size() - 1);
  return used;
}

}  // namespace hallmark::encoding::internal
