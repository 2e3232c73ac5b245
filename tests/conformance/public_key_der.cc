#include "tests/conformance/public_key_der.h"

#include <initializer_list>

namespace hallmark::conformance {
namespace {

constexpr std::uint8_t kInteger = 0x02;
constexpr std::uint8_t kBitString = 0x03;
constexpr std::uint8_t kSequence = 0x30;

const Bytes kEcPublicKey{0x06, 0x07, 0x2A, 0x86, 0x48,
                         0xCE, 0x3D, 0x02, 0x01};  // 1.2.840.10045.2.1
const Bytes kP256{0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07};
const Bytes kP384{0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22};  // 1.3.132.0.34
const Bytes kP521{0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x23};  // 1.3.132.0.35
// rsaEncryption 1.2.840.113549.1.1.1 and its NULL parameters
const Bytes kRsaAlgorithm{0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7,
                          0x0D, 0x01, 0x01, 0x01, 0x05, 0x00};

Bytes Concatenate(std::initializer_list<ByteView> parts) {
  Bytes whole;
  for (const ByteView part : parts) whole.insert(whole.end(), part.begin(), part.end());
  return whole;
}

// X.690 section 10.1: the shortest definite length.
Bytes Element(std::uint8_t tag, ByteView content) {
  Bytes element{tag};
  if (content.size() < 0x80) {
    element.push_back(static_cast<std::uint8_t>(content.size()));
  } else {
    Bytes length;
    for (std::size_t rest = content.size(); rest > 0; rest >>= 8) {
      length.insert(length.begin(), static_cast<std::uint8_t>(rest & 0xFF));
    }
    element.push_back(static_cast<std::uint8_t>(0x80 | length.size()));
    element.insert(element.end(), length.begin(), length.end());
  }
  element.insert(element.end(), content.begin(), content.end());
  return element;
}

Bytes Integer(ByteView unsigned_number) {
  while (!unsigned_number.empty() && unsigned_number[0] == 0) {
    unsigned_number = unsigned_number.subspan(1);
  }
  Bytes content;
  if (unsigned_number.empty() || unsigned_number[0] >= 0x80) content.push_back(0);
  content.insert(content.end(), unsigned_number.begin(), unsigned_number.end());
  return Element(kInteger, content);
}

Bytes BitString(ByteView content) {
  const Bytes no_unused_bits{0};
  return Element(kBitString, Concatenate({no_unused_bits, content}));
}

const Bytes& Curve(crypto::KeyType type) {
  if (type == crypto::KeyType::kEcdsaP256) return kP256;
  if (type == crypto::KeyType::kEcdsaP384) return kP384;
  return kP521;
}

}  // namespace

std::size_t FieldSize(crypto::KeyType type) {
  switch (type) {
    case crypto::KeyType::kEcdsaP256:
      return 32;
    case crypto::KeyType::kEcdsaP384:
      return 48;
    case crypto::KeyType::kEcdsaP521:
      return 66;
    default:
      return 0;
  }
}

Bytes EcSpki(crypto::KeyType type, const Point& point) {
  const Bytes algorithm = Element(kSequence, Concatenate({kEcPublicKey, Curve(type)}));
  const Bytes uncompressed{0x04};
  const Bytes key = BitString(Concatenate({uncompressed, point.x, point.y}));
  return Element(kSequence, Concatenate({algorithm, key}));
}

Bytes RsaSpki(const RsaNumbers& numbers) {
  const Bytes modulus = Integer(numbers.modulus);
  const Bytes exponent = Integer(numbers.exponent);
  const Bytes key = BitString(Element(kSequence, Concatenate({modulus, exponent})));
  return Element(kSequence, Concatenate({Element(kSequence, kRsaAlgorithm), key}));
}

Result<Bytes> P1363ToDer(crypto::KeyType type, ByteView signature) {
  const std::size_t size = FieldSize(type);
  if (size == 0 || signature.size() != 2 * size) {
    return Error(ErrorCode::kMalformed, "signature: wrong length for the curve");
  }
  return Element(kSequence,
                 Concatenate({Integer(signature.first(size)), Integer(signature.subspan(size))}));
}

}  // namespace hallmark::conformance
