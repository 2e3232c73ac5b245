#include <string>

#include "hallmark/encoding/json.h"
#include "tests/support/catch.h"

namespace hallmark::json {
namespace {

Value Document(std::string_view text) { return Parse(AsBytes(text), {1 << 16, 16, 1000}).value(); }

std::string Jcs(std::string_view text) { return std::string(AsText(Canonical(Document(text)))); }

std::string Olpc(std::string_view text) {
  return std::string(AsText(CanonicalOlpc(Document(text)).value()));
}

Value Sample() {
  return Value::Object({{"b", Value::Array({Value::Integer(-7), Value::Bool(true), Value::Null()})},
                        {"a", Value::Object({})},
                        {"s", Value::String("x\"\\\n\x01\x7f\u00e4")},
                        {"e", Value::Array({})}});
}

TEST_CASE("text keeps the order of members") {
  CHECK(ToText(Sample()) ==
        "{\"b\":[-7,true,null],\"a\":{},\"s\":\"x\\\"\\\\\\n\\u0001\x7f\u00e4\",\"e\":[]}");
}

TEST_CASE("indented text is for people") {
  CHECK(ToIndentedText(Document(R"({"b":[1,{"c":"d"}],"a":{},"e":[]})")) ==
        "{\n  \"b\": [\n    1,\n    {\n      \"c\": \"d\"\n    }\n  ],\n  \"a\": {},\n  \"e\": "
        "[]\n}\n");
  CHECK(ToIndentedText(Value::Integer(1)) == "1\n");
}

TEST_CASE("what was written parses to the same text") {
  const std::string text = ToText(Sample());
  CHECK(ToText(Document(text)) == text);
  CHECK(ToText(Document(ToIndentedText(Sample()))) == text);
}

TEST_CASE("numbers keep their spelling in text") {
  CHECK(ToText(Document("[1.50,1E3,-0,12345678901234567890]")) ==
        "[1.50,1E3,-0,12345678901234567890]");
}

TEST_CASE("RFC 8785 escapes only what it must") {
  CHECK(Jcs(R"("\b\t\n\f\r\"\\\/\u0001\u001f\u007f\u00e4\u20ac")") ==
        "\"\\b\\t\\n\\f\\r\\\"\\\\/\\u0001\\u001f\x7f\u00e4\u20ac\"");
}

TEST_CASE("RFC 8785 writes numbers as ECMAScript does") {
  CHECK(Jcs("[0,-0,-0.0,1.0,1e0,100,1.50,-1.5]") == "[0,0,0,1,1,100,1.5,-1.5]");
  CHECK(Jcs("[1e20,1e21,123456789012345680000,0.000001,1e-7,1.5e-9]") ==
        "[100000000000000000000,1e+21,123456789012345680000,0.000001,1e-7,1.5e-9]");
  CHECK(Jcs("[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001]") ==
        "[333333333.3333333,1e+30,4.5,0.002,1e-27]");
  CHECK(Jcs("[9007199254740993,1.7976931348623157e308,5e-324]") ==
        "[9007199254740992,1.7976931348623157e+308,5e-324]");
}

TEST_CASE("RFC 8785 sorts by UTF-16 code units") {
  // U+1F600 is D83D DE00 in UTF-16 and so comes before U+FB33; in UTF-8 it comes after.
  CHECK(Jcs("{\"\\ufb33\":1,\"\\ud83d\\ude00\":2,\"b\":3,\"a\":4,\"\":5,\"aa\":6}") ==
        "{\"\":5,\"a\":4,\"aa\":6,\"b\":3,\"\U0001F600\":2,\"\uFB33\":1}");
  CHECK(Jcs(R"({"b":{"d":1,"c":[{"z":1,"y":2}]},"a":1})") ==
        R"({"a":1,"b":{"c":[{"y":2,"z":1}],"d":1}})");
}

TEST_CASE("the canonical form is a fixed point") {
  const std::string once = Jcs(R"({"z":[1e1,{"y":"\u00e4"}],"a":-0.5})");
  CHECK(Jcs(once) == once);
}

TEST_CASE("OLPC form sorts by UTF-8 bytes and escapes two characters") {
  CHECK(
      Olpc("{\"\\ufb33\":1,\"\\ud83d\\ude00\":2,\"b\":\"\\n\\\"\\\\\\u0001\",\"a\":[true,null]}") ==
      "{\"a\":[true,null],\"b\":\"\n\\\"\\\\\x01\",\"\uFB33\":1,\"\U0001F600\":2}");
}

TEST_CASE("OLPC form holds integers of any size only") {
  CHECK(Olpc("[0,-0,-12,123456789012345678901234567890]") ==
        "[0,0,-12,123456789012345678901234567890]");
  const std::string_view text = GENERATE(as<std::string_view>{}, "1.5", "1.0", "1e3", "[1,\n 2E1]");
  CHECK(CanonicalOlpc(Document(text)).error().code() == ErrorCode::kMalformed);
  CHECK(CanonicalOlpc(Document("[1,\n 2E1]")).error().message() ==
        "2:2: canonical JSON holds integers only");
}

TEST_CASE("bytes that are no UTF-8 never reach the output") {
  CHECK(ToText(Value::String("a\xff"
                             "b")) ==
        "\"a\uFFFD"
        "b\"");
  CHECK(AsText(Canonical(Value::String("\xc3"))) == "\"\uFFFD\"");
}

TEST_CASE("integers of both signs are written whole") {
  CHECK(ToText(Value::Integer(INT64_MIN)) == "-9223372036854775808");
  CHECK(ToText(Value::Integer(INT64_MAX)) == "9223372036854775807");
  CHECK(Value::Integer(5).unsigned_integer() == 5U);
  CHECK_FALSE(Value::Integer(-5).unsigned_integer());
}

}  // namespace
}  // namespace hallmark::json
