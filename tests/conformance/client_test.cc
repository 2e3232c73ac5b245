#include "tests/conformance/client.h"

#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/pem.h"
#include "tests/conformance/public_key_der.h"
#include "tests/conformance/vectors.h"
#include "tests/support/catch.h"

namespace hallmark::conformance {
namespace {

TEST_CASE("a malformed line is answered, never the end") {
  const std::string line =
      GENERATE("", "x", "[]", "null", "{", "{\"id\":\"a\"", "{\"op\":1}", "{}", "{\"op\":\"jcs\"}",
               "{\"op\":\"jcs\",\"json\":1}", "{\"op\":\"verify\",\"scheme\":\"ed25519\"}",
               "{\"op\":\"jws\",\"jws\":\"..\",\"jwk\":[]}",
               "{\"op\":\"dsse-pae\",\"type\":\"x\",\"payload\":\"?\"}");
  const std::string answer = AnswerLine(line);
  CHECK(answer.find("\"ok\":false") != std::string::npos);
  CHECK(answer.find('\n') == std::string::npos);
}

TEST_CASE("an answer repeats the id, even of a line that is no JSON") {
  CHECK(AnswerLine(R"({"id":"a-1","op":"merkle-inclusion"})") ==
        R"({"id":"a-1","unsupported":true})");
  CHECK(AnswerLine(R"({"id":7,"op":"x"})") == R"({"id":7,"unsupported":true})");
  CHECK(AnswerLine(R"({"id":"b","x":1,"x":2})").starts_with(R"({"id":"b","ok":false,"error":)"));
}

TEST_CASE("schemes that are not offered are unsupported") {
  const std::string scheme = GENERATE("ed448", "mldsa-44", "rsa-pss-sha1", "none", "");
  CHECK(AnswerLine(R"({"id":"a","op":"verify","scheme":")" + scheme + "\"}") ==
        R"({"id":"a","unsupported":true})");
}

TEST_CASE("the pre-authentication encoding counts bytes") {
  const auto answer = Ask({{"id", json::Value::String("1")},
                           {"op", json::Value::String("dsse-pae")},
                           {"type", json::Value::String("t\u00e4")},
                           {"payload", json::Value::String("AAE=")}});
  const std::string expected("DSSEv1 3 t\xc3\xa4 2 \0\x01", 17);
  CHECK(Text(answer, "out") == encoding::ToBase64(AsBytes(expected)));
}

// A coordinate given in decimal, as the DSSE example has it.
Bytes FromDecimal(const std::string& text) {
  Bytes number(32, 0);
  for (const char digit : text) {
    unsigned carry = static_cast<unsigned>(digit - '0');
    for (std::size_t i = number.size(); i-- > 0;) {
      carry += number[i] * 10U;
      number[i] = static_cast<std::uint8_t>(carry & 0xFF);
      carry >>= 8;
    }
  }
  return number;
}

json::Value VerifyEnvelope(const json::Value& example, const std::string& pae) {
  const Bytes spki = EcSpki(crypto::KeyType::kEcdsaP256,
                            {FromDecimal(Text(example, "x")), FromDecimal(Text(example, "y"))});
  const json::Value& signature = example.Find("envelope")->Find("signatures")->array()->at(0);
  return Ask({{"op", json::Value::String("verify")},
              {"key", json::Value::String(encoding::ToPem("PUBLIC KEY", spki))},
              {"scheme", json::Value::String("ecdsa-p256-sha256")},
              {"encoding", json::Value::String(Text(example, "encoding"))},
              {"msg", json::Value::String(pae)},
              {"sig", json::Value::String(Text(signature, "sig"))}});
}

json::Value Encode(const std::string& type, const std::string& payload) {
  return Ask({{"op", json::Value::String("dsse-pae")},
              {"type", json::Value::String(type)},
              {"payload", json::Value::String(payload)}});
}

TEST_CASE("the DSSE vectors") {
  const auto folder = FindVectors("dsse");
  if (!folder) return;
  const json::Value vectors = ReadJson(*folder / "vectors.json");
  for (const json::Value& pae : *vectors.Find("pae")->array()) {
    CHECK(Text(Encode(Text(pae, "type"), Text(pae, "payload_b64")), "out") ==
          encoding::ToBase64(AsBytes(Text(pae, "pae"))));
  }
  for (const json::Value& example : *vectors.Find("verify")->array()) {
    const json::Value& envelope = *example.Find("envelope");
    const std::string payload = Text(envelope, "payload");
    const std::string type = Text(envelope, "payloadType");
    CHECK(OutcomeOf(VerifyEnvelope(example, Text(Encode(type, payload), "out"))) == Outcome::kYes);
    CHECK(OutcomeOf(VerifyEnvelope(example, Text(Encode(type + "x", payload), "out"))) ==
          Outcome::kNo);
    CHECK(OutcomeOf(VerifyEnvelope(example, payload)) == Outcome::kNo);
  }
}

}  // namespace
}  // namespace hallmark::conformance
