#include <algorithm>
#include <array>

#include "hallmark/crypto/ecdsa_signature.h"
#include "hallmark/crypto/public_key.h"
#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/cbor.h"
#include "tests/conformance/jwk.h"
#include "tests/conformance/operation.h"
#include "tests/conformance/public_key_der.h"

namespace hallmark::conformance {
namespace {

using cbor::Value;
using crypto::KeyType;
using crypto::Scheme;

constexpr cbor::Limits kLimits{std::size_t{16} * 1024 * 1024, 16, 10'000};

constexpr std::uint64_t kSign1Tag = 18;
constexpr std::int64_t kAlg = 1;
constexpr std::int64_t kCrit = 2;

Error NoGood(const char* why) { return {ErrorCode::kMalformed, std::string("cose: ") + why}; }

// RFC 9053 section 2 and RFC 8230 section 2. COSE ties no hash to a curve.
struct Algorithm {
  std::int64_t number;
  std::string_view jose;  // what the key's "alg" would say
  KeyType key_type;
  Scheme scheme;
};
constexpr std::array kAlgorithms{
    Algorithm{-7, "ES256", KeyType::kEcdsaP256, Scheme::kEcdsaP256Sha256},
    Algorithm{-7, "ES256", KeyType::kEcdsaP384, Scheme::kEcdsaP384Sha256},
    Algorithm{-7, "ES256", KeyType::kEcdsaP521, Scheme::kEcdsaP521Sha256},
    Algorithm{-35, "ES384", KeyType::kEcdsaP256, Scheme::kEcdsaP256Sha384},
    Algorithm{-35, "ES384", KeyType::kEcdsaP384, Scheme::kEcdsaP384Sha384},
    Algorithm{-35, "ES384", KeyType::kEcdsaP521, Scheme::kEcdsaP521Sha384},
    Algorithm{-36, "ES512", KeyType::kEcdsaP256, Scheme::kEcdsaP256Sha512},
    Algorithm{-36, "ES512", KeyType::kEcdsaP384, Scheme::kEcdsaP384Sha512},
    Algorithm{-36, "ES512", KeyType::kEcdsaP521, Scheme::kEcdsaP521Sha512},
    Algorithm{-8, "EdDSA", KeyType::kEd25519, Scheme::kEd25519},
    Algorithm{-37, "PS256", KeyType::kRsa, Scheme::kRsaPssSha256},
    Algorithm{-38, "PS384", KeyType::kRsa, Scheme::kRsaPssSha384},
    Algorithm{-39, "PS512", KeyType::kRsa, Scheme::kRsaPssSha512},
};

std::optional<std::string_view> JoseName(std::int64_t number) {
  const auto* found = std::find_if(kAlgorithms.begin(), kAlgorithms.end(),
                                   [&](const Algorithm& one) { return one.number == number; });
  return found == kAlgorithms.end() ? std::nullopt : std::optional(found->jose);
}

std::optional<Scheme> SchemeOf(std::int64_t number, KeyType type) {
  for (const Algorithm& one : kAlgorithms) {
    if (one.number == number && one.key_type == type) return one.scheme;
  }
  return std::nullopt;
}

struct Sign1 {
  Bytes protected_bytes;
  Value protected_header = Value::Map({});
  Value unprotected = Value::Map({});
  Bytes payload;
  Bytes signature;
};

// RFC 9052 section 3: an empty header is a zero-length string, or an empty map in one.
Result<Value> ParseProtected(const Bytes& bytes) {
  if (bytes.empty()) return Value::Map({});
  HALLMARK_ASSIGN(Value header, cbor::Parse(bytes, cbor::Encoding::kAny, kLimits));
  if (header.map() == nullptr) return NoGood("protected header is no map");
  return header;
}

// RFC 9052 section 4.2, with its tag or without.
Result<Sign1> ParseSign1(const Bytes& message) {
  HALLMARK_ASSIGN(const Value document, cbor::Parse(message, cbor::Encoding::kAny, kLimits));
  const Value* content = document.content_of_tag(kSign1Tag);
  const auto* parts = content != nullptr ? content->array() : document.array();
  if (parts == nullptr || parts->size() != 4) return NoGood("want COSE_Sign1");
  if ((*parts)[0].bytes() == nullptr || (*parts)[1].map() == nullptr ||
      (*parts)[2].bytes() == nullptr || (*parts)[3].bytes() == nullptr) {
    return NoGood("a part of another kind");
  }
  HALLMARK_ASSIGN(Value header, ParseProtected(*(*parts)[0].bytes()));
  return Sign1{*(*parts)[0].bytes(), std::move(header), (*parts)[1], *(*parts)[2].bytes(),
               *(*parts)[3].bytes()};
}

// RFC 9052 section 3: labels are integers or text, and stand in one header.
Result<Done> CheckLabels(const Sign1& message) {
  for (const cbor::Entry& entry : *message.protected_header.map()) {
    if (entry.key.bytes() != nullptr) return NoGood("a label that is no integer and no text");
    const auto number = entry.key.integer();
    const Value* twin = number                        ? message.unprotected.Find(*number)
                        : entry.key.text() != nullptr ? message.unprotected.Find(*entry.key.text())
                                                      : nullptr;
    if (twin != nullptr) return NoGood("a label in both headers");
  }
  for (const cbor::Entry& entry : *message.unprotected.map()) {
    if (entry.key.bytes() != nullptr) return NoGood("a label that is no integer and no text");
  }
  return Done{};
}

// RFC 9052 section 3.1: of what may be critical nothing is understood here.
Result<Done> CheckCritical(const Sign1& message) {
  const bool has_critical =
      message.protected_header.Find(kCrit) != nullptr || message.unprotected.Find(kCrit) != nullptr;
  if (has_critical) return NoGood("critical labels");
  return Done{};
}

// Protected or not: RFC 9052 leaves that to the application.
Result<std::int64_t> AlgorithmOf(const Sign1& message) {
  const Value* algorithm = message.protected_header.Find(kAlg);
  if (algorithm == nullptr) algorithm = message.unprotected.Find(kAlg);
  if (algorithm == nullptr) return NoGood("no algorithm");
  if (!algorithm->integer()) return NoGood("an algorithm that is no number");
  return *algorithm->integer();
}

// RFC 9052 section 4.4.
Bytes ToBeSigned(const Sign1& message, Bytes external) {
  const bool is_empty = message.protected_header.map()->empty();
  return cbor::Encode(Value::Array(
      {Value::Text("Signature1"), Value::ByteString(is_empty ? Bytes() : message.protected_bytes),
       Value::ByteString(std::move(external)), Value::ByteString(message.payload)}));
}

// RFC 8037 section 2, which KeyFromJwk leaves out.
Result<crypto::PublicKey> Ed25519Key(const json::Value& jwk) {
  HALLMARK_ASSIGN(json::Fields fields, json::Fields::Of(jwk, "jwk"));
  HALLMARK_ASSIGN(const std::string curve, fields.String("crv"));
  if (curve != "Ed25519") return Error(ErrorCode::kUnsupported, "curve");
  HALLMARK_ASSIGN(const std::string text, fields.String("x"));
  HALLMARK_ASSIGN(const Bytes x, encoding::FromBase64Url(text));
  if (x.size() != 32) return NoGood("a key of another length");
  Bytes spki{0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00};
  spki.insert(spki.end(), x.begin(), x.end());
  return crypto::PublicKey::FromSpki(spki);
}

Result<crypto::PublicKey> KeyFor(const json::Value& jwk, std::string_view algorithm) {
  const json::Value* type = jwk.Find("kty");
  const bool is_okp = type != nullptr && type->string() != nullptr && *type->string() == "OKP";
  return is_okp ? Ed25519Key(jwk) : KeyFromJwk(jwk, algorithm);
}

}  // namespace

Result<Results> VerifyCoseSign1(json::Fields& request) {
  HALLMARK_ASSIGN(const Bytes bytes, BinaryMember(request, "message"));
  HALLMARK_ASSIGN(const json::Value* jwk, request.Object("jwk"));
  HALLMARK_ASSIGN(const auto external_text, request.OptionalString("external_aad"));
  HALLMARK_ASSIGN(Bytes external, encoding::FromBase64(external_text.value_or("")));
  HALLMARK_ASSIGN(const Sign1 message, ParseSign1(bytes));
  HALLMARK_RETURN_IF_ERROR(CheckLabels(message));
  HALLMARK_RETURN_IF_ERROR(CheckCritical(message));
  HALLMARK_ASSIGN(const std::int64_t number, AlgorithmOf(message));
  const std::optional<std::string_view> name = JoseName(number);
  if (!name) return NoGood("algorithm");
  HALLMARK_ASSIGN(const crypto::PublicKey key, KeyFor(*jwk, *name));
  const std::optional<Scheme> scheme = SchemeOf(number, key.type());
  if (!scheme || !key.CanUse(*scheme)) return NoGood("algorithm does not fit the key");
  Bytes signature = message.signature;
  if (FieldSize(key.type()) != 0) {
    HALLMARK_ASSIGN(signature, crypto::EcdsaDerFromRaw(key.type(), message.signature));
  }
  if (!key.Verify(*scheme, ToBeSigned(message, std::move(external)), signature)) {
    return NoGood("signature does not match");
  }
  return Results{{"payload", json::Value::String(encoding::ToBase64(message.payload))}};
}

}  // namespace hallmark::conformance
