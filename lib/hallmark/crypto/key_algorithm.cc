#include "hallmark/crypto/internal/key_algorithm.h"

#include <openssl/obj_mac.h>

#include <algorithm>
#include <array>

#include "hallmark/base/check.h"
#include "hallmark/crypto/internal/der.h"

namespace hallmark::crypto {
namespace {

constexpr auto kOidEcPublicKey = std::to_array<std::uint8_t>({0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1});
constexpr auto kOidP256 = std::to_array<std::uint8_t>({0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7});
constexpr auto kOidP384 = std::to_array<std::uint8_t>({0x2B, 0x81, 4, 0, 0x22});
constexpr auto kOidP521 = std::to_array<std::uint8_t>({0x2B, 0x81, 4, 0, 0x23});
constexpr auto kOidEd25519 = std::to_array<std::uint8_t>({0x2B, 0x65, 0x70});
constexpr auto kOidRsa = std::to_array<std::uint8_t>({0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1});
constexpr auto kOidMgf1 =
    std::to_array<std::uint8_t>({0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 8});
constexpr auto kOidRsaPss =
    std::to_array<std::uint8_t>({0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 10});
// id-sha256, -384, -512 differ in the last byte: 1, 2, 3.
constexpr auto kOidSha2 = std::to_array<std::uint8_t>({0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2});

constexpr std::array<Curve, 3> kCurves = {{
    {KeyType::kEcdsaP256, 256, 32, NID_X9_62_prime256v1, "P-256"},
    {KeyType::kEcdsaP384, 384, 48, NID_secp384r1, "P-384"},
    {KeyType::kEcdsaP521, 521, 66, NID_secp521r1, "P-521"},
}};

bool Equal(ByteView a, ByteView b) { return std::ranges::equal(a, b); }

ByteView OidOf(KeyType type) {
  switch (type) {
    case KeyType::kEcdsaP256:
      return kOidP256;
    case KeyType::kEcdsaP384:
      return kOidP384;
    case KeyType::kEcdsaP521:
      return kOidP521;
    case KeyType::kEd25519:
      return kOidEd25519;
    case KeyType::kRsa:
      return kOidRsa;
    case KeyType::kRsaPss:
      return kOidRsaPss;
  }
  HALLMARK_CHECK(false);
}

Error Malformed(std::string_view what) { return {ErrorCode::kMalformed, std::string(what)}; }
Error Unsupported(std::string_view what) { return {ErrorCode::kUnsupported, std::string(what)}; }

// RFC 4055 section 2.1: readers accept the hash's parameters absent as well as NULL.
std::optional<HashAlgorithm> ReadHash(der::Reader reader) {
  const ByteView oid = reader.Take(der::kObjectId);
  if (reader.Sees(der::kNull) && !reader.Take(der::kNull).empty()) return std::nullopt;
  if (!reader.Finished() || oid.size() != kOidSha2.size() + 1) return std::nullopt;
  if (!Equal(oid.first(kOidSha2.size()), kOidSha2)) return std::nullopt;
  const std::uint8_t which = oid.back();
  if (which < 1 || which > 3) return std::nullopt;
  return static_cast<HashAlgorithm>(which);
}

// RFC 4055 section 3.1. Fields left out mean SHA-1 and so are refused; a trailer field would only
// spell out its default, which DER forbids.
Result<KeyAlgorithm> ReadPssParameters(der::Reader parameters) {
  der::Reader hash_field = parameters.Enter(der::Explicit(0));
  der::Reader mgf_field = parameters.Enter(der::Explicit(1));
  der::Reader salt_field = parameters.Enter(der::Explicit(2));
  const auto hash = ReadHash(hash_field.Enter(der::kSequence));
  der::Reader mgf = mgf_field.Enter(der::kSequence);
  const ByteView mgf_oid = mgf.Take(der::kObjectId);
  const auto mgf_hash = ReadHash(mgf.Enter(der::kSequence));
  const std::uint64_t salt = salt_field.TakeSmall();
  const bool read = parameters.Finished() && hash_field.Finished() && mgf_field.Finished() &&
                    salt_field.Finished() && mgf.Finished();
  if (!read || !hash || hash != mgf_hash || !Equal(mgf_oid, kOidMgf1)) {
    return Unsupported("RSASSA-PSS parameters other than SHA-2 with MGF1 of the same hash");
  }
  // The key's salt length is a lower bound (RFC 4055 section 3.3); ours is the hash's length.
  if (salt > HashSize(*hash)) return Unsupported("RSASSA-PSS salt longer than the hash");
  return KeyAlgorithm{KeyType::kRsaPss, hash};
}

Result<KeyAlgorithm> ReadRsaPss(der::Reader body) {
  if (body.Finished()) return KeyAlgorithm{KeyType::kRsaPss, std::nullopt};
  der::Reader parameters = body.Enter(der::kSequence);
  if (!body.Finished()) return Malformed("RSASSA-PSS algorithm identifier is not DER");
  return ReadPssParameters(parameters);
}

void PutHash(der::BackwardWriter& out, HashAlgorithm hash) {
  const std::size_t mark = out.mark();
  out.Close(der::kNull, out.mark());
  const std::size_t oid = out.mark();
  out.PutByte(static_cast<std::uint8_t>(hash));
  out.Put(kOidSha2);
  out.Close(der::kObjectId, oid);
  out.Close(der::kSequence, mark);
}

void PutOid(der::BackwardWriter& out, ByteView oid) {
  const std::size_t mark = out.mark();
  out.Put(oid);
  out.Close(der::kObjectId, mark);
}

void PutPssParameters(der::BackwardWriter& out, HashAlgorithm hash) {
  const std::size_t mark = out.mark();
  const auto salt = static_cast<std::uint8_t>(HashSize(hash));
  out.PutUnsigned(ByteView(&salt, 1));
  out.Close(der::Explicit(2), mark);
  const std::size_t mgf = out.mark();
  PutHash(out, hash);
  PutOid(out, kOidMgf1);
  out.Close(der::kSequence, mgf);
  out.Close(der::Explicit(1), mgf);
  const std::size_t hash_field = out.mark();
  PutHash(out, hash);
  out.Close(der::Explicit(0), hash_field);
  out.Close(der::kSequence, mark);
}

}  // namespace

const Curve* FindCurve(KeyType type) {
  const auto* found = std::ranges::find(kCurves, type, &Curve::type);
  return found == kCurves.end() ? nullptr : found;
}

Result<KeyAlgorithm> ParseCurveName(ByteView parameters) {
  der::Reader reader(parameters);
  if (reader.Sees(der::kSequence)) return Unsupported("explicit curve parameters");
  const ByteView oid = reader.Take(der::kObjectId);
  if (!reader.Finished()) return Malformed("no curve name");
  for (const Curve& curve : kCurves) {
    if (Equal(oid, OidOf(curve.type))) return KeyAlgorithm{curve.type, std::nullopt};
  }
  return Unsupported("a curve other than P-256, P-384 and P-521");
}

Result<KeyAlgorithm> ParseKeyAlgorithm(ByteView algorithm) {
  der::Reader outer(algorithm);
  der::Reader body = outer.Enter(der::kSequence);
  const ByteView oid = body.Take(der::kObjectId);
  if (!outer.Finished() || oid.empty()) return Malformed("algorithm identifier is not DER");
  if (Equal(oid, kOidEcPublicKey)) {
    const ByteView parameters = body.TakeWhole();
    if (!body.Finished()) return Malformed("EC algorithm identifier without a curve");
    return ParseCurveName(parameters);
  }
  if (Equal(oid, kOidRsaPss)) return ReadRsaPss(body);
  if (Equal(oid, kOidRsa)) {  // RFC 3279 section 2.3.1: parameters are NULL
    if (!body.Take(der::kNull).empty() || !body.Finished()) {
      return Malformed("rsaEncryption parameters are not NULL");
    }
    return KeyAlgorithm{KeyType::kRsa, std::nullopt};
  }
  if (Equal(oid, kOidEd25519)) {  // RFC 8410 section 3: no parameters
    if (!body.Finished()) return Malformed("Ed25519 algorithm identifier with parameters");
    return KeyAlgorithm{KeyType::kEd25519, std::nullopt};
  }
  return Unsupported("a key algorithm other than ECDSA, Ed25519 and RSA");
}

Bytes EncodeKeyAlgorithm(const KeyAlgorithm& algorithm) {
  std::array<std::uint8_t, 128> room;
  der::BackwardWriter out(room);
  if (FindCurve(algorithm.type) != nullptr) {
    PutOid(out, OidOf(algorithm.type));
    PutOid(out, kOidEcPublicKey);
  } else {
    if (algorithm.type == KeyType::kRsa) out.Close(der::kNull, out.mark());
    if (algorithm.pss_hash) PutPssParameters(out, *algorithm.pss_hash);
    PutOid(out, OidOf(algorithm.type));
  }
  out.Close(der::kSequence, 0);
  return {out.written().begin(), out.written().end()};
}

}  // namespace hallmark::crypto
