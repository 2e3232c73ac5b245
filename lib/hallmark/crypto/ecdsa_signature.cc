#include "hallmark/crypto/ecdsa_signature.h"

#include <algorithm>

#include "hallmark/base/check.h"
#include "hallmark/crypto/internal/der.h"
#include "hallmark/crypto/internal/key_algorithm.h"
#include "hallmark/crypto/internal/signature_check.h"

namespace hallmark::crypto {
namespace {

std::size_t FieldBytes(KeyType type) {
  const Curve* curve = FindCurve(type);
  HALLMARK_CHECK(curve != nullptr);
  return curve->field_bytes;
}

// Headers of the sequence and both integers, with a sign byte each, of the largest curve.
constexpr std::size_t kMaxOverhead = 16;

}  // namespace

Result<Bytes> EcdsaDerFromRaw(KeyType type, ByteView raw) {
  const std::size_t field = FieldBytes(type);
  if (raw.size() != 2 * field) {
    return Error(ErrorCode::kMalformed, "the signature has " + std::to_string(raw.size()) +
                                            " bytes, want " + std::to_string(2 * field));
  }
  Bytes room(raw.size() + kMaxOverhead);
  der::BackwardWriter writer(room);
  writer.PutUnsigned(raw.subspan(field));
  writer.PutUnsigned(raw.first(field));
  writer.Close(der::kSequence, 0);
  const ByteView written = writer.written();
  return Bytes(written.begin(), written.end());
}

Result<Bytes> EcdsaRawFromDer(KeyType type, ByteView der) {
  const std::size_t field = FieldBytes(type);
  if (!IsStrictEcdsaSignature(der)) {
    return Error(ErrorCode::kMalformed, "the signature is no ECDSA signature in DER");
  }
  der::Reader outer(der);
  der::Reader body = outer.Enter(der::kSequence);
  const ByteView r = body.TakeUnsigned();
  const ByteView s = body.TakeUnsigned();
  if (r.size() > field || s.size() > field) {
    return Error(ErrorCode::kMalformed, "the signature is longer than the curve's field");
  }
  Bytes raw(2 * field, 0);
  std::copy(r.begin(), r.end(), raw.begin() + static_cast<std::ptrdiff_t>(field - r.size()));
  std::copy(s.begin(), s.end(), raw.begin() + static_cast<std::ptrdiff_t>(2 * field - s.size()));
  return raw;
}

}  // namespace hallmark::crypto
