#include "hallmark/signature/notation/internal/cose.h"

#include "hallmark/encoding/hex.h"
#include "tests/support/catch.h"
#include "tests/unit/signature/notation/notation_world.h"

namespace hallmark::signature::notation {
namespace {

using cbor::Value;
using testing::CoseArray;
using testing::CoseHeader;
using testing::CoseWord;
using testing::kNow;
using testing::MakeCose;
using testing::Names;
using testing::TaggedCose;

Value Text(std::string_view text) { return Value::Text(Names(text)); }
Value Number(std::int64_t number) { return Value::Integer(number); }
Value Epoch(std::int64_t seconds) { return Value::Tagged(1, Number(seconds)); }
Value List(std::vector<std::string_view> names) {
  std::vector<Value> items;
  for (const std::string_view name : names) items.push_back(Text(name));
  return Value::Array(std::move(items));
}
Value Chain(std::size_t count) {
  return Value::Array(std::vector<Value>(count, Value::ByteString({0x30, 0x00})));
}

std::string HeaderWord(std::vector<cbor::Entry> changes, const std::vector<Value>& without = {}) {
  return CoseWord({.protected_header = Value::Map(CoseHeader(std::move(changes), without))});
}

std::string UnsignedWord(std::vector<cbor::Entry> entries) {
  return CoseWord({.unprotected = Value::Map(std::move(entries))});
}

std::string Word(ByteView bytes) { return testing::WordOf(EnvelopeType::kCose, bytes); }

}  // namespace

TEST_CASE("a COSE envelope is taken apart") {
  const Bytes bytes = MakeCose(
      {.protected_header = Value::Map(CoseHeader({{Number(2), List({"@signingScheme", "@expiry"})},
                                                  {Text("@expiry"), Epoch(1'780'315'201)},
                                                  {Text("x"), Text("y")},
                                                  {Number(-70000), Value::Null()}})),
       .unprotected = Value::Map({{Number(33), Chain(2)},
                                  {Text("@timestampSignature"), Value::ByteString({1, 2})},
                                  {Text("@signingAgent"), Text("a")}})});
  const auto envelope = ParseCose(bytes);
  REQUIRE(envelope.ok());
  const Attributes& attributes = envelope.value().unverified_attributes;
  CHECK(attributes.algorithm == "ES256");
  CHECK(attributes.scheme == SigningScheme::kX509);
  CHECK(attributes.signing_time == kNow);
  CHECK(attributes.expiry == kNow + std::chrono::seconds(1));
  REQUIRE(attributes.extended.size() == 2);
  CHECK(attributes.extended[0] == ExtendedAttribute{"label -70000", false, std::nullopt});
  CHECK(attributes.extended[1] == ExtendedAttribute{"x", false, "y"});
  CHECK(envelope.value().certificates.size() == 2);
  CHECK(envelope.value().timestamp == Bytes{1, 2});
  CHECK(envelope.value().signing_agent == "a");
  CHECK(WriteCose(envelope.value()) == bytes);
}

TEST_CASE("a signing authority's COSE says its own time") {
  const std::vector<cbor::Entry> good{
      {Text("@signingScheme"), Text("notary.x509.signingAuthority")},
      {Text("@authenticSigningTime"), Epoch(1'780'315'200)},
      {Number(2), List({"@signingScheme", "@authenticSigningTime"})}};
  CHECK(HeaderWord(good, {Text("@signingTime")}) == "opened");
  CHECK(HeaderWord(good) == "malformed");                                        // both times
  CHECK(HeaderWord({good[0], good[1]}, {Text("@signingTime")}) == "malformed");  // not in crit
}

TEST_CASE("alg is a protected integer (A26)") {
  CHECK(CoseWord({}) == "opened");
  CHECK(HeaderWord({}, {Number(1)}) == "malformed");
  CHECK(HeaderWord({{Number(1), Text("ES256")}}) == "malformed");
  CHECK(HeaderWord({{Number(1), Value::Null()}}) == "malformed");
  const auto both = [](std::int64_t algorithm) {
    return UnsignedWord({{Number(33), Chain(1)}, {Number(1), Number(algorithm)}});
  };
  CHECK(both(-7) == "malformed");
  CHECK(both(-35) == "malformed");
  CHECK(CoseWord({.protected_header = Value::Map(CoseHeader({}, {Number(1)})),
                  .unprotected = Value::Map({{Number(33), Chain(1)}, {Number(1), Number(-7)}})}) ==
        "malformed");
}

TEST_CASE("COSE crit is protected and lists what is critical (A24, A26)") {
  for (const Value& crit :
       {List({}), List({"@signingScheme", "@signingScheme"}), List({"@signingScheme", "x"}),
        List({"@signingScheme", "@expiry"}), List({"@signingScheme", "@signingTime"}),
        List({"@signingscheme"}), Text("@signingScheme"), Value::Null(), Number(1),
        Value::Array({Text("@signingScheme"), Number(1)}),
        Value::Array({Text("@signingScheme"), Number(3)}),
        Value::Array({Text("@signingScheme"), Number(99)}),
        Value::Array({Text("@signingScheme"), Value::Null()}),
        Value::Array({Text("@signingScheme"), Value::ByteString({1})}),
        List({"@signingScheme", "label 1"})}) {
    INFO(encoding::ToHex(cbor::Encode(crit)));
    CHECK(HeaderWord({{Number(2), crit}}) == "malformed");
  }
  CHECK(HeaderWord({}, {Number(2)}) == "malformed");
  CHECK(CoseWord({.protected_header = Value::Map(CoseHeader({}, {Number(2)})),
                  .unprotected = Value::Map(
                      {{Number(33), Chain(1)}, {Number(2), List({"@signingScheme"})}})}) ==
        "malformed");
  // There, but not understood.
  CHECK(HeaderWord({{Number(2), List({"@signingScheme", "x"})}, {Text("x"), Text("y")}}) ==
        "malformed");
  CHECK(HeaderWord({{Number(2), Value::Array({Text("@signingScheme"), Number(99)})},
                    {Number(99), Text("y")}}) == "malformed");
  CHECK(HeaderWord({{Text("@expiry"), Epoch(1'790'000'000)}}) == "malformed");  // not critical
  CHECK(HeaderWord({{Number(2), List({"@signingScheme", "@verificationPlugin"})},
                    {Text("@verificationPlugin"), Text("p")}}) == "unsupported");
}

TEST_CASE("times in COSE are epoch times of one tag (A16)") {
  const auto time = [](Value value) {
    return HeaderWord({{Text("@signingTime"), std::move(value)}});
  };
  CHECK(time(Epoch(0)) == "opened");
  CHECK(time(Epoch(253'402'300'799)) == "opened");
  CHECK(time(Epoch(253'402'300'800)) == "malformed");
  CHECK(time(Epoch(-1)) == "malformed");
  CHECK(time(Number(1'780'315'200)) == "malformed");
  CHECK(time(Value::Tagged(0, Text("2026-06-01T12:00:00Z"))) == "malformed");
  CHECK(time(Value::Tagged(1, Text("2026-06-01T12:00:00Z"))) == "malformed");
  CHECK(time(Value::Tagged(1, Epoch(1))) == "malformed");
  CHECK(time(Value::Null()) == "malformed");
}

TEST_CASE("a fraction of a COSE time is cut off") {
  // 1(1780315200.5), not a number, infinite and negative.
  const auto read = [](std::string_view hex) {
    const Bytes bytes = encoding::FromHex(hex).value();
    return cbor::Parse(bytes, cbor::Encoding::kAny, {16, 2, 4}).value();
  };
  const auto header = [&](std::string_view hex) {
    return Value::Map(CoseHeader({{Text("@signingTime"), read(hex)}}));
  };
  const Bytes good = MakeCose({.protected_header = header("c1fb41da875d10200000")});
  const auto envelope = ParseCose(good);
  REQUIRE(envelope.ok());
  CHECK(envelope.value().unverified_attributes.signing_time == kNow);
  for (const std::string_view hex : {"c1f97e00", "c1f97c00", "c1f9fc00", "c1f9bc00"}) {
    CHECK(CoseWord({.protected_header = header(hex)}) == "malformed");
  }
}

TEST_CASE("labels of the protected COSE header have their kinds (A15)") {
  CHECK(HeaderWord({{Number(3), Text("application/json")}}) == "unsupported");
  CHECK(HeaderWord({{Number(3), Number(50)}}) == "malformed");
  CHECK(HeaderWord({}, {Number(3)}) == "malformed");
  CHECK(HeaderWord({{Text("@signingScheme"), Number(1)}}) == "malformed");
  CHECK(HeaderWord({}, {Text("@signingScheme")}) == "malformed");
  CHECK(HeaderWord({{Text("@signingScheme"), Text("notary.pgp")}}) == "unsupported");
  CHECK(HeaderWord({}, {Text("@signingTime")}) == "malformed");
  CHECK(HeaderWord({{Value::ByteString({1}), Number(1)}}) == "malformed");
  CHECK(HeaderWord({{Number(258), Number(-16)}}, {Number(3)}) == "unsupported");  // hash envelope
  CHECK(CoseWord({.protected_header = Value::Array({})}) == "malformed");
  CHECK(CoseWord({.protected_header = Value::Map({})}) == "malformed");
  CHECK(HeaderWord({{Text("label 5"), Text("a")}, {Number(5), Text("b")}}) == "malformed");
}

TEST_CASE("keys and addresses in a COSE header are not looked at (A25)") {
  for (const std::int64_t label : {4, 32, 34, 35}) {
    CHECK(HeaderWord({{Number(label), Text("http://127.0.0.1/")}}) == "opened");
    CHECK(UnsignedWord({{Number(33), Chain(1)}, {Number(label), Text("http://127.0.0.1/")}}) ==
          "opened");
  }
}

TEST_CASE("x5chain is in one header, a byte string or a list of them (A37)") {
  CHECK(UnsignedWord({{Number(33), Value::ByteString({0x30, 0x00})}}) == "opened");
  CHECK(UnsignedWord({{Number(33), Chain(16)}}) == "opened");
  CHECK(UnsignedWord({{Number(33), Chain(17)}}) == "limit");
  CHECK(UnsignedWord({{Number(33), Chain(0)}}) == "malformed");
  CHECK(UnsignedWord({{Number(33), Value::ByteString({})}}) == "malformed");
  CHECK(UnsignedWord({{Number(33), Value::Array({Number(1)})}}) == "malformed");
  CHECK(UnsignedWord({{Number(33), Text("MAA=")}}) == "malformed");
  CHECK(UnsignedWord({}) == "malformed");
  const Value protected_chain = Value::Map(CoseHeader({{Number(33), Chain(1)}}));
  const Bytes bytes =
      MakeCose({.protected_header = protected_chain, .unprotected = Value::Map({})});
  CHECK(Word(bytes) == "opened");
  CHECK(WriteCose(ParseCose(bytes).value()) == bytes);
  CHECK(CoseWord({.protected_header = protected_chain}) == "malformed");  // in both
}

TEST_CASE("a COSE timestamp is a byte string, the agent is anything") {
  const cbor::Entry chain{Number(33), Chain(1)};
  CHECK(UnsignedWord({chain, {Text("@timestampSignature"), Text("AQ==")}}) == "malformed");
  CHECK(UnsignedWord({chain, {Text("@signingAgent"), Number(7)}}) == "opened");
  CHECK(UnsignedWord({chain, {Text("@expiry"), Epoch(1)}, {Number(99), Value::Null()}}) ==
        "opened");
  CHECK(UnsignedWord({chain, {Text("@signingTime"), Epoch(1)}}) == "malformed");  // in both
  CHECK(UnsignedWord({chain, {Value::ByteString({1}), Number(1)}}) == "malformed");
}

TEST_CASE("COSE_Sign1 has its tag, four parts and their kinds") {
  const std::vector<Value> good = CoseArray({});
  CHECK(Word(TaggedCose(good)) == "opened");
  CHECK(Word(cbor::Encode(Value::Array(good))) == "malformed");
  CHECK(Word(cbor::Encode(Value::Tagged(98, Value::Array(good)))) == "malformed");
  CHECK(Word(cbor::Encode(Value::Tagged(18, Value::Tagged(18, Value::Array(good))))) ==
        "malformed");
  CHECK(Word(TaggedCose({good[0], good[1], good[2]})) == "malformed");
  CHECK(Word(TaggedCose({good[0], good[1], good[2], good[3], good[3]})) == "malformed");
  for (std::size_t part = 0; part < 4; ++part) {
    for (const Value& other : {Value::Null(), Text("x"), Number(1), Value::Array({})}) {
      std::vector<Value> parts = good;
      parts[part] = other;
      CHECK(Word(TaggedCose(parts)) == "malformed");
    }
  }
  std::vector<Value> parts = good;
  parts[0] = Value::ByteString({});
  CHECK(Word(TaggedCose(parts)) == "malformed");
  parts = good;
  parts[3] = Value::ByteString(Bytes(1025));
  CHECK(Word(TaggedCose(parts)) == "limit");
  CHECK(Word({}) == "malformed");
  CHECK(Word(AsBytes("{}")) == "malformed");
}

TEST_CASE("COSE has one spelling of every head (A19)") {
  const Bytes good = MakeCose({});
  const auto spelt = [&](std::size_t drop, std::string_view hex) {
    Bytes bytes = encoding::FromHex(hex).value();
    bytes.insert(bytes.end(), good.begin() + static_cast<std::ptrdiff_t>(drop), good.end());
    return Word(bytes);
  };
  REQUIRE(good[0] == 0xD2);
  REQUIRE(good[1] == 0x84);
  CHECK(spelt(2, "d284") == "opened");
  CHECK(spelt(2, "d81284") == "malformed");
  CHECK(spelt(2, "d29804") == "malformed");
  Bytes indefinite = good;
  indefinite[1] = 0x9F;
  indefinite.push_back(0xFF);
  CHECK(Word(indefinite) == "malformed");
  Bytes trailing = good;
  trailing.push_back(0);
  CHECK(Word(trailing) == "malformed");
}

TEST_CASE("the protected COSE header has its labels in any order") {
  // Other signers do not sort; what is signed is what was sent.
  const Bytes sorted = cbor::Encode(Value::Map(CoseHeader()));
  Bytes turned{sorted[0]};
  turned.insert(turned.end(), sorted.begin() + 3, sorted.end());
  turned.insert(turned.end(), sorted.begin() + 1, sorted.begin() + 3);
  std::vector<Value> parts = CoseArray({});
  const Bytes payload = *parts[2].bytes();
  parts[0] = Value::ByteString(turned);
  CHECK(Word(TaggedCose(parts)) == "bad-signature");
  const Bytes to_sign =
      cbor::Encode(Value::Array({Text("Signature1"), Value::ByteString(turned),
                                 Value::ByteString({}), Value::ByteString(payload)}));
  parts[3] = Value::ByteString(testing::RawSignature(testing::SignersKey(), to_sign));
  CHECK(Word(TaggedCose(parts)) == "opened");
}

TEST_CASE("size, depth and count of a COSE envelope are bounded (A17, A57)") {
  CHECK(Word(Bytes(5 * 1024 * 1024)) == "limit");
  CHECK(Word(Bytes(100'000, 0x81)) == "limit");
  CHECK(Word(Bytes(100'000, 0xD2)) == "limit");
  CHECK(UnsignedWord({{Number(33), Chain(1)}, {Number(99), Chain(5000)}}) == "limit");
}

}  // namespace hallmark::signature::notation
