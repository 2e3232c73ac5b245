#include "hallmark/signature/notation/internal/open_envelope.h"

#include "hallmark/crypto/ecdsa_signature.h"
#include "hallmark/signature/notation/internal/algorithms.h"
#include "tests/support/catch.h"
#include "tests/unit/crypto/fixtures.h"
#include "tests/unit/signature/notation/notation_world.h"

namespace hallmark::signature::notation {
namespace {

using testing::CoseHeader;
using testing::CoseWord;
using testing::GoodHeader;
using testing::GoodPayload;
using testing::JwsWord;
using testing::MakeCose;
using testing::MakeJws;
using testing::Must;
using testing::Replaced;
using testing::SignersKey;
using testing::StrangersKey;

// Both envelopes around a payload.
std::string PayloadWord(const std::string& payload) {
  const std::string jws = JwsWord({.payload = payload});
  CHECK(jws == CoseWord({.payload = payload}));
  return jws;
}

// Both envelopes with that algorithm, signed by that key.
std::string AlgorithmWord(std::string_view name, std::int64_t number,
                          const crypto::PrivateKey& key) {
  const std::string jws =
      JwsWord({.protected_header = Replaced(GoodHeader(), "ES256", name), .key = &key});
  const std::string cose =
      CoseWord({.protected_header = cbor::Value::Map(
                    CoseHeader({{cbor::Value::Integer(1), cbor::Value::Integer(number)}})),
                .key = &key});
  CHECK(jws == cose);
  return jws;
}

const crypto::PrivateKey& Rsa2048() {
  static const crypto::PrivateKey kKey = testing::KeyFromPem(crypto::fixtures::kRsa2048);
  return kKey;
}

}  // namespace

TEST_CASE("an envelope opens with its key and says what was signed") {
  for (const EnvelopeType type : {EnvelopeType::kJws, EnvelopeType::kCose}) {
    const Bytes bytes = type == EnvelopeType::kJws ? ToBytes(MakeJws({})) : MakeCose({});
    const Opened opened = testing::Open(type, bytes);
    CHECK(opened.claim.target.digest.hex() == std::string(64, 'a'));
    CHECK(opened.claim.target.media_type == "application/vnd.oci.image.manifest.v1+json");
    CHECK(opened.claim.target.size == 401);
    CHECK(opened.claim.attributes.signing_time == testing::kNow);
    CHECK(opened.claim.attributes == Must(ParseEnvelope(type, bytes)).unverified_attributes);
    CHECK(testing::WordOf(type, bytes, StrangersKey().public_key()) == "bad-signature");
  }
}

TEST_CASE("the key says the algorithm, the header has to say the same (A23, A26)") {
  CHECK(AlgorithmWord("ES256", -7, SignersKey()) == "opened");
  CHECK(AlgorithmWord("ES384", -35, testing::P384Key()) == "opened");
  CHECK(AlgorithmWord("ES512", -36, testing::P521Key()) == "opened");
  CHECK(AlgorithmWord("PS256", -37, Rsa2048()) == "opened");
  CHECK(AlgorithmWord("ES384", -35, SignersKey()) == "algorithm");
  CHECK(AlgorithmWord("PS256", -37, SignersKey()) == "algorithm");
  CHECK(AlgorithmWord("ES256", -7, testing::P384Key()) == "algorithm");
  CHECK(AlgorithmWord("ES256", -7, Rsa2048()) == "algorithm");
  CHECK(AlgorithmWord("PS384", -38, Rsa2048()) == "algorithm");
  CHECK(AlgorithmWord("RS256", -257, Rsa2048()) == "algorithm");
  CHECK(AlgorithmWord("HS256", 5, SignersKey()) == "algorithm");
  CHECK(AlgorithmWord("EdDSA", -8, SignersKey()) == "algorithm");
  for (const std::string_view name : {"none", "None", "", "es256", "ES256K", "PS256", "ES256 "}) {
    CHECK(JwsWord({.protected_header = Replaced(GoodHeader(), "ES256", name)}) == "algorithm");
  }
}

TEST_CASE("keys outside of the specification's table open nothing (A23)") {
  const auto ed25519 = testing::MakeKey(crypto::PrivateKey::Kind::kEd25519);
  CHECK(AlgorithmWord("EdDSA", -8, ed25519) == "algorithm");
  CHECK(AlgorithmWord("ES256", -7, ed25519) == "algorithm");
  const auto pss = Must(crypto::PublicKey::FromPem(crypto::fixtures::kPssAny));
  CHECK(AlgorithmOf(pss) == nullptr);
  CHECK(
      testing::WordOf(EnvelopeType::kJws,
                      AsBytes(MakeJws({.protected_header = Replaced(GoodHeader(), "ES256", "PS256"),
                                       .key = &Rsa2048()})),
                      pss) == "algorithm");
}

TEST_CASE("an RSA signature is PSS, never PKCS#1 v1.5 (A23)") {
  const std::string header = Replaced(GoodHeader(), "ES256", "PS256");
  Envelope envelope = Must(ParseEnvelope(
      EnvelopeType::kJws, AsBytes(MakeJws({.protected_header = header, .key = &Rsa2048()}))));
  const auto word = [&] {
    return testing::WordOf(EnvelopeType::kJws, WriteEnvelope(envelope), Rsa2048().public_key());
  };
  CHECK(word() == "opened");
  for (const crypto::Scheme scheme :
       {crypto::Scheme::kRsaPkcs1Sha256, crypto::Scheme::kRsaPssSha384}) {
    envelope.signature = Must(Rsa2048().Sign(scheme, envelope.signed_bytes));
    CHECK(word() == "bad-signature");
  }
}

TEST_CASE("an ECDSA signature is r and s, each as long as the field (A19)") {
  Envelope envelope = Must(ParseEnvelope(EnvelopeType::kCose, MakeCose({})));
  const auto word = [&](Bytes signature) {
    envelope.signature = std::move(signature);
    return testing::WordOf(EnvelopeType::kCose, WriteEnvelope(envelope));
  };
  const Bytes good = envelope.signature;
  CHECK(word(good) == "opened");
  CHECK(word({}) == "malformed");
  CHECK(word(Must(crypto::EcdsaDerFromRaw(crypto::KeyType::kEcdsaP256, good))) == "bad-signature");
  CHECK(word(Bytes(good.begin(), good.end() - 1)) == "bad-signature");
  Bytes padded = good;
  padded.insert(padded.begin(), 0);
  CHECK(word(padded) == "bad-signature");
  padded.insert(padded.begin() + 33, 0);
  CHECK(word(padded) == "bad-signature");
  CHECK(word(Bytes(64, 0)) == "bad-signature");
  CHECK(word(Bytes(64, 0xFF)) == "bad-signature");
}

TEST_CASE("alg none with an empty signature is an algorithm that is refused (A23)") {
  Envelope envelope = Must(ParseEnvelope(
      EnvelopeType::kJws,
      AsBytes(MakeJws({.protected_header = Replaced(GoodHeader(), "ES256", "none")}))));
  envelope.signature.clear();
  CHECK(testing::WordOf(EnvelopeType::kJws, WriteEnvelope(envelope)) == "algorithm");
}

TEST_CASE("a payload is the one member targetArtifact (A14, A15)") {
  CHECK(PayloadWord(GoodPayload()) == "opened");
  for (const std::string_view payload :
       {"", "{}", "[]", "null", "x", "\"x\"", R"({"targetArtifact":null})",
        R"({"targetArtifact":[]})", R"({"targetArtifact":{}})", R"({"TargetArtifact":{}})"}) {
    INFO(payload);
    CHECK(PayloadWord(std::string(payload)) == "malformed");
  }
  const std::string good = GoodPayload();
  const std::string inner = good.substr(good.find(':') + 1, good.size() - good.find(':') - 2);
  for (const std::string& payload :
       {good + "x", "\xEF\xBB\xBF" + good, R"({"x":1,"targetArtifact":)" + inner + "}",
        R"({"targetArtifact":)" + inner + R"(,"targetArtifact":)" + inner + "}",
        R"({"targetArtifact":)" + inner + R"(,"target\u0041rtifact":)" + inner + "}",
        R"({"targetArtifact":)" + inner + R"(,"TargetArtifact":{}})",
        R"({"targetartifact":)" + inner + "}"}) {
    INFO(payload);
    CHECK(PayloadWord(payload) == "malformed");
  }
}

TEST_CASE("the descriptor in a payload has its kinds (A14, A15, A16)") {
  for (const auto& [from, to] : std::vector<std::pair<std::string_view, std::string_view>>{
           {R"("digest")", R"("Digest")"},
           {R"("size")", R"("Size")"},
           {R"("mediaType")", R"("mediatype")"},
           {R"("digest")", R"("digest":"sha256:aa","digest")"},
           {R"("size":401)", R"("size":401,"size":402)"},
           {R"("size":401)", R"("size":-1)"},
           {R"("size":401)", R"("size":4e2)"},
           {R"("size":401)", R"("size":401.0)"},
           {R"("size":401)", R"("size":"401")"},
           {R"("size":401)", R"("size":0401)"},
           {R"("size":401)", R"("size":9007199254740992)"},
           {R"("size":401)", R"("size":18446744073709552017)"},
           {R"("sha256:aaaa)", R"("sha256:AAAA)"},
           {R"("sha256:aaaa)", R"("sha256:aaa)"},
           {R"("sha256:aaaa)", R"("md5:aaaa)"},
           {R"("application/vnd.oci.image.manifest.v1+json")", R"("")"},
           {R"("application/vnd.oci.image.manifest.v1+json")", "7"},
           {R"("size":401)", R"("size":401,"annotations":[])"},
           {R"("size":401)", R"("size":401,"annotations":{"a":1})"},
           {R"("size":401)", R"("size":401,"annotations":{"a":"1","a":"2"})"},
           {R"("size":401)", R"("size":401,"artifactType":1)"}}) {
    INFO(to);
    CHECK(PayloadWord(Replaced(GoodPayload(), from, to)) == "malformed");
  }
  const std::string rich = Replaced(
      GoodPayload(), R"("size":401)",
      R"("size":9007199254740991,"annotations":{"a":"1"},"artifactType":"a/b","urls":["x"],"Size":1)");
  const Opened opened = testing::Open(EnvelopeType::kJws, AsBytes(MakeJws({.payload = rich})));
  CHECK(opened.claim.target.size == 9007199254740991);
  CHECK(opened.claim.target.annotations.at("a") == "1");
  CHECK(opened.claim.target.artifact_type == "a/b");
}

TEST_CASE("size, depth and count of a payload are bounded (A17)") {
  const auto with = [](const std::string& value) {
    return Replaced(GoodPayload(), R"("size":401)", R"("size":401,"x":)" + value);
  };
  CHECK(PayloadWord(with(std::string(100, '[') + std::string(100, ']'))) == "limit");
  std::string many = "[0";
  for (int i = 0; i < 5000; ++i) many += ",0";
  CHECK(PayloadWord(with(many + "]")) == "limit");
}

TEST_CASE("parts of two good envelopes do not make a third") {
  const std::string other = Replaced(GoodPayload(), "aaaa", "bbbb");
  const auto one = testing::CoseArray({});
  const auto two = testing::CoseArray({.payload = other});
  const auto word = [](std::vector<cbor::Value> parts) {
    return testing::WordOf(EnvelopeType::kCose, testing::TaggedCose(std::move(parts)));
  };
  CHECK(word(two) == "opened");
  CHECK(word({one[0], one[1], two[2], one[3]}) == "bad-signature");
  CHECK(word({one[0], one[1], one[2], two[3]}) == "bad-signature");
  // A JWS's signature over the same claim is none of a COSE envelope.
  const Envelope jws = Must(ParseEnvelope(EnvelopeType::kJws, AsBytes(MakeJws({}))));
  CHECK(word({one[0], one[1], one[2], cbor::Value::ByteString(jws.signature)}) == "bad-signature");
}

TEST_CASE("signed bytes of one envelope do not parse as the other's") {
  const Bytes cose_bytes = Must(ParseEnvelope(EnvelopeType::kCose, MakeCose({}))).signed_bytes;
  const Bytes jws_bytes =
      Must(ParseEnvelope(EnvelopeType::kJws, AsBytes(MakeJws({})))).signed_bytes;
  const auto parse = [](const Bytes& bytes, EnvelopeType type) {
    const Bytes der = Must(SignersKey().Sign(crypto::Scheme::kEcdsaP256Sha256, bytes));
    const auto proof =
        SignersKey().public_key().Verify(crypto::Scheme::kEcdsaP256Sha256, bytes, der);
    return ParseSigned(*proof, type).ok();
  };
  CHECK(parse(jws_bytes, EnvelopeType::kJws));
  CHECK(parse(cose_bytes, EnvelopeType::kCose));
  CHECK_FALSE(parse(jws_bytes, EnvelopeType::kCose));
  CHECK_FALSE(parse(cose_bytes, EnvelopeType::kJws));
  CHECK_FALSE(parse({}, EnvelopeType::kJws));
  CHECK_FALSE(parse({}, EnvelopeType::kCose));
}

}  // namespace hallmark::signature::notation
