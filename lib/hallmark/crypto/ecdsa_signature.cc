#include "hallmark/crypto/ecdsa_signature.h"

#include <algorithm>
#include <cstdint>
#include <span>

#include "hallmark/base/check.h"
#include "hallmark/crypto/internal/der.h"
#include "hallmark/crypto/internal/key_algorithm.h"
#include "hallmark/crypto/internal/openssl.h"
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

Result<Bytes> EcdsaTwin(KeyType type, ByteView der) {
  const Curve* curve = FindCurve(type);
  if (curve == nullptr) return Error(ErrorCode::kUnsupported, "no signature of ECDSA");
  HALLMARK_ASSIGN(Bytes raw, EcdsaRawFromDer(type, der));
  openssl::Start();
  const openssl::Group group(EC_GROUP_new_by_curve_name(curve->nid));
  HALLMARK_CHECK(group != nullptr);
  const std::span<std::uint8_t> s = std::span(raw).subspan(raw.size() / 2);
  const openssl::Number number(BN_bin2bn(s.data(), static_cast<int>(s.size()), nullptr));
  HALLMARK_CHECK(number != nullptr);
  const BIGNUM* const order = EC_GROUP_get0_order(group.get());
  if (BN_is_zero(number.get()) || BN_cmp(number.get(), order) >= 0) {
    return Error(ErrorCode::kMalformed, "the signature's s is out of range");
  }
  HALLMARK_CHECK(BN_sub(number.get(), order, number.get()) == 1 &&
                 BN_bn2binpad(number.get(), s.data(), static_cast<int>(s.size())) > 0);
  return EcdsaDerFromRaw(type, raw);
}

}  // namespace hallmark::crypto
