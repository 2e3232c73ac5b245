#include "hallmark/crypto/public_key.h"
#include "tests/conformance/operation.h"
#include "tests/conformance/public_key_der.h"

namespace hallmark::conformance {
namespace {

using crypto::PublicKey;
using crypto::Scheme;

Error NoGood(const char* why) { return {ErrorCode::kMalformed, why}; }

// The library knows one salt length a scheme: the hash's.
std::optional<std::uint64_t> SaltLength(Scheme scheme) {
  switch (scheme) {
    case Scheme::kRsaPssSha256:
      return 32;
    case Scheme::kRsaPssSha384:
      return 48;
    case Scheme::kRsaPssSha512:
      return 64;
    default:
      return std::nullopt;
  }
}

Result<Done> CheckSaltLength(json::Fields& request, Scheme scheme) {
  HALLMARK_ASSIGN(const auto salt, request.OptionalUnsigned("salt_len", 1 << 16));
  const auto offered = SaltLength(scheme);
  if (salt && offered && *salt != *offered) return Error(ErrorCode::kUnsupported, "salt length");
  return Done();
}

Result<Bytes> DerSignature(const PublicKey& key, std::string_view encoding, Bytes signature) {
  const bool ecdsa = FieldSize(key.type()) != 0;
  if (encoding == "p1363" && ecdsa) return P1363ToDer(key.type(), signature);
  if (encoding == (ecdsa ? "der" : "raw")) return signature;
  return NoGood("encoding does not fit the key");
}

}  // namespace

Result<Results> Verify(json::Fields& request) {
  HALLMARK_ASSIGN(const std::string scheme_name, request.String("scheme"));
  const std::optional<Scheme> scheme = crypto::SchemeFromName(scheme_name);
  if (!scheme) return Error(ErrorCode::kUnsupported, "scheme");
  HALLMARK_RETURN_IF_ERROR(CheckSaltLength(request, *scheme));
  HALLMARK_ASSIGN(const std::string pem, request.String("key"));
  HALLMARK_ASSIGN(const PublicKey key, PublicKey::FromPem(pem));
  if (!key.CanUse(*scheme)) return NoGood("scheme does not fit the key");
  HALLMARK_ASSIGN(const Bytes message, BinaryMember(request, "msg"));
  HALLMARK_ASSIGN(Bytes wire_signature, BinaryMember(request, "sig"));
  HALLMARK_ASSIGN(const std::string encoding, request.String("encoding"));
  HALLMARK_ASSIGN(const Bytes signature, DerSignature(key, encoding, std::move(wire_signature)));
  if (!key.Verify(*scheme, message, signature)) return NoGood("signature does not match");
  return Results();
}

}  // namespace hallmark::conformance
