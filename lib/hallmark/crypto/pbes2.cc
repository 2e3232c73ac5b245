#include "hallmark/crypto/internal/pbes2.h"

#include <algorithm>
#include <array>
#include <string>

#include "hallmark/crypto/internal/der.h"

namespace hallmark::crypto {
namespace {

using der::Reader;

// 1.2.840.113549.1.5 and .2: PKCS#5 and the HMACs.
constexpr auto kOidPbes2 =
    std::to_array<std::uint8_t>({0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 5, 13});
constexpr auto kOidPbkdf2 =
    std::to_array<std::uint8_t>({0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 5, 12});
constexpr auto kOidHmac = std::to_array<std::uint8_t>({0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 2});
// 1.3.6.1.4.1.11591.4.11 (RFC 7914 section 7).
constexpr auto kOidScrypt =
    std::to_array<std::uint8_t>({0x2B, 0x06, 0x01, 0x04, 0x01, 0xDA, 0x47, 4, 11});
// aes 2.16.840.1.101.3.4.1.
constexpr auto kOidAes = std::to_array<std::uint8_t>({0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1});

bool Equal(ByteView a, ByteView b) { return std::ranges::equal(a, b); }
bool IsBelow(ByteView oid, ByteView arc) {
  return oid.size() == arc.size() + 1 && Equal(oid.first(arc.size()), arc);
}

Error Malformed() { return {ErrorCode::kMalformed, "encrypted private key is not DER"}; }
Error Unsupported(std::string_view what) { return {ErrorCode::kUnsupported, std::string(what)}; }

Result<const char*> ReadHmac(Reader field) {
  const ByteView oid = field.Take(der::kObjectId);
  if (field.Sees(der::kNull)) field.Take(der::kNull);
  if (!field.Finished()) return Malformed();
  const std::uint8_t which = IsBelow(oid, kOidHmac) ? oid.back() : std::uint8_t{0};
  switch (which) {
    case 7:
      return "SHA1";  // as a PRF still sound (NIST SP 800-132), and the default of RFC 8018
    case 9:
      return "SHA256";
    case 10:
      return "SHA384";
    case 11:
      return "SHA512";
    default:
      return Unsupported("PBKDF2 with another function than HMAC of SHA-1 or SHA-2");
  }
}

Result<Done> CheckIterations(std::uint64_t iterations) {
  if (iterations >= 1 && iterations <= kMaxPbkdf2Iterations) return Done();
  return Error(ErrorCode::kLimit, "PBKDF2 of " + std::to_string(iterations) +
                                      " iterations; 1 to 10000000 are accepted");
}

Result<Done> CheckKeyLength(Reader& field, const Pbes2Parts& parts) {
  if (!field.Sees(der::kInteger) || field.TakeSmall() == parts.key_bytes) return Done();
  return Error(ErrorCode::kMalformed, "derived key does not fit the cipher");
}

// RFC 8018 A.2.
Result<Done> ReadPbkdf2(Reader field, Pbes2Parts& parts) {
  parts.salt = field.Take(der::kOctetString);
  const std::uint64_t iterations = field.TakeSmall();
  HALLMARK_RETURN_IF_ERROR(CheckKeyLength(field, parts));
  Pbkdf2Cost cost{"SHA1", iterations};
  if (field.Sees(der::kSequence)) {
    HALLMARK_ASSIGN(cost.hash, ReadHmac(field.Enter(der::kSequence)));
  }
  if (!field.Finished()) return Malformed();
  HALLMARK_RETURN_IF_ERROR(CheckIterations(iterations));
  parts.cost = cost;
  return Done();
}

// RFC 7914 section 7.1.
Result<Done> ReadScrypt(Reader field, Pbes2Parts& parts) {
  parts.salt = field.Take(der::kOctetString);
  const ScryptCost cost{field.TakeSmall(), field.TakeSmall(), field.TakeSmall()};
  HALLMARK_RETURN_IF_ERROR(CheckKeyLength(field, parts));
  if (!field.Finished()) return Malformed();
  HALLMARK_RETURN_IF_ERROR(CheckCost(cost));
  parts.cost = cost;
  return Done();
}

Result<Done> ReadDerivation(Reader field, Pbes2Parts& parts) {
  const ByteView oid = field.Take(der::kObjectId);
  Reader parameters = field.Enter(der::kSequence);
  if (!field.Finished()) return Malformed();
  if (Equal(oid, kOidPbkdf2)) {
    HALLMARK_RETURN_IF_ERROR(ReadPbkdf2(parameters, parts));
  } else if (Equal(oid, kOidScrypt)) {
    HALLMARK_RETURN_IF_ERROR(ReadScrypt(parameters, parts));
  } else {
    return Unsupported("a key derivation other than PBKDF2 and scrypt");
  }
  if (parts.salt.size() <= kMaxSaltBytes) return Done();
  return Error(ErrorCode::kLimit, "salt of more than 1024 bytes");
}

Result<Done> ReadCipher(Reader field, Pbes2Parts& parts) {
  const ByteView oid = field.Take(der::kObjectId);
  const std::uint8_t which = IsBelow(oid, kOidAes) ? oid.back() : std::uint8_t{0};
  switch (which) {
    case 2:
      parts.cipher = "AES-128-CBC";
      parts.key_bytes = 16;
      break;
    case 22:
      parts.cipher = "AES-192-CBC";
      parts.key_bytes = 24;
      break;
    case 42:
      parts.cipher = "AES-256-CBC";
      parts.key_bytes = 32;
      break;
    default:
      return Unsupported("a cipher other than AES in CBC mode");
  }
  parts.iv = field.Take(der::kOctetString);
  if (!field.Finished() || parts.iv.size() != 16) return Malformed();
  return Done();
}

}  // namespace

Result<Pbes2Parts> ParsePbes2(ByteView der) {
  Reader outer(der);
  Reader body = outer.Enter(der::kSequence);
  Reader algorithm = body.Enter(der::kSequence);
  Pbes2Parts parts{};
  parts.ciphertext = body.Take(der::kOctetString);
  if (!outer.Finished() || !body.Finished()) return Malformed();
  if (parts.ciphertext.size() > kMaxPrivateKeyBytes) {
    return Error(ErrorCode::kLimit, "encrypted private key of more than 16 KiB");
  }
  if (!Equal(algorithm.Take(der::kObjectId), kOidPbes2)) {
    return Unsupported("an encryption other than PBES2");
  }
  Reader parameters = algorithm.Enter(der::kSequence);
  const Reader derivation = parameters.Enter(der::kSequence);
  const Reader cipher = parameters.Enter(der::kSequence);
  if (!algorithm.Finished() || !parameters.Finished()) return Malformed();
  HALLMARK_RETURN_IF_ERROR(ReadCipher(cipher, parts));
  HALLMARK_RETURN_IF_ERROR(ReadDerivation(derivation, parts));
  return parts;
}

}  // namespace hallmark::crypto
