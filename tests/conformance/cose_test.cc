#include "hallmark/crypto/ecdsa_signature.h"
#include "hallmark/crypto/private_key.h"
#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/cbor.h"
#include "hallmark/encoding/hex.h"
#include "tests/conformance/public_key_der.h"
#include "tests/conformance/vectors.h"
#include "tests/support/catch.h"

namespace hallmark::conformance {
namespace {

using json::Value;

Bytes Hex(std::string text) {
  for (char& letter : text) {
    if (letter >= 'A' && letter <= 'F') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return encoding::FromHex(text).value();
}

Value AskCose(const Bytes& message, Value jwk, const Bytes& external = {}) {
  return Ask({{"op", Value::String("cose-sign1")},
              {"message", Value::String(encoding::ToBase64(message))},
              {"jwk", std::move(jwk)},
              {"external_aad", Value::String(encoding::ToBase64(external))}});
}

// The key of an example as a JWK: some write coordinates in hexadecimal.
Value JwkOf(const Value& key) {
  std::vector<std::pair<std::string, Value>> members;
  for (const char* name : {"kty", "crv", "x", "y", "n", "e"}) {
    const std::string hex = Text(key, std::string(name) + "_hex");
    if (!hex.empty()) {
      members.emplace_back(name, Value::String(encoding::ToBase64Url(Hex(hex))));
    } else if (key.Find(name) != nullptr) {
      members.emplace_back(name, Value::String(Text(key, name)));
    }
  }
  return Value::Object(std::move(members));
}

std::vector<std::filesystem::path> FilesIn(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  return files;
}

TEST_CASE("every COSE_Sign1 of the cose-wg examples gets its answer") {
  const auto folder = FindVectors("cose");
  if (!folder) return;
  std::size_t asked = 0;
  for (const std::filesystem::path& file : FilesIn(*folder)) {
    INFO(file.string());
    const Value example = ReadJson(file);
    const Value* signer = example.Find("input")->Find("sign0");
    if (signer == nullptr) continue;  // COSE_Sign: below
    ++asked;
    const Bytes message = Hex(Text(*example.Find("output"), "cbor"));
    const Value answer = AskCose(message, JwkOf(*signer->Find("key")));
    const bool should_fail = example.Find("fail") != nullptr;
    CHECK(OutcomeOf(answer) == (should_fail ? Outcome::kNo : Outcome::kYes));
    if (should_fail) continue;
    CHECK(Text(answer, "payload") ==
          encoding::ToBase64(AsBytes(Text(*example.Find("input"), "plaintext"))));
    // What is signed is bound to the external data.
    CHECK(OutcomeOf(AskCose(message, JwkOf(*signer->Find("key")), {1})) == Outcome::kNo);
  }
  CHECK(asked >= 11);
}

// The RSA examples are COSE_Sign messages of one signer: the reader takes them apart, what is
// signed is rebuilt, and the key verifies it.
TEST_CASE("the RSASSA-PSS signatures of the cose-wg examples hold") {
  const auto folder = FindVectors("cose/rsa-pss-examples");
  if (!folder) return;
  for (const std::filesystem::path& file : FilesIn(*folder)) {
    INFO(file.string());
    const Value example = ReadJson(file);
    const Value& signer = example.Find("input")->Find("sign")->Find("signers")->array()->at(0);
    const Bytes message = Hex(Text(*example.Find("output"), "cbor"));
    const auto document = cbor::Parse(message, cbor::Encoding::kDeterministic, {1 << 20, 8, 100});
    REQUIRE(document.ok());
    CHECK(cbor::Encode(document.value()) == message);
    const auto& parts = *document.value().content_of_tag(98)->array();
    const auto& signature = *parts[3].array()->at(0).array();
    const Bytes signed_bytes =
        cbor::Encode(cbor::Value::Array({cbor::Value::Text("Signature"), parts[0], signature[0],
                                         cbor::Value::ByteString({}), parts[2]}));
    const Value& intermediate = example.Find("intermediates")->Find("signers")->array()->at(0);
    CHECK(signed_bytes == Hex(Text(intermediate, "ToBeSign_hex")));
    const Value& key = *signer.Find("key");
    const auto public_key =
        crypto::PublicKey::FromSpki(RsaSpki({Hex(Text(key, "n_hex")), Hex(Text(key, "e_hex"))}));
    REQUIRE(public_key.ok());
    const std::string bits = Text(*signer.Find("protected"), "alg").substr(8);
    const auto scheme = crypto::SchemeFromName("rsa-pss-sha" + bits);
    REQUIRE(scheme);
    CHECK(public_key.value().IsSignedBy(*scheme, signed_bytes, *signature[3 - 1].bytes()));
  }
}

// A fresh P-256 key, its JWK and messages by it.
class Signer {
 public:
  Value Jwk() const {
    const ByteView spki = key_.public_key().spki();
    return Value::Object({{"kty", Value::String("EC")},
                          {"crv", Value::String("P-256")},
                          {"x", Value::String(encoding::ToBase64Url(spki.last(64).first(32)))},
                          {"y", Value::String(encoding::ToBase64Url(spki.last(32)))}});
  }
  Bytes Message(const Bytes& protected_bytes, cbor::Value unprotected,
                std::uint64_t tag = 18) const {
    using cbor::Value;
    const auto to_sign =
        cbor::Encode(Value::Array({Value::Text("Signature1"), Value::ByteString(protected_bytes),
                                   Value::ByteString({}), Value::ByteString({7})}));
    const Bytes der = key_.Sign(crypto::Scheme::kEcdsaP256Sha256, to_sign).value();
    const Bytes raw = crypto::EcdsaRawFromDer(crypto::KeyType::kEcdsaP256, der).value();
    return cbor::Encode(
        Value::Tagged(tag, Value::Array({Value::ByteString(protected_bytes), std::move(unprotected),
                                         Value::ByteString({7}), Value::ByteString(raw)})));
  }

 private:
  crypto::PrivateKey key_ =
      crypto::PrivateKey::Generate(crypto::PrivateKey::Kind::kEcdsaP256).value();
};

TEST_CASE("COSE headers that mean more than their algorithm are refused (A24, A26)") {
  const Signer signer;
  const auto outcome = [&](std::string hex, std::string unprotected = "a0",
                           std::uint64_t tag = 18) {
    const auto header = cbor::Parse(Hex(std::move(unprotected)), cbor::Encoding::kAny, {64, 4, 16});
    return OutcomeOf(
        AskCose(signer.Message(Hex(std::move(hex)), header.value(), tag), signer.Jwk()));
  };
  CHECK(outcome("a10126") == Outcome::kYes);
  CHECK(outcome("a10126", "a10442313a") == Outcome::kYes);
  CHECK(outcome("a10126", "a0", 98) == Outcome::kNo);
  CHECK(outcome("a10126", "a10126") == Outcome::kNo);    // alg in both
  CHECK(outcome("a10126", "a1013822") == Outcome::kNo);  // and another
  CHECK(outcome("a1013822") == Outcome::kNo);            // ES384 over SHA-256
  CHECK(outcome("a1013824") == Outcome::kNo);            // PS256 with an EC key
  CHECK(outcome("a10105") == Outcome::kNo);              // HMAC
  CHECK(outcome("a101654553323536") == Outcome::kNo);
}

TEST_CASE("COSE messages that are none are answered with no") {
  const Signer signer;
  for (const char* hex : {"", "80", "d280", "d28440a04040", "d28340a040", "a0", "d28440a0f640",
                          "d2d28440a04040", "d28443a10126a04107581f", "9bffffffffffffffff"}) {
    INFO(hex);
    CHECK(OutcomeOf(AskCose(Hex(hex), signer.Jwk())) == Outcome::kNo);
  }
  Bytes trailing = signer.Message(Hex("a10126"), cbor::Value::Map({}));
  trailing.push_back(0);
  CHECK(OutcomeOf(AskCose(trailing, signer.Jwk())) == Outcome::kNo);
}

}  // namespace
}  // namespace hallmark::conformance
