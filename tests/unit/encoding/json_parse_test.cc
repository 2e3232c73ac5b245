#include <string>

#include "hallmark/encoding/json.h"
#include "tests/support/catch.h"

namespace hallmark::json {
namespace {

constexpr Limits kLimits{1 << 16, 16, 1000};

Result<Value> ParseText(std::string_view text) { return Parse(AsBytes(text), kLimits); }

std::string Complaint(std::string_view text) {
  const auto parsed = ParseText(text);
  REQUIRE_FALSE(parsed.ok());
  CHECK(parsed.error().code() == ErrorCode::kMalformed);
  return parsed.error().message();
}

TEST_CASE("every kind of value parses") {
  CHECK(ParseText("null").value().kind() == Kind::kNull);
  CHECK(ParseText(" true ").value().boolean() == true);
  CHECK(ParseText("false").value().boolean() == false);
  CHECK(ParseText("-1.5e3").value().number() == -1500.0);
  CHECK(*ParseText("\"a\\u00e4\\ud83d\\ude00\\n\"").value().string() == "a\u00e4\U0001F600\n");
  CHECK(ParseText("[1,[],{}]").value().array()->size() == 3);
  CHECK(ParseText("\t{\"a\":{\"b\":null}}\r\n").value().Find("a")->Find("b")->kind() ==
        Kind::kNull);
}

TEST_CASE("asking for another kind gives nothing") {
  const Value text = ParseText("\"x\"").value();
  CHECK(text.kind() == Kind::kString);
  CHECK(text.array() == nullptr);
  CHECK(text.object() == nullptr);
  CHECK_FALSE(text.boolean());
  CHECK_FALSE(text.number());
  CHECK_FALSE(text.unsigned_integer());
  CHECK(text.Find("x") == nullptr);
  CHECK(ParseText("1").value().string() == nullptr);
}

TEST_CASE("members keep their order") {
  const Value value = ParseText(R"({"b":1,"a":2,"":3})").value();
  const auto& members = *value.object();
  REQUIRE(members.size() == 3);
  CHECK(members[0].name == "b");
  CHECK(members[1].name == "a");
  CHECK(members[2].name.empty());
}

TEST_CASE("values and members know their place") {
  const Value value =
      ParseText("{ \"a\" : [ true,\n  \"x\\\"\\\\\" , -1.5e+3 ],\n\t\"b\":{}}").value();
  const auto& members = *value.object();
  const auto place = [](Position p) {
    return std::to_string(p.line) + ":" + std::to_string(p.column);
  };
  CHECK(place(value.position()) == "1:1");
  CHECK(place(members[0].position) == "1:3");
  CHECK(place(members[0].value.position()) == "1:9");
  const auto& items = *members[0].value.array();
  CHECK(place(items[0].position()) == "1:11");
  CHECK(place(items[1].position()) == "2:3");
  CHECK(place(items[2].position()) == "2:13");
  CHECK(place(members[1].position) == "3:2");
  CHECK(place(members[1].value.position()) == "3:6");
}

TEST_CASE("text that RFC 8259 does not allow is malformed") {
  const std::string_view text =
      GENERATE(as<std::string_view>{}, "", " ", "{", "}", "[", "]", "[1,]", "[,1]", "[1,,2]",
               "[1 2]", "{1:2}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{a:1}", "{'a':1}",
               "'a'", "tru", "True", "nul", "NaN", "Infinity", "-Infinity", "+1", "01", "-01", "00",
               ".5", "1.", "1.e3", "1e", "1e+", "-", "0x10", "1_000", "\"a", "\"a\nb\"", "\"a\tb\"",
               "\"\\x41\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\'\"", "// c\n1", "/* c */1", "1 // c",
               "#1", "1 2", "{} {}", "[1]x", "null,",
               "\x0b"
               "1",
               "\xc2\xa0"
               "1",
               "\x0c[]");
  INFO(text);
  CHECK(ParseText(text).error().code() == ErrorCode::kMalformed);
}

TEST_CASE("the message has line, column and reason") {
  CHECK(Complaint("{\n  \"a\": 1,\n  \"a\": 2\n}") == "3:3: member \"a\" appears twice");
  CHECK(Complaint("[1,\n 2,\n x]").starts_with("3:2: "));
  CHECK(Complaint("{} x").starts_with("1:4: "));
  CHECK(Complaint("[\n").starts_with("2:1: "));
  CHECK(Complaint("[1e400]").find("number out of range") != std::string::npos);
}

TEST_CASE("messages show foreign text escaped and cut") {
  const std::string message = Complaint("\"\x1b[31m" + std::string(10'000, 'x') + "\"");
  CHECK(message.find('\x1b') == std::string::npos);
  CHECK(message.size() < 400);
  CHECK(Complaint("{\"\\u001b\":1,\"\\u001b\":2}").find('\x1b') == std::string::npos);
}

TEST_CASE("a name may appear once, however it is spelt (A14)") {
  const std::string_view text = GENERATE(
      as<std::string_view>{}, R"({"a":1,"a":1})", R"({"a":1,"b":2,"a":3})", R"({"a":1,"\u0061":2})",
      R"({"\u0061":1,"a":2})", R"([{"x":{"y":1,"y":2}}])", R"({"":1,"":2})",
      "{\"\xc3\xa4\":1,\"\\u00e4\":2}", "{\"\xf0\x9f\x98\x80\":1,\"\\ud83d\\ude00\":2}");
  CHECK(Complaint(text).find("appears twice") != std::string::npos);
}

TEST_CASE("names that only look alike are different names (A15, A21)") {
  CHECK(ParseText(R"({"a":1,"A":2,"a ":3})").ok());
  CHECK(ParseText("{\"e\\u0301\":1,\"\\u00e9\":2}").ok());  // decomposed and composed
}

TEST_CASE("one name in different objects is no repetition") {
  CHECK(ParseText(R"({"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]})").ok());
}

TEST_CASE("text must be UTF-8 without byte order mark (A21)") {
  const std::string_view text = GENERATE(
      as<std::string_view>{}, "\xEF\xBB\xBF{}", "\xEF\xBB\xBF", "\"\xff\"", "\"\xc0\xaf\"",
      "\"\xed\xa0\x80\"", "\"\xf4\x90\x80\x80\"", "\"\xc3\"", "{\"\xc3(\":1}", "\xff\xfe[\0]");
  CHECK(ParseText(text).error().code() == ErrorCode::kMalformed);
}

TEST_CASE("surrogates come in pairs (A21)") {
  CHECK(*ParseText(R"("\uD83D\uDE00")").value().string() == "\U0001F600");
  const std::string_view text =
      GENERATE(as<std::string_view>{}, R"("\ud83d")", R"("\ude00")", R"("\ude00\ud83d")",
               R"("\ud83dx")", R"("\ud83d\n")", R"("\ud83d\u0041")", R"({"\ud83d":1})");
  CHECK(ParseText(text).error().code() == ErrorCode::kMalformed);
}

TEST_CASE("NUL is refused wherever it stands (A21)") {
  CHECK(Complaint(R"("a\u0000b")").find("NUL") != std::string::npos);
  CHECK(Complaint(R"({"a\u0000":1})").find("NUL") != std::string::npos);
  CHECK(Complaint(std::string_view("[1]\0", 4)) == "1:4: NUL byte");
  CHECK(Complaint(std::string_view("[1]\n\0{}", 7)) == "2:1: NUL byte");
  CHECK(Complaint(std::string_view("\"a\0b\"", 5)) == "1:3: NUL byte");
}

TEST_CASE("integers are digits up to 2^53-1 (A16)") {
  CHECK(ParseText("0").value().unsigned_integer() == 0U);
  CHECK(ParseText("9007199254740991").value().unsigned_integer() == 9007199254740991U);
  const std::string_view text =
      GENERATE(as<std::string_view>{}, "-1", "-0", "1e3", "1.0", "1E0", "0.0", "9007199254740992",
               "9223372036854775808", "18446744073709551616", "18446744073709551617",
               "100000000000000000000000000000000000000", "\"1\"", "true", "null", "[1]");
  INFO(text);
  CHECK_FALSE(ParseText(text).value().unsigned_integer());
}

TEST_CASE("numbers are doubles") {
  CHECK(ParseText("9007199254740993").value().number() == 9007199254740992.0);
  CHECK(ParseText("1e308").value().number() == 1e308);
  CHECK(ParseText("4.9e-324").value().number() == 4.9e-324);
  CHECK(ParseText("123456789012345678901234567890").value().number() ==
        123456789012345678901234567890.0);
  const std::string_view text =
      GENERATE(as<std::string_view>{}, "1e309", "-1e309", "[1e999]", "{\"a\":1e99999999999}");
  CHECK(Complaint(text).find("out of range") != std::string::npos);
  CHECK_FALSE(ParseText(std::string(400, '9')).ok());
}

TEST_CASE("size, depth and count are bounded") {
  CHECK(Parse(AsBytes("[1]"), {3, 1, 2}).ok());
  CHECK(Parse(AsBytes("[1] "), {3, 1, 2}).error().code() == ErrorCode::kLimit);
  CHECK(Parse(AsBytes("[[]]"), {9, 1, 9}).error().code() == ErrorCode::kLimit);
  CHECK(Parse(AsBytes("[[]]"), {9, 2, 9}).ok());
  CHECK(Parse(AsBytes("[{\"a\":1}]"), {99, 1, 9}).error().code() == ErrorCode::kLimit);
  CHECK(Parse(AsBytes("[1,2]"), {9, 2, 2}).error().code() == ErrorCode::kLimit);
  CHECK(Parse(AsBytes("[1,2]"), {9, 2, 3}).ok());
  CHECK(Parse(AsBytes("{\"a\":1,\"b\":2}"), {99, 2, 2}).error().code() == ErrorCode::kLimit);
  CHECK(Parse(AsBytes("1"), {9, 0, 1}).ok());
  CHECK(Parse(AsBytes("[]"), {9, 0, 1}).error().message() == "1:1: nested deeper than 0 levels");
}

TEST_CASE("100,000 nested levels cost nothing (A17)") {
  const auto start = std::chrono::steady_clock::now();
  const std::string opening = GENERATE("[", "{\"a\":", "[{\"a\":");
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += opening;
  const auto parsed = Parse(AsBytes(text), {1 << 20, 32, 100'000});
  CHECK(parsed.error().code() == ErrorCode::kLimit);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(1));
}

TEST_CASE("many members cost no more than sorting them") {
  std::string text = "{";
  for (int i = 0; i < 50'000; ++i) text += "\"" + std::to_string(i) + "\":0,";
  const auto start = std::chrono::steady_clock::now();
  CHECK(Parse(AsBytes(text + "\"x\":0}"), {1 << 20, 2, 100'000}).ok());
  CHECK_FALSE(Parse(AsBytes(text + "\"0\":0}"), {1 << 20, 2, 100'000}).ok());
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(2));
}

}  // namespace
}  // namespace hallmark::json
