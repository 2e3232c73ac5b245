#include <array>

#include "hallmark/crypto/public_key.h"
#include "hallmark/encoding/base64.h"
#include "tests/conformance/jwk.h"
#include "tests/conformance/operation.h"
#include "tests/conformance/public_key_der.h"

namespace hallmark::conformance {
namespace {

using crypto::Scheme;

constexpr json::Limits kHeaderLimits{64 * 1024, 16, 1000};

Error NoGood(const char* why) { return {ErrorCode::kMalformed, std::string("jws: ") + why}; }

// RFC 7518 section 3.1, without "none" and the HMACs.
struct Algorithm {
  std::string_view name;
  Scheme scheme;
};
constexpr std::array kAlgorithms{
    Algorithm{"ES256", Scheme::kEcdsaP256Sha256}, Algorithm{"ES384", Scheme::kEcdsaP384Sha384},
    Algorithm{"ES512", Scheme::kEcdsaP521Sha512}, Algorithm{"PS256", Scheme::kRsaPssSha256},
    Algorithm{"PS384", Scheme::kRsaPssSha384},    Algorithm{"PS512", Scheme::kRsaPssSha512},
    Algorithm{"RS256", Scheme::kRsaPkcs1Sha256},  Algorithm{"RS384", Scheme::kRsaPkcs1Sha384},
    Algorithm{"RS512", Scheme::kRsaPkcs1Sha512},
};

std::optional<Scheme> SchemeOf(std::string_view name) {
  for (const Algorithm& algorithm : kAlgorithms) {
    if (algorithm.name == name) return algorithm.scheme;
  }
  return std::nullopt;
}

struct Compact {
  std::string signed_text;  // header "." payload, as received
  Bytes header;
  Bytes payload;
  Bytes signature;
};

// RFC 7515 section 3.1.
Result<Compact> SplitCompact(const std::string& text) {
  const std::size_t first = text.find('.');
  const std::size_t second = first == std::string::npos ? first : text.find('.', first + 1);
  if (second == std::string::npos || text.find('.', second + 1) != std::string::npos) {
    return NoGood("want three parts");
  }
  HALLMARK_ASSIGN(Bytes header, encoding::FromBase64Url(text.substr(0, first)));
  HALLMARK_ASSIGN(Bytes payload,
                  encoding::FromBase64Url(text.substr(first + 1, second - first - 1)));
  HALLMARK_ASSIGN(Bytes signature, encoding::FromBase64Url(text.substr(second + 1)));
  return Compact{text.substr(0, second), std::move(header), std::move(payload),
                 std::move(signature)};
}

// RFC 7515 section 4: "alg" counts, keys that the header offers never do, and no critical
// extension is understood here, "b64" of RFC 7797 included.
Result<std::string> HeaderAlgorithm(ByteView text) {
  HALLMARK_ASSIGN(const json::Value header, json::Parse(text, kHeaderLimits));
  HALLMARK_ASSIGN(json::Fields fields, json::Fields::Of(header, "header"));
  if (header.Find("crit") != nullptr) return fields.Complain("crit", "critical extension");
  if (header.Find("b64") != nullptr) return fields.Complain("b64", "unencoded payload");
  return fields.String("alg");
}

bool IsSymmetric(std::string_view algorithm) { return algorithm.starts_with("HS"); }

Result<Bytes> WireSignature(const crypto::PublicKey& key, Bytes signature) {
  if (FieldSize(key.type()) == 0) return signature;
  return P1363ToDer(key.type(), signature);  // RFC 7518 section 3.4
}

}  // namespace

Result<Results> VerifyJws(json::Fields& request) {
  HALLMARK_ASSIGN(const std::string text, request.String("jws"));
  HALLMARK_ASSIGN(const json::Value* jwk, request.Object("jwk"));
  HALLMARK_ASSIGN(Compact compact, SplitCompact(text));
  HALLMARK_ASSIGN(const std::string algorithm, HeaderAlgorithm(compact.header));
  HALLMARK_ASSIGN(const crypto::PublicKey key, KeyFromJwk(*jwk, algorithm));
  const std::optional<Scheme> scheme = SchemeOf(algorithm);
  if (!scheme) return NoGood(IsSymmetric(algorithm) ? "public key used for HMAC" : "algorithm");
  if (!key.CanUse(*scheme)) return NoGood("algorithm does not fit the key");
  HALLMARK_ASSIGN(const Bytes signature, WireSignature(key, std::move(compact.signature)));
  if (!key.Verify(*scheme, AsBytes(compact.signed_text), signature)) {
    return NoGood("signature does not match");
  }
  return Results{{"payload", json::Value::String(encoding::ToBase64(compact.payload))}};
}

}  // namespace hallmark::conformance
