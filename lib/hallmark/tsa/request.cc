#include "hallmark/tsa/request.h"

#include <array>

#include "hallmark/base/check.h"
#include "hallmark/encoding/der.h"
#include "hallmark/tsa/internal/imprint.h"
#include "hallmark/tsa/limits.h"

namespace hallmark::tsa {
namespace {

namespace der = encoding::der;

void PutElement(der::BackwardWriter& writer, std::uint8_t tag, ByteView content) {
  const std::size_t before = writer.mark();
  writer.Put(content);
  writer.Close(tag, before);
}

void PutImprint(der::BackwardWriter& writer, const Imprint& imprint) {
  const std::size_t before = writer.mark();
  PutElement(writer, der::kOctetString, imprint.digest);
  const std::size_t algorithm = writer.mark();
  // RFC 5754 section 2 lets NULL be left out; authorities of an older school want to see it.
  PutElement(writer, der::kNull, {});
  PutElement(writer, der::kObjectId, internal::OidOf(imprint.hash));
  writer.Close(der::kSequence, algorithm);
  writer.Close(der::kSequence, before);
}

}  // namespace

Request MakeRequest(Imprint imprint, ByteView random) {
  HALLMARK_CHECK(random.size() == kNonceBytes);
  HALLMARK_CHECK(imprint.digest.size() == crypto::HashSize(imprint.hash));
  Bytes nonce(random.begin(), random.end());
  // A positive number of always the same length.
  nonce[0] = static_cast<std::uint8_t>((nonce[0] & 0x7F) | 0x40);
  std::array<std::uint8_t, 256> room{};
  der::BackwardWriter writer(room);
  constexpr std::array<std::uint8_t, 1> kTrue{0xFF};
  constexpr std::array<std::uint8_t, 1> kVersion{1};
  PutElement(writer, der::kBoolean, kTrue);  // certReq
  PutElement(writer, der::kInteger, nonce);
  PutImprint(writer, imprint);
  PutElement(writer, der::kInteger, kVersion);
  writer.Close(der::kSequence, 0);
  const ByteView written = writer.written();
  return {std::move(imprint), std::move(nonce), Bytes(written.begin(), written.end())};
}

}  // namespace hallmark::tsa
