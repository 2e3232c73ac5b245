#include "hallmark/crypto/private_key.h"
#include "hallmark/encoding/base64.h"
#include "tests/conformance/vectors.h"
#include "tests/support/catch.h"

namespace hallmark::conformance {
namespace {

using crypto::PrivateKey;
using json::Value;

json::Value AskJws(const std::string& jws, Value jwk) {
  return Ask({{"op", Value::String("jws")}, {"jws", Value::String(jws)}, {"jwk", std::move(jwk)}});
}

// Three examples of RFC 7520 stand in the file with a JWK whose "alg" contradicts the header
// ("PS256" over PS384, "ES521" over ES512). Wycheproof calls them valid; a key's "alg" is obeyed
// here.
bool ContradictsItsKey(std::uint64_t id) { return id == 346 || id == 350 || id == 351; }

// Keys for HMAC are not offered; everything else has to get Wycheproof's answer.
TEST_CASE("every token of the Wycheproof file gets its answer") {
  const auto folder = FindVectors("wycheproof/testvectors_v1");
  if (!folder) return;
  const Value document = ReadJson(*folder / "json_web_signature_test.json");
  for (const Value& group : *document.Find("testGroups")->array()) {
    const Value* jwk =
        group.Find("public") != nullptr ? group.Find("public") : group.Find("private");
    const bool offered = Text(*jwk, "kty") != "oct";
    for (const Value& test : *group.Find("tests")->array()) {
      const std::uint64_t id = test.Find("tcId")->unsigned_integer().value_or(0);
      INFO("tcId " << id << " " << Text(test, "comment"));
      const Outcome outcome = OutcomeOf(AskJws(Text(test, "jws"), *jwk));
      const bool should_pass = offered && Text(test, "result") == "valid" && !ContradictsItsKey(id);
      CHECK((outcome == Outcome::kYes) == should_pass);
      if (offered) CHECK(outcome != Outcome::kUnsupported);
    }
  }
}

// A fresh P-256 key, its JWK and tokens by it.
class Issuer {
 public:
  Issuer() : key_(PrivateKey::Generate(PrivateKey::Kind::kEcdsaP256).value()) {}

  std::vector<std::pair<std::string, Value>> Jwk() const {
    // An uncompressed P-256 SubjectPublicKeyInfo ends in x and y.
    const ByteView spki = key_.public_key().spki();
    const ByteView x = spki.subspan(spki.size() - 64, 32);
    return {{"kty", Value::String("EC")},
            {"crv", Value::String("P-256")},
            {"x", Value::String(encoding::ToBase64Url(x))},
            {"y", Value::String(encoding::ToBase64Url(spki.last(32)))}};
  }

  std::string Token(const std::string& header) const {
    const std::string text =
        encoding::ToBase64Url(AsBytes(header)) + "." + encoding::ToBase64Url(AsBytes("{\"a\":1}"));
    const Bytes der = key_.Sign(crypto::Scheme::kEcdsaP256Sha256, AsBytes(text)).value();
    return text + "." + encoding::ToBase64Url(ToP1363(der));
  }

 private:
  static Bytes ToP1363(const Bytes& der) {
    Bytes out;
    std::size_t at = 2;
    for (int i = 0; i < 2; ++i) {
      const std::size_t size = der[at + 1];
      Bytes number(der.begin() + static_cast<std::ptrdiff_t>(at + 2),
                   der.begin() + static_cast<std::ptrdiff_t>(at + 2 + size));
      while (number.size() > 32) number.erase(number.begin());
      number.insert(number.begin(), 32 - number.size(), 0);
      out.insert(out.end(), number.begin(), number.end());
      at += 2 + size;
    }
    return out;
  }

  PrivateKey key_;
};

TEST_CASE("a token by the key passes and hands out its payload") {
  const Issuer issuer;
  const json::Value answer =
      AskJws(issuer.Token(R"({"alg":"ES256"})"), Value::Object(issuer.Jwk()));
  CHECK(OutcomeOf(answer) == Outcome::kYes);
  CHECK(Text(answer, "payload") == encoding::ToBase64(AsBytes("{\"a\":1}")));
}

TEST_CASE("headers that mean more than their algorithm are refused (A23, A24, A14)") {
  const Issuer issuer;
  const std::string header = GENERATE(
      R"({})", R"({"alg":null})", R"({"alg":""})", R"({"alg":"none"})", R"({"alg":"None"})",
      R"({"alg":"HS256"})", R"({"alg":"ES384"})", R"({"alg":"es256"})", R"({"alg":"PS256"})",
      R"({"Alg":"ES256"})", R"({"alg":"ES256","crit":[]})", R"({"alg":"ES256","crit":["x"],"x":1})",
      R"({"alg":"ES256","crit":["b64"],"b64":false})", R"({"alg":"ES256","b64":true})",
      R"({"alg":"ES256","crit":"x"})", R"({"alg":"ES256","crit":["x","x"],"x":1})",
      R"({"alg":"none","alg":"ES256"})", R"({"alg":"ES256","\u0061lg":"none"})", R"([])",
      R"(ES256)",
      R"({"alg":"ES256"} )"
      "x");
  INFO(header);
  CHECK(OutcomeOf(AskJws(issuer.Token(header), Value::Object(issuer.Jwk()))) == Outcome::kNo);
}

TEST_CASE("keys that a header offers are not looked at (A25)") {
  const Issuer issuer;
  const Issuer stranger;
  const std::string header = R"({"alg":"ES256","jwk":)" +
                             json::ToText(Value::Object(stranger.Jwk())) +
                             R"(,"jku":"http://127.0.0.1/","kid":"x"})";
  CHECK(OutcomeOf(AskJws(issuer.Token(header), Value::Object(issuer.Jwk()))) == Outcome::kYes);
  CHECK(OutcomeOf(AskJws(stranger.Token(header), Value::Object(issuer.Jwk()))) == Outcome::kNo);
}

TEST_CASE("a key says what it is for") {
  const Issuer issuer;
  const std::string token = issuer.Token(R"({"alg":"ES256"})");
  const auto ask = [&](const std::string& name, Value value) {
    auto jwk = issuer.Jwk();
    jwk.emplace_back(name, std::move(value));
    return OutcomeOf(AskJws(token, Value::Object(std::move(jwk))));
  };
  const auto list = [](std::vector<std::string> names) {
    std::vector<Value> items;
    for (std::string& name : names) items.push_back(Value::String(std::move(name)));
    return Value::Array(std::move(items));
  };
  CHECK(ask("use", Value::String("sig")) == Outcome::kYes);
  CHECK(ask("use", Value::String("enc")) == Outcome::kNo);
  CHECK(ask("use", Value::Null()) == Outcome::kNo);
  CHECK(ask("key_ops", list({"verify"})) == Outcome::kYes);
  CHECK(ask("key_ops", list({"sign"})) == Outcome::kNo);
  CHECK(ask("key_ops", list({})) == Outcome::kNo);
  CHECK(ask("key_ops", list({"verify", "verify"})) == Outcome::kNo);
  CHECK(ask("alg", Value::String("ES256")) == Outcome::kYes);
  CHECK(ask("alg", Value::String("ES384")) == Outcome::kNo);
}

TEST_CASE("the parts of a token have one spelling (A18)") {
  const Issuer issuer;
  const Value jwk = Value::Object(issuer.Jwk());
  const std::string token = issuer.Token(R"({"alg":"ES256"})");
  CHECK(OutcomeOf(AskJws(token, jwk)) == Outcome::kYes);
  for (const std::string& variant :
       {token + "=", token + ".", "." + token, token + " ", token + "\n", token.substr(1),
        token.substr(0, token.size() - 1), token.substr(0, token.rfind('.')), std::string(".."),
        std::string()}) {
    CHECK(OutcomeOf(AskJws(variant, jwk)) == Outcome::kNo);
  }
}

}  // namespace
}  // namespace hallmark::conformance
