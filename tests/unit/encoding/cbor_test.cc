#include "hallmark/encoding/cbor.h"

#include <limits>

#include "hallmark/encoding/hex.h"
#include "tests/support/catch.h"

namespace hallmark::cbor {
namespace {

constexpr Limits kLimits{1 << 20, 16, 1000};

Bytes Hex(std::string_view text) { return encoding::FromHex(text).value(); }

Result<Value> Read(std::string_view hex, Encoding encoding = Encoding::kAny) {
  return Parse(Hex(hex), encoding, kLimits);
}

ErrorCode CodeOf(std::string_view hex, Encoding encoding = Encoding::kAny) {
  INFO(hex);
  const auto parsed = Read(hex, encoding);
  REQUIRE_FALSE(parsed.ok());
  return parsed.error().code();
}

std::string Written(const Value& value) { return encoding::ToHex(Encode(value)); }

TEST_CASE("the examples of RFC 8949 appendix A are read") {
  CHECK(Read("00").value().integer() == 0);
  CHECK(Read("17").value().integer() == 23);
  CHECK(Read("1818").value().integer() == 24);
  CHECK(Read("1903e8").value().integer() == 1000);
  CHECK(Read("1a000f4240").value().integer() == 1000000);
  CHECK(Read("1bffffffffffffffff").value().unsigned_integer() ==
        std::numeric_limits<std::uint64_t>::max());
  CHECK_FALSE(Read("1bffffffffffffffff").value().integer());
  CHECK(Read("20").value().integer() == -1);
  CHECK(Read("3903e7").value().integer() == -1000);
  CHECK(Read("3b7fffffffffffffff").value().integer() == std::numeric_limits<std::int64_t>::min());
  CHECK_FALSE(Read("3bffffffffffffffff").value().integer());
  CHECK(Read("f93e00").value().floating() == 1.5);
  CHECK(Read("fa47c35000").value().floating() == 100000.0);
  CHECK(Read("fb7e37e43c8800759c").value().floating() == 1.0e+300);
  CHECK(Read("f4").value().boolean() == false);
  CHECK(Read("f5").value().boolean() == true);
  CHECK(Read("f6").value().kind() == Kind::kNull);
  CHECK(Read("f7").value().kind() == Kind::kUndefined);
  CHECK(Read("c11a514b67b0").value().content_of_tag(1)->integer() == 1363896240);
  CHECK(*Read("4401020304").value().bytes() == Bytes{1, 2, 3, 4});
  CHECK(*Read("63e6b0b4").value().text() == "\xe6\xb0\xb4");
  CHECK(Read("8301820203820405").value().array()->at(1).array()->at(1).integer() == 3);
  CHECK(Read("a201020304").value().Find(3)->integer() == 4);
  CHECK(Read("a26161016162820203").value().Find("b")->array()->size() == 2);
  CHECK(Read("5f42010243030405ff").value().bytes()->size() == 5);
  CHECK(*Read("7f657374726561646d696e67ff").value().text() == "streaming");
  CHECK(Read("9f018202039f0405ffff").value().array()->at(2).array()->size() == 2);
  CHECK(*Read("bf6346756ef563416d7421ff").value().Find("Fun")->boolean());
}

TEST_CASE("a value answers for its own kind only") {
  const Value value = Read("a1016161").value();
  CHECK(value.kind() == Kind::kMap);
  CHECK_FALSE(value.integer());
  CHECK_FALSE(value.unsigned_integer());
  CHECK_FALSE(value.boolean());
  CHECK_FALSE(value.floating());
  CHECK(value.bytes() == nullptr);
  CHECK(value.text() == nullptr);
  CHECK(value.array() == nullptr);
  CHECK(value.content_of_tag(1) == nullptr);
  CHECK(value.Find(2) == nullptr);
  CHECK(value.Find("a") == nullptr);
  CHECK(Read("20").value().unsigned_integer() == std::nullopt);
  CHECK(Read("00").value().Find(0) == nullptr);
  CHECK(Read("c100").value().content_of_tag(2) == nullptr);
}

TEST_CASE("every tag is read, those of one byte too") {
  for (std::uint64_t tag : {0ULL, 5ULL, 6ULL, 18ULL, 20ULL, 21ULL, 23ULL, 24ULL, 98ULL, 255ULL,
                            65535ULL, 65536ULL, 1ULL << 40}) {
    const Bytes encoded = Encode(Value::Tagged(tag, Value::Integer(7)));
    const auto read = Parse(encoded, Encoding::kDeterministic, kLimits);
    REQUIRE(read.ok());
    CHECK(read.value().content_of_tag(tag)->integer() == 7);
  }
  CHECK(Written(Value::Tagged(18, Value::Null())) == "d2f6");
}

TEST_CASE("what is written is the deterministic encoding") {
  const Value map = Value::Map({{Value::Text("aa"), Value::Bool(true)},
                                {Value::Integer(-1), Value::Null()},
                                {Value::Text("b"), Value::ByteString({1})},
                                {Value::Integer(100), Value::Integer(-500)},
                                {Value::Integer(10), Value::Array({})}});
  // RFC 8949 section 4.2.1: 10, 100, -1, "b", "aa".
  CHECK(Written(map) == "a50a8018643901f320f661624101626161f5");
  const auto again = Parse(Encode(map), Encoding::kDeterministic, kLimits);
  REQUIRE(again.ok());
  CHECK(Encode(again.value()) == Encode(map));
  CHECK(Written(Value::Integer(std::numeric_limits<std::int64_t>::min())) == "3b7fffffffffffffff");
  CHECK(Written(Value::Integer(std::numeric_limits<std::int64_t>::max())) == "1b7fffffffffffffff");
  CHECK(Written(Read("9f5f4101ff7f6161ffff").value()) == "8241016161");
  CHECK(Written(Read("f7").value()) == "f7");
  CHECK(Written(Read("f93e00").value()) == "fb3ff8000000000000");
}

TEST_CASE("what is not well formed is malformed") {
  const std::string_view hex =
      GENERATE(as<std::string_view>{}, "18", "19", "1901", "1a010203", "1b01020304050607", "38",
               "58", "5801", "420a", "6261", "81", "8200", "a1", "a100", "a20102", "a1a1", "c1",
               "d2", "d8", "d2d2", "f8", "f9", "f900", "fa000000", "fb00000000000000",  // cut off
               "1c", "1d", "1e", "1f", "3c", "3f", "5c", "7d", "9e", "bc", "dc", "df", "fc", "fd",
               "fe", "e0", "f3", "f800", "f814", "f818", "f8ff",                      // unassigned
               "ff", "81ff", "8200ff", "a1ff", "a100ff", "bf00ff", "c1ff", "9f81ff",  // breaks
               "9f", "9f00", "bf", "5f", "5f4100", "5f00ff", "5f6161ff", "7f4100ff", "5f5f4100ffff",
               "7f7f6161ffff", "5f8000ff", "5fc14100ff", "0000", "8000", "f6f6", "a0ff");
  CHECK(CodeOf(hex) == ErrorCode::kMalformed);
}

TEST_CASE("reserved heads are malformed, whatever follows") {
  for (unsigned major = 0; major < 8; ++major) {
    for (const unsigned info : {28U, 29U, 30U}) {
      Bytes bytes(200, 0);
      bytes[0] = static_cast<std::uint8_t>(major << 5 | info);
      const auto parsed = Parse(bytes, Encoding::kAny, kLimits);
      REQUIRE_FALSE(parsed.ok());
      CHECK(parsed.error().message() == "byte 0: no data item, or one that is cut off");
    }
  }
}

TEST_CASE("text is UTF-8 in every chunk") {
  CHECK(CodeOf("61ff") == ErrorCode::kMalformed);
  CHECK(CodeOf("62c080") == ErrorCode::kMalformed);
  CHECK(CodeOf("63eda080") == ErrorCode::kMalformed);
  CHECK(CodeOf("7f61c361a4ff") == ErrorCode::kMalformed);
  CHECK(Read("7f62c3a4ff").ok());
  CHECK(Read("41ff").ok());
}

TEST_CASE("a key stands once in a map, however it is spelt (A14)") {
  const std::string_view hex =
      GENERATE(as<std::string_view>{}, "a201000100", "a20100180100", "a2616100616101",
               "a26161007f6161ff01", "a241000141000f", "bf01000100ff", "a3010002000100");
  CHECK(CodeOf(hex) == ErrorCode::kMalformed);
  CHECK(Read("a3010061310041310f").ok());  // 1, "1" and h'31' are three keys
}

TEST_CASE("keys are integers, text or byte strings") {
  for (const std::string_view hex :
       {"a18000", "a1a000", "a1c10000", "a1f400", "a1f600", "a1f93e0000", "a1f700"}) {
    CHECK(CodeOf(hex) == ErrorCode::kMalformed);
  }
}

TEST_CASE("each encoding refuses what the one before allows") {
  const auto allowed = [](std::string_view hex) {
    int steps = 0;
    for (const Encoding encoding :
         {Encoding::kAny, Encoding::kDefinite, Encoding::kShortest, Encoding::kDeterministic}) {
      if (!Read(hex, encoding).ok()) break;
      ++steps;
    }
    for (int step = steps + 1; step <= 4; ++step) {
      CHECK(CodeOf(hex, static_cast<Encoding>(step)) == ErrorCode::kMalformed);
    }
    return steps;
  };
  for (const std::string_view hex : {"9fff", "bfff", "5fff", "7fff", "819fff"}) {
    CHECK(allowed(hex) == 1);
  }
  for (const std::string_view hex :
       {"1800", "1817", "190018", "1900ff", "1a0000ffff", "1b00000000ffffffff", "3800", "5800",
        "590001aa", "7800", "9800", "990000", "b800", "d81200", "d9001200", "5b0000000000000000"}) {
    INFO(hex);
    CHECK(allowed(hex) == 2);
  }
  for (const std::string_view hex :
       {"a202000100", "a2616100016100", "a26261610061620f", "f93e00"}) {
    INFO(hex);
    CHECK(allowed(hex) >= 3 - (hex == "a2616100016100" ? 3 : 0));
  }
  CHECK(allowed("a202000100") == 3);
  CHECK(allowed("a26262620061610f") == 3);
  CHECK(allowed("f93e00") == 3);
  CHECK(allowed("a2010002a10100") == 4);
  CHECK(allowed("d284a000f6f5") == 4);
}

TEST_CASE("announced lengths allocate nothing (A17)") {
  for (const std::string_view hex :
       {"9affffffff", "9bffffffffffffffff", "baffffffff", "bbffffffffffffffff",
        "bb8000000000000000", "5affffffff", "5bffffffffffffffff", "7bffffffffffffffff",
        "9b0233666bfffbde1856bfffff"}) {
    CHECK(CodeOf(hex) == ErrorCode::kMalformed);
  }
}

TEST_CASE("100,000 nested levels of CBOR cost nothing (A17)") {
  const auto head = static_cast<std::uint8_t>(GENERATE(0x81, 0x9F, 0xC1, 0xD2, 0xA1, 0xBF));
  Bytes deep;
  for (int i = 0; i < 100'000; ++i) {
    deep.push_back(head);
    if (head == 0xA1 || head == 0xBF) deep.push_back(0x00);
  }
  CHECK(Parse(deep, Encoding::kAny, kLimits).error().code() == ErrorCode::kLimit);
}

TEST_CASE("CBOR: bytes, depth and count are bounded exactly") {
  const auto code = [](std::string_view hex, const Limits& limits) {
    const auto parsed = Parse(Hex(hex), Encoding::kAny, limits);
    return parsed.ok() ? std::optional<ErrorCode>() : parsed.error().code();
  };
  CHECK_FALSE(code("818100", {3, 2, 3}));
  CHECK(code("818100", {2, 2, 3}) == ErrorCode::kLimit);
  CHECK(code("818100", {3, 1, 3}) == ErrorCode::kLimit);
  CHECK(code("818100", {3, 2, 2}) == ErrorCode::kLimit);
  CHECK(code("c1c100", {3, 1, 3}) == ErrorCode::kLimit);
  CHECK(code("5f410041004100ff", {8, 1, 3}) == ErrorCode::kLimit);  // chunks count
  CHECK_FALSE(code("5f410041004100ff", {8, 1, 4}));
}

TEST_CASE("a refusal names the byte") {
  CHECK(Read("8301021c").error().message() == "byte 3: no data item, or one that is cut off");
  CHECK(Read("").error().message() == "byte 0: ends too early");
  CHECK(Read("0000").error().message() == "byte 1: bytes after the data item");
}

}  // namespace
}  // namespace hallmark::cbor
