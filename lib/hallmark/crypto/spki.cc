#include "hallmark/crypto/internal/spki.h"

#include <bit>
#include <string>

#include "hallmark/crypto/internal/der.h"
#include "hallmark/crypto/limits.h"

namespace hallmark::crypto {
namespace {

Error Unsupported(const std::string& what) { return {ErrorCode::kUnsupported, what}; }

}  // namespace

Result<Done> CheckRsaLimits(const RsaPublicNumbers& numbers) {
  const int bits = BitLength(numbers.modulus);
  if (bits < kMinRsaBits || bits > kMaxRsaBits) {
    return Unsupported("RSA modulus of " + std::to_string(bits) + " bits, not 2048 to 8192");
  }
  if (BitLength(numbers.exponent) > kMaxRsaExponentBits) {
    return Unsupported("RSA exponent of more than 64 bits");
  }
  std::uint64_t exponent = 0;
  for (const std::uint8_t byte : numbers.exponent) exponent = (exponent << 8) | byte;
  if (exponent < kMinRsaExponent) {
    return Unsupported("RSA exponent " + std::to_string(exponent) + " below 65537");
  }
  if (exponent % 2 == 0 || numbers.modulus.back() % 2 == 0) {
    return Unsupported("RSA exponent or modulus is even");
  }
  return Done();
}

int BitLength(ByteView magnitude) {
  if (magnitude.empty()) return 0;
  return static_cast<int>(8 * (magnitude.size() - 1)) + std::bit_width(magnitude[0]);
}

Result<SpkiParts> ParseSpki(ByteView der) {
  der::Reader outer(der);
  der::Reader body = outer.Enter(der::kSequence);
  const ByteView algorithm = body.TakeWhole();
  const ByteView key = body.TakeBits();
  if (!outer.Finished() || !body.Finished()) {
    return Error(ErrorCode::kMalformed, "public key is not a SubjectPublicKeyInfo in DER");
  }
  HALLMARK_ASSIGN(const KeyAlgorithm known, ParseKeyAlgorithm(algorithm));
  const Curve* curve = FindCurve(known.type);
  if (curve != nullptr && (key.size() != 1 + 2 * curve->field_bytes || key[0] != 4)) {
    const bool compressed = key.size() == 1 + curve->field_bytes && (key[0] == 2 || key[0] == 3);
    if (compressed) return Unsupported("compressed point; write the key uncompressed");
    return Error(ErrorCode::kMalformed, "public key is not an uncompressed point of its curve");
  }
  return SpkiParts{known, key};
}

Bytes EncodeSpki(const KeyAlgorithm& algorithm, ByteView key) {
  Bytes room(key.size() + 160);
  der::BackwardWriter out(room);
  out.Put(key);
  out.PutByte(0);
  out.Close(der::kBitString, 0);
  out.Put(EncodeKeyAlgorithm(algorithm));
  out.Close(der::kSequence, 0);
  return {out.written().begin(), out.written().end()};
}

Result<RsaPublicNumbers> ParseRsaPublicKey(ByteView der) {
  der::Reader outer(der);
  der::Reader body = outer.Enter(der::kSequence);
  const RsaPublicNumbers numbers{body.TakeUnsigned(), body.TakeUnsigned()};
  if (!outer.Finished() || !body.Finished()) {
    return Error(ErrorCode::kMalformed, "RSA key is not an RSAPublicKey in DER");
  }
  HALLMARK_RETURN_IF_ERROR(CheckRsaLimits(numbers));
  return numbers;
}

Bytes EncodeRsaPublicKey(const RsaPublicNumbers& numbers) {
  Bytes room(numbers.modulus.size() + numbers.exponent.size() + 32);
  der::BackwardWriter out(room);
  out.PutUnsigned(numbers.exponent);
  out.PutUnsigned(numbers.modulus);
  out.Close(der::kSequence, 0);
  return {out.written().begin(), out.written().end()};
}

}  // namespace hallmark::crypto
