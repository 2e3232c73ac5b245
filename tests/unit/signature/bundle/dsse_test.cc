#include "hallmark/signature/dsse.h"

#include <string>

#include "tests/support/catch.h"
#include "tests/unit/signature/bundle/bundle_world.h"

namespace hallmark::signature::bundle {
namespace {

using testing::TrustedPrivateKey;

crypto::SignedBytes Sign(std::string_view message) {
  const auto scheme = crypto::Scheme::kEcdsaP256Sha256;
  const Bytes signature = testing::Must(TrustedPrivateKey().Sign(scheme, AsBytes(message)));
  return *TrustedPrivateKey().public_key().Verify(scheme, AsBytes(message), signature);
}

std::string Encode(std::string_view type, std::string_view payload) {
  return std::string(AsText(PreAuthEncoding(type, AsBytes(payload))));
}

}  // namespace

TEST_CASE("the pre-authentication encoding counts bytes") {
  CHECK(Encode("http://example.com/HelloWorld", "hello world") ==
        "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  CHECK(Encode("", "") == "DSSEv1 0  0 ");
  CHECK(Encode("\xc3\xa9", "x") == "DSSEv1 2 \xc3\xa9 1 x");
}

TEST_CASE("pairs that concatenate alike have different encodings (A11)") {
  CHECK(Encode("ab", "c") != Encode("a", "bc"));
  CHECK(Encode("a 1 b", "") != Encode("a", "b"));
  CHECK(Encode("a", " 1 b") != Encode("a 1", "b"));
  CHECK(Encode("\xc3\xa9", "x") != Encode("\xc3", "\xa9x"));
}

TEST_CASE("a signed encoding splits into what was encoded") {
  const std::string type = GENERATE(as<std::string>{}, "", "text/plain", "a b 1 c", "\xc3\xa9");
  const std::string payload = GENERATE(as<std::string>{}, "", "{}", " 3 abc", "DSSEv1 0  0 ");
  const crypto::SignedBytes proof = Sign(Encode(type, payload));
  const auto split = SplitPreAuth(proof);
  REQUIRE(split.ok());
  CHECK(split.value().payload_type == type);
  CHECK(AsText(split.value().payload) == payload);
  // The payload is a view into the proof, not a copy from elsewhere.
  CHECK(split.value().payload.data() + split.value().payload.size() ==
        proof.bytes().data() + proof.bytes().size());
}

TEST_CASE("signed bytes that are no encoding are refused") {
  const std::string bytes = GENERATE(
      as<std::string>{}, "", "DSSEv1", "DSSEv1 ", "DSSEv2 1 a 1 b", "dssev1 1 a 1 b",
      "DSSEv1 01 a 1 b", "DSSEv1 1 a 01 b", "DSSEv1 00  1 b", "DSSEv1 1 a 1 bc", "DSSEv1 1 a 2 b",
      "DSSEv1 1 ab 1 c", "DSSEv1  a 1 b", "DSSEv1 -1 a 1 b", "DSSEv1 +1 a 1 b", "DSSEv1 1  a 1 b",
      "DSSEv1 1 a 1b", "DSSEv1 99999999999999999999999 a 1 b", "DSSEv1 18446744073709551616 a 1 b",
      "DSSEv1 1 a 18446744073709551615 b", "{}", " DSSEv1 1 a 1 b");
  INFO(bytes);
  const auto split = SplitPreAuth(Sign(bytes + ""));
  REQUIRE_FALSE(split.ok());
  CHECK(split.error().code() == ErrorCode::kMalformed);
}

TEST_CASE("a signature over one split never verifies another (A11)") {
  const auto scheme = crypto::Scheme::kEcdsaP256Sha256;
  const auto bundle = testing::SignPayload("bc", "a");
  const auto& key = TrustedPrivateKey().public_key();
  CHECK(key.IsSignedBy(scheme, PreAuthEncoding("a", AsBytes("bc")), bundle.signature));
  CHECK_FALSE(key.IsSignedBy(scheme, PreAuthEncoding("ab", AsBytes("c")), bundle.signature));
  CHECK_FALSE(key.IsSignedBy(scheme, PreAuthEncoding("", AsBytes("abc")), bundle.signature));
  CHECK_FALSE(key.IsSignedBy(scheme, AsBytes("abc"), bundle.signature));
}

TEST_CASE("an envelope that is written reads back the same") {
  const UnverifiedEnvelope envelope{"application/x \"q\"", ToBytes("{\"a\": 1}"), ToBytes("sig")};
  const std::string text = WriteEnvelope(envelope);
  CHECK(text == R"({"payload":"eyJhIjogMX0=","payloadType":"application/x \"q\"",)"
                R"("signatures":[{"keyid":"","sig":"c2ln"}]})");
  const auto document = testing::Must(json::Parse(AsBytes(text), {1000, 8, 100}));
  const UnverifiedEnvelope again = testing::Must(ParseEnvelope(document, "envelope"));
  CHECK(again.payload_type == envelope.payload_type);
  CHECK(again.payload == envelope.payload);
  CHECK(again.signature == envelope.signature);
}

}  // namespace hallmark::signature::bundle
