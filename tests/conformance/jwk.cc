#include "tests/conformance/jwk.h"

#include <algorithm>
#include <set>

#include "hallmark/encoding/base64.h"
#include "tests/conformance/public_key_der.h"

namespace hallmark::conformance {
namespace {

using crypto::KeyType;
using crypto::PublicKey;

Result<Bytes> UrlMember(json::Fields& jwk, std::string_view name) {
  HALLMARK_ASSIGN(const std::string text, jwk.String(name));
  return encoding::FromBase64Url(text);
}

std::optional<KeyType> CurveType(std::string_view name) {
  if (name == "P-256") return KeyType::kEcdsaP256;
  if (name == "P-384") return KeyType::kEcdsaP384;
  if (name == "P-521") return KeyType::kEcdsaP521;
  return std::nullopt;
}

// RFC 7518 section 6.2.1: coordinates of full length.
Result<PublicKey> EcKey(json::Fields& jwk) {
  HALLMARK_ASSIGN(const std::string curve, jwk.String("crv"));
  const std::optional<KeyType> type = CurveType(curve);
  if (!type) return jwk.Complain("crv", "want P-256, P-384 or P-521");
  HALLMARK_ASSIGN(Bytes x, UrlMember(jwk, "x"));
  HALLMARK_ASSIGN(Bytes y, UrlMember(jwk, "y"));
  if (x.size() != FieldSize(*type) || y.size() != FieldSize(*type)) {
    return jwk.Complain("x", "coordinate of the wrong length");
  }
  return PublicKey::FromSpki(EcSpki(*type, {std::move(x), std::move(y)}));
}

// RFC 7518 section 6.3.1: no leading zero octets.
Result<PublicKey> RsaKey(json::Fields& jwk) {
  HALLMARK_ASSIGN(Bytes modulus, UrlMember(jwk, "n"));
  HALLMARK_ASSIGN(Bytes exponent, UrlMember(jwk, "e"));
  if (modulus.empty() || modulus[0] == 0 || exponent.empty() || exponent[0] == 0) {
    return jwk.Complain("n", "number with leading zero or empty");
  }
  return PublicKey::FromSpki(RsaSpki({std::move(modulus), std::move(exponent)}));
}

Result<Done> CheckOperations(json::Fields& jwk) {
  HALLMARK_ASSIGN(const auto* operations, jwk.OptionalArray("key_ops"));
  if (operations == nullptr) return Done();
  std::set<std::string> names;
  for (const json::Value& operation : *operations) {
    if (operation.string() == nullptr || !names.insert(*operation.string()).second) {
      return jwk.Complain("key_ops", "want distinct strings");
    }
  }
  if (names.count("verify") == 0) return jwk.Complain("key_ops", "key is not for verifying");
  return Done();
}

// RFC 7517 sections 4.2 to 4.4.
Result<Done> CheckPurpose(json::Fields& jwk, std::string_view algorithm) {
  HALLMARK_ASSIGN(const auto use, jwk.OptionalString("use"));
  if (use && *use != "sig") return jwk.Complain("use", "key is not for signatures");
  HALLMARK_RETURN_IF_ERROR(CheckOperations(jwk));
  HALLMARK_ASSIGN(const auto named, jwk.OptionalString("alg"));
  if (named && *named != algorithm) return jwk.Complain("alg", "key is for another algorithm");
  return Done();
}

Result<PublicKey> KeyOfType(json::Fields& jwk, std::string_view type) {
  if (type == "EC") return EcKey(jwk);
  if (type == "RSA") return RsaKey(jwk);
  if (type == "oct" || type == "OKP") return Error(ErrorCode::kUnsupported, "key type");
  return jwk.Complain("kty", "unknown key type");
}

}  // namespace

Result<PublicKey> KeyFromJwk(const json::Value& jwk, std::string_view algorithm) {
  HALLMARK_ASSIGN(json::Fields fields, json::Fields::Of(jwk, "jwk"));
  HALLMARK_ASSIGN(const std::string type, fields.String("kty"));
  if (type == "EC" || type == "RSA") HALLMARK_RETURN_IF_ERROR(CheckPurpose(fields, algorithm));
  Result<PublicKey> key = KeyOfType(fields, type);
  // A key the library will not use (too small, an even exponent) is a refusal, not a missing
  // scheme.
  if (!key.ok() && (type == "EC" || type == "RSA")) {
    return Error(ErrorCode::kMalformed, key.error().message());
  }
  return key;
}

}  // namespace hallmark::conformance
