#include "hallmark/signature/notation/internal/jws.h"

#include "hallmark/encoding/base64.h"
#include "tests/support/catch.h"
#include "tests/unit/signature/notation/notation_world.h"

namespace hallmark::signature::notation {
namespace {

using testing::GoodHeader;
using testing::GoodPayload;
using testing::JwsWord;
using testing::kNow;
using testing::MakeJws;
using testing::Names;
using testing::Replaced;

std::string Word(const std::string& text) {
  INFO(text);
  return testing::WordOf(EnvelopeType::kJws, AsBytes(text));
}

std::string HeaderWord(std::string_view from, std::string_view to) {
  return JwsWord({.protected_header = Replaced(GoodHeader(), Names(from), Names(to))});
}

// Replaces what stands unsigned in "header".
std::string UnsignedWord(const std::string& header) { return JwsWord({.header = Names(header)}); }

}  // namespace

TEST_CASE("a JWS envelope is taken apart") {
  const std::string header =
      Replaced(GoodHeader(), R"("alg")",
               Names(R"("@expiry":"2026-06-02T12:00:00.9+02:00","x":"y","n":[1],"alg")"));
  const std::string text =
      MakeJws({.protected_header = Replaced(header, R"(me"])", Names(R"(me","@expiry"])")),
               .header = Names(
                   R"({"x5c":["MAA=","MAEA"],"@timestampSignature":"AQI=","@signingAgent":"a"})")});
  const auto envelope = ParseJws(AsBytes(text));
  REQUIRE(envelope.ok());
  const Attributes& attributes = envelope.value().unverified_attributes;
  CHECK(attributes.algorithm == "ES256");
  CHECK(attributes.scheme == SigningScheme::kX509);
  CHECK(attributes.signing_time == kNow);
  CHECK_FALSE(attributes.authentic_signing_time);
  CHECK(attributes.expiry == kNow + std::chrono::hours(22));
  REQUIRE(attributes.extended.size() == 2);
  CHECK(attributes.extended[0] == ExtendedAttribute{"x", false, "y"});
  CHECK(attributes.extended[1] == ExtendedAttribute{"n", false, std::nullopt});
  CHECK(envelope.value().certificates == std::vector<Bytes>{{0x30, 0x00}, {0x30, 0x01, 0x00}});
  CHECK(envelope.value().timestamp == Bytes{1, 2});
  CHECK(envelope.value().signing_agent == "a");
  CHECK(envelope.value().signature.size() == 64);
  CHECK(AsText(WriteJws(envelope.value())).size() == text.size());
}

TEST_CASE("a JWS is written as notation writes it") {
  const Attributes attributes{"PS384",      SigningScheme::kX509,           kNow,
                              std::nullopt, kNow + std::chrono::seconds(1), {}};
  CHECK(WriteJwsProtected(attributes) ==
        Names(R"({"alg":"PS384","crit":["@signingScheme","@expiry"],)"
              R"("cty":"application/vnd.cncf.notary.payload.v1+json",)"
              R"("@expiry":"2026-06-01T12:00:01Z","@signingScheme":"notary.x509",)"
              R"("@signingTime":"2026-06-01T12:00:00Z"})"));
  Envelope envelope{EnvelopeType::kJws, attributes, ToBytes("cA.cQ"), {1}, {{2}}, Bytes{3}, "a"};
  CHECK(AsText(WriteJws(envelope)) ==
        Names(R"({"payload":"cQ","protected":"cA","header":{"@timestampSignature":"Aw==",)"
              R"("x5c":["Ag=="],"@signingAgent":"a"},"signature":"AQ"})"));
  envelope.timestamp.reset();
  envelope.signing_agent.reset();
  CHECK(AsText(WriteJws(envelope)) ==
        R"({"payload":"cQ","protected":"cA","header":{"x5c":["Ag=="]},"signature":"AQ"})");
}

TEST_CASE("a signing authority's JWS says its own time") {
  const std::string header = Replaced(Replaced(GoodHeader(), "signingTime", "authenticSigningTime"),
                                      R"("notary.x509")", R"("notary.x509.signingAuthority")");
  const std::string good = Replaced(header, R"(me"])", Names(R"(me","@authenticSigningTime"])"));
  CHECK(JwsWord({.protected_header = good}) == "opened");
  CHECK(JwsWord({.protected_header = header}) == "malformed");  // not in crit
  CHECK(ParseJws(AsBytes(MakeJws({.protected_header = good})))
            .value()
            .unverified_attributes.authentic_signing_time == kNow);
}

TEST_CASE("crit lists what is critical, once, and nothing else (A24)") {
  CHECK(JwsWord({}) == "opened");
  for (const std::string_view crit :
       {R"([])", R"(["@signingScheme","@signingScheme"])", R"(["@signingScheme","x"])",
        R"(["@signingScheme","@expiry"])", R"(["@signingScheme","@signingTime"])",
        R"(["@signingScheme","alg"])", R"(["@signingScheme","cty"])",
        R"(["@signingScheme","crit"])", R"(["@signingScheme","b64"])", R"(["@signingScheme",""])",
        R"(["@signingscheme"])", R"("@signingScheme")", R"(null)", R"({})", R"([1])",
        R"(["@signingScheme",null])", R"(["@signingScheme","@authenticSigningTime"])",
        R"(["@signingScheme","kid"])", R"(["@signingScheme","@verificationPlugin"])"}) {
    INFO(crit);
    CHECK(HeaderWord(R"(["@signingScheme"])", crit) == "malformed");
  }
  CHECK(HeaderWord(R"("crit":["@signingScheme"],)", "") == "malformed");
  CHECK(HeaderWord(R"("crit":["@signingScheme"])", R"("Crit":["@signingScheme"])") == "malformed");
}

TEST_CASE("critical attributes that are there are not understood either (A24)") {
  CHECK(HeaderWord(R"(["@signingScheme"])", R"(["@signingScheme","x"],"x":"y")") == "malformed");
  CHECK(HeaderWord(R"(["@signingScheme"])", R"(["@signingScheme","b64"],"b64":false)") ==
        "malformed");
  CHECK(HeaderWord(R"("alg")", R"("b64":true,"alg")") == "malformed");
  CHECK(HeaderWord(R"(["@signingScheme"])", R"(["@signingScheme","kid"],"kid":"1")") ==
        "malformed");
  CHECK(HeaderWord(R"("alg")", R"("x":"y","alg")") == "opened");
  // Not critical, although it must be.
  CHECK(HeaderWord(R"("alg")", R"("@expiry":"2026-07-01T12:00:00Z","alg")") == "malformed");
  CHECK(HeaderWord(R"("alg")", R"("@verificationPlugin":"p","alg")") == "malformed");
}

TEST_CASE("a verification plugin is named, and demanded") {
  const std::string_view plugin =
      R"(["@signingScheme","@verificationPlugin","x"],"@verificationPlugin":"p","x":"y")";
  CHECK(HeaderWord(R"(["@signingScheme"])", plugin) == "unsupported");
  const auto envelope = ParseJws(
      AsBytes(MakeJws({.protected_header = Replaced(GoodHeader(), Names(R"(["@signingScheme"])"),
                                                    Names(plugin))})));
  REQUIRE(envelope.ok());
  const auto& extended = envelope.value().unverified_attributes.extended;
  REQUIRE(extended.size() == 2);
  CHECK(extended[0] == ExtendedAttribute{std::string(kVerificationPlugin), true, "p"});
  CHECK(extended[1] == ExtendedAttribute{"x", true, "y"});
  CHECK(HeaderWord(R"(["@signingScheme"])",
                   R"(["@signingScheme","@verificationPlugin"],"@verificationPlugin":1)") ==
        "malformed");
}

TEST_CASE("parameters of the protected JWS header have their kinds (A14, A15, A16)") {
  for (const auto& [from, to] : std::vector<std::pair<std::string_view, std::string_view>>{
           {R"("alg":"ES256")", R"("alg":1)"},
           {R"("alg":"ES256")", R"("alg":null)"},
           {R"("alg":"ES256",)", ""},
           {R"("alg":"ES256")", R"("Alg":"ES256")"},
           {R"("alg":"ES256")", R"("alg":"none","alg":"ES256")"},
           {R"("alg":"ES256")", R"("alg":"ES256","alg":"none")"},
           {R"("alg":"ES256")", R"("alg":"ES256","\u0061lg":"none")"},
           {R"("cty")", R"("Cty")"},
           {R"("@signingScheme":"notary.x509")", R"("@signingScheme":1)"},
           {R"("@signingScheme":"notary.x509")", R"("@SigningScheme":"notary.x509")"},
           {R"("@signingTime":)", R"("@SigningTime":)"},
           {R"("2026-06-01T12:00:00Z")", "1780315200"},
           {R"("2026-06-01T12:00:00Z")", R"("2026-06-01")"},
           {R"("2026-06-01T12:00:00Z")", R"("2026-06-01T12:00:00z")"},
           {R"("2026-06-01T12:00:00Z")", R"("2026-02-30T12:00:00Z")"},
           {R"("2026-06-01T12:00:00Z")", R"("1969-06-01T12:00:00Z")"},
           {R"("2026-06-01T12:00:00Z")", "null"},
           {R"(,"@signingTime":"2026-06-01T12:00:00Z")", ""},
           {R"("@signingTime")", R"("@authenticSigningTime")"},
           {R"("@signingTime")",
            R"("@authenticSigningTime":"2026-06-01T12:00:00Z","@signingTime")"},
           {R"(["@signingScheme"])",
            R"(["@signingScheme","@expiry"],"@expiry":"2026-06-01T12:00:00Z")"},
           {R"({"alg")", R"([{"alg")"},
           {R"({"alg")", R"( x{"alg")"}}) {
    INFO(to);
    CHECK(HeaderWord(from, to) == "malformed");
  }
  CHECK(HeaderWord(R"("application/vnd.cncf.notary.payload.v1+json")", R"("application/json")") ==
        "unsupported");
  CHECK(HeaderWord(R"("notary.x509")", R"("notary.pgp")") == "unsupported");
}

TEST_CASE("what must be protected is not read from the unprotected JWS header (A23, A24)") {
  for (const std::string_view header :
       {R"({"alg":"ES256","x5c":["MAA="]})", R"({"crit":["x"],"x5c":["MAA="]})",
        R"({"b64":false,"x5c":["MAA="]})", R"({"@signingScheme":"notary.x509","x5c":["MAA="]})",
        R"({"@signingTime":"2026-06-01T12:00:00Z","x5c":["MAA="]})",
        R"({"cty":"x","x5c":["MAA="]})"}) {
    INFO(header);
    CHECK(UnsignedWord(std::string(header)) == "malformed");
  }
  // Without effect: what is signed counts.
  CHECK(UnsignedWord(R"({"@expiry":"1999-01-01T00:00:00Z","x5c":["MAA="],"other":{}})") ==
        "opened");
}

TEST_CASE("keys and addresses in a JWS header are not looked at (A25)") {
  for (const std::string_view name :
       {R"("jwk":{"kty":"EC"})", R"("jku":"http://127.0.0.1/")", R"("kid":"x")",
        R"("x5u":"http://127.0.0.1/")", R"("x5t":"x")", R"("typ":"x")", R"("x5c":["AA=="])"}) {
    INFO(name);
    CHECK(HeaderWord(R"("alg")", std::string(name) + R"(,"alg")") ==
          (name.starts_with(R"("x5c)") ? "malformed" : "opened"));  // in both headers
    if (name.starts_with(R"("x5c)")) continue;
    CHECK(UnsignedWord("{" + std::string(name) + R"(,"x5c":["MAA="]})") == "opened");
  }
}

TEST_CASE("x5c is a list of one to sixteen certificates in strict base64 (A18, A37)") {
  for (const std::string_view header :
       {R"({})", R"({"x5c":[]})", R"({"x5c":"MAA="})", R"({"x5c":[1]})", R"({"x5c":[""]})",
        R"({"x5c":["MAA"]})", R"({"x5c":["MAA=="]})", R"({"x5c":["MA-="]})", R"({"x5c":["MAB="]})",
        R"({"x5c":["M AA="]})", R"({"x5c":null})", R"({"X5c":["MAA="]})",
        R"({"x5c":["MAA="],"x5c":["MAA="]})", R"([])", R"(null)", R"("")"}) {
    INFO(header);
    CHECK(UnsignedWord(std::string(header)) == "malformed");
  }
  const auto chain = [](std::size_t count) {
    std::string list = R"("MAA=")";
    for (std::size_t i = 1; i < count; ++i) list += R"(,"MAA=")";
    return R"({"x5c":[)" + list + "]}";
  };
  CHECK(UnsignedWord(chain(16)) == "opened");
  CHECK(UnsignedWord(chain(17)) == "limit");
  CHECK(UnsignedWord(chain(120)) == "limit");
}

TEST_CASE("a timestamp is base64, the signing agent is anything") {
  const std::string certificate = R"({"x5c":["MAA="],)";
  CHECK(UnsignedWord(certificate + R"("@timestampSignature":"AQ=="})") == "opened");
  CHECK(UnsignedWord(certificate + R"("@timestampSignature":"AQ"})") == "malformed");
  CHECK(UnsignedWord(certificate + R"("@timestampSignature":1})") == "malformed");
  CHECK(UnsignedWord(certificate + R"("@signingAgent":"\u001b[1m"})") == "opened");
  CHECK(UnsignedWord(certificate + R"("@signingAgent":7})") == "opened");
}

TEST_CASE("the four members of a JWS, each once and no other (A14, A15)") {
  const std::string good = MakeJws({});
  CHECK(Word(good) == "opened");
  for (const auto& [from, to] : std::vector<std::pair<std::string_view, std::string_view>>{
           {R"({"payload")", R"({"x":1,"payload")"},
           {R"({"payload")", R"({"signatures":[],"payload")"},
           {R"("payload")", R"("Payload")"},
           {R"("protected")", R"("Protected")"},
           {R"("header")", R"("headers")"},
           {R"("signature")", R"("Signature")"},
           {R"({"payload":")", R"({"payload":"","payload":")"},
           {R"("signature":")", R"("signature":"","signature":")"},
           {R"({"payload":")", R"({"payload":"=)"},
           {R"({"payload":")", R"({"payload":" )"},
           {R"("protected":")", R"("protected":".)"},
           {R"("signature":")", R"("signature":"+)"}}) {
    INFO(to);
    CHECK(Word(Replaced(good, from, to)) == "malformed");
  }
  CHECK(Word(good + "x") == "malformed");
  CHECK(Word(good + "\n") == "opened");
  CHECK(Word("\xEF\xBB\xBF" + good) == "malformed");
  CHECK(Word("[" + good + "]") == "malformed");
  CHECK(Word("") == "malformed");
  CHECK(Word(R"("a.b.c")") == "malformed");
}

TEST_CASE("size, depth and count of a JWS are bounded (A17, A57)") {
  CHECK(Word(std::string(5 * 1024 * 1024, ' ')) == "limit");
  CHECK(UnsignedWord(R"({"x5c":["MAA="],"d":)" + std::string(100, '[') + std::string(100, ']') +
                     "}") == "limit");
  std::string many = R"({"x5c":["MAA="],"d":[0)";
  for (int i = 0; i < 5000; ++i) many += ",0";
  CHECK(UnsignedWord(many + "]}") == "limit");
  const std::string signature = encoding::ToBase64Url(Bytes(1025));
  const std::string good = MakeJws({});
  CHECK(Word(good.substr(0, good.rfind(':')) + ":\"" + signature + "\"}") == "limit");
}

}  // namespace hallmark::signature::notation
