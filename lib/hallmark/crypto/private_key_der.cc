#include "hallmark/crypto/internal/private_key_der.h"

#include <algorithm>

#include "hallmark/crypto/internal/der.h"
#include "hallmark/crypto/internal/spki.h"

namespace hallmark::crypto {
namespace {

Error Malformed(std::string_view what) { return {ErrorCode::kMalformed, std::string(what)}; }

Secret CopyOf(ByteView bytes) {
  Secret copy(bytes.size());
  std::ranges::copy(bytes, copy.ExposeSecretForWriting().begin());
  return copy;
}

// RFC 8410 section 7: the OCTET STRING holds CurvePrivateKey, an OCTET STRING of its own.
Result<ByteView> UnwrapSeed(ByteView key) {
  der::Reader outer(key);
  const ByteView seed = outer.Take(der::kOctetString);
  if (!outer.Finished()) return Malformed("Ed25519 private key is not DER");
  return seed;
}

// RFC 5958 section 2. Attributes are allowed and mean nothing to us.
Result<PrivateKeyParts> ParsePkcs8(der::Reader body) {
  const std::uint64_t version = body.TakeSmall();
  const ByteView algorithm = body.TakeWhole();
  PrivateKeyParts parts;
  parts.key = body.Take(der::kOctetString);
  if (body.Sees(der::Explicit(0))) body.TakeWhole();
  if (version == 1 && body.Sees(der::Implicit(1))) {
    const ByteView bits = body.Take(der::Implicit(1));
    if (bits.empty() || bits[0] != 0) return Malformed("PKCS#8 public key is not whole bytes");
    parts.public_bits = bits.subspan(1);
  }
  if (version > 1 || !body.Finished()) return Malformed("private key is not PKCS#8 in DER");
  HALLMARK_ASSIGN(parts.algorithm, ParseKeyAlgorithm(algorithm));
  if (parts.algorithm.type == KeyType::kEd25519) {
    HALLMARK_ASSIGN(parts.key, UnwrapSeed(parts.key));
  }
  return parts;
}

Result<PrivateKeyParts> ParseBareEc(ByteView der) {
  HALLMARK_ASSIGN(const EcPrivateParts ec, ParseEcPrivateKey(der));
  if (!ec.curve_name) return Malformed("EC private key does not say its curve");
  HALLMARK_ASSIGN(const KeyAlgorithm algorithm, ParseCurveName(*ec.curve_name));
  return PrivateKeyParts{algorithm, der, std::nullopt};
}

}  // namespace

Result<PrivateKeyParts> ParsePrivateKeyDer(ByteView der) {
  der::Reader outer(der);
  der::Reader body = outer.Enter(der::kSequence);
  if (!outer.Finished()) return Malformed("private key is not DER");
  // What follows the version tells the three formats apart.
  der::Reader peek = body;
  peek.TakeSmall();
  if (peek.Sees(der::kSequence)) return ParsePkcs8(body);
  if (peek.Sees(der::kOctetString)) return ParseBareEc(der);
  if (peek.Sees(der::kInteger)) {
    return PrivateKeyParts{{KeyType::kRsa, std::nullopt}, der, std::nullopt};
  }
  return Malformed("private key is neither PKCS#8, ECPrivateKey nor RSAPrivateKey");
}

Secret EncodePkcs8(const KeyAlgorithm& algorithm, ByteView key) {
  Secret room(key.size() + 192);
  der::BackwardWriter out(room.ExposeSecretForWriting());
  out.Put(key);
  if (algorithm.type == KeyType::kEd25519) out.Close(der::kOctetString, 0);
  out.Close(der::kOctetString, 0);
  out.Put(EncodeKeyAlgorithm(algorithm));
  out.PutUnsigned({});
  out.Close(der::kSequence, 0);
  return CopyOf(out.written());
}

Result<EcPrivateParts> ParseEcPrivateKey(ByteView der) {
  der::Reader outer(der);
  der::Reader body = outer.Enter(der::kSequence);
  const std::uint64_t version = body.TakeSmall();
  EcPrivateParts parts;
  parts.scalar = body.Take(der::kOctetString);
  if (body.Sees(der::Explicit(0))) {
    der::Reader field = body.Enter(der::Explicit(0));
    parts.curve_name = field.TakeWhole();
    if (!field.Finished()) body.Fail();
  }
  if (body.Sees(der::Explicit(1))) {
    der::Reader field = body.Enter(der::Explicit(1));
    parts.point = field.TakeBits();
    if (!field.Finished()) body.Fail();
  }
  if (version != 1 || !outer.Finished() || !body.Finished() || parts.scalar.empty()) {
    return Malformed("private key is not an ECPrivateKey in DER");
  }
  return parts;
}

Secret EncodeEcPrivateKey(const Curve& curve, ByteView scalar, ByteView point) {
  Secret room(scalar.size() + point.size() + curve.field_bytes + 32);
  der::BackwardWriter out(room.ExposeSecretForWriting());
  out.Put(point);
  out.PutByte(0);
  out.Close(der::kBitString, 0);
  out.Close(der::Explicit(1), 0);
  const std::size_t mark = out.mark();
  out.Put(scalar);
  for (std::size_t size = scalar.size(); size < curve.field_bytes; ++size) out.PutByte(0);
  out.Close(der::kOctetString, mark);
  const std::uint8_t version = 1;
  out.PutUnsigned(ByteView(&version, 1));
  out.Close(der::kSequence, 0);
  return CopyOf(out.written());
}

Result<RsaPrivateNumbers> ParseRsaPrivateKey(ByteView der) {
  der::Reader outer(der);
  der::Reader body = outer.Enter(der::kSequence);
  const std::uint64_t version = body.TakeSmall();
  if (version == 1) return Error(ErrorCode::kUnsupported, "RSA key of more than two primes");
  RsaPrivateNumbers numbers;
  for (ByteView* number : {&numbers.known.modulus, &numbers.known.exponent, &numbers.d, &numbers.p,
                           &numbers.q, &numbers.dp, &numbers.dq, &numbers.q_inverse}) {
    *number = body.TakeUnsigned();
  }
  if (version != 0 || !outer.Finished() || !body.Finished()) {
    return Malformed("private key is not an RSAPrivateKey in DER");
  }
  HALLMARK_RETURN_IF_ERROR(CheckRsaLimits(numbers.known));
  // An exponent as long as the file may be would take minutes to use.
  for (const ByteView number :
       {numbers.d, numbers.p, numbers.q, numbers.dp, numbers.dq, numbers.q_inverse}) {
    if (number.size() > numbers.known.modulus.size()) {
      return Malformed("RSA private number is longer than the modulus");
    }
  }
  return numbers;
}

Secret EncodeRsaPrivateKey(const RsaPrivateNumbers& numbers) {
  Secret room(8 * numbers.known.modulus.size() + 64);
  der::BackwardWriter out(room.ExposeSecretForWriting());
  for (const ByteView number : {numbers.q_inverse, numbers.dq, numbers.dp, numbers.q, numbers.p,
                                numbers.d, numbers.known.exponent, numbers.known.modulus}) {
    out.PutUnsigned(number);
  }
  out.PutUnsigned({});
  out.Close(der::kSequence, 0);
  return CopyOf(out.written());
}

}  // namespace hallmark::crypto
