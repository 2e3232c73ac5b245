#include "hallmark/tsa/internal/imprint.h"

#include <array>

#include "hallmark/encoding/der.h"
#include "hallmark/x509/signature_algorithm.h"

namespace hallmark::tsa::internal {

namespace der = encoding::der;

Result<Imprint> ReadImprint(ByteView element) {
  der::Reader whole(element);
  der::Reader body = whole.Enter(der::kSequence);
  const ByteView algorithm = body.TakeWhole();
  const ByteView digest = body.Take(der::kOctetString);
  if (!body.Finished() || !whole.Finished()) return Error(ErrorCode::kMalformed, "imprint");
  const auto hash = x509::ReadHashAlgorithm(algorithm);
  if (!hash) return Error(ErrorCode::kUnsupported, "an imprint by another hash than SHA-2");
  if (digest.size() != crypto::HashSize(*hash)) {
    return Error(ErrorCode::kMalformed, "imprint of the wrong length");
  }
  return Imprint{*hash, Bytes(digest.begin(), digest.end())};
}

ByteView OidOf(crypto::HashAlgorithm hash) {
  using Oid = std::array<std::uint8_t, 9>;
  static constexpr Oid kSha256{0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01};
  static constexpr Oid kSha384{0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02};
  static constexpr Oid kSha512{0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03};
  switch (hash) {
    case crypto::HashAlgorithm::kSha384:
      return kSha384;
    case crypto::HashAlgorithm::kSha512:
      return kSha512;
    case crypto::HashAlgorithm::kSha256:
    default:
      return kSha256;
  }
}

}  // namespace hallmark::tsa::internal
