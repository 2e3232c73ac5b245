#include "hallmark/encoding/json_outline.h"

#include <string>

#include "tests/support/catch.h"

namespace hallmark::json {
namespace {

constexpr Limits kLimits{1 << 16, 8, 6};

Result<Outline> Read(std::string_view text) {
  return ParseOutline(AsBytes(text), kLimits, "p", 20);
}

std::string PartOf(std::string_view text) {
  const Outline outline = Read(text).value();
  REQUIRE(outline.part);
  CHECK(outline.document.Find("p")->kind() == Kind::kNull);
  return std::string(AsText(outline.part->text));
}

TEST_CASE("one member is kept as it was written") {
  CHECK(PartOf(R"({"a":1,"p": {"x" : [1, {"y":null}]} ,"b":2})") == R"({"x" : [1, {"y":null}]})");
  CHECK(PartOf(R"({"p":7.50})") == "7.50");
  CHECK(PartOf(R"({"p":"a\"b"})") == R"("a\"b")");
  CHECK(PartOf(R"({"p":[]})") == "[]");
  CHECK(PartOf(R"({"p": true})") == "true");
  CHECK(PartOf(R"({"p": null })") == "null");
  CHECK(PartOf("{\n\"p\":\n{}\n}") == "{}");
}

TEST_CASE("what is around it is a document") {
  const Outline outline = Read("{\"a\":[1,2],\n \"p\":{\"a\":3},\"b\":\"c\"}").value();
  CHECK(outline.document.Find("a")->array()->size() == 2);
  CHECK(*outline.document.Find("b")->string() == "c");
  CHECK(outline.part->kind == Kind::kObject);
  CHECK(outline.part->position.line == 2);
  CHECK(outline.part->position.column == 6);
  CHECK_FALSE(Read(R"({"a":{"p":1}})").value().part);
  CHECK_FALSE(Read(R"([{"p":1}])").value().part);
  CHECK(Read(R"({"a":{"p":1}})").value().document.Find("a")->Find("p")->unsigned_integer() == 1U);
  CHECK(PartOf("{\"\\u0070\":1}") == "1");
}

TEST_CASE("every byte of the part is held to the same rules (A14, A17, A21)") {
  for (const char* text :
       {R"({"p":{"x":1,"x":2}})", R"({"p":[{"x":[],"y":0,"\u0078":{}}]})", R"({"p":{},"p":{}})",
        R"({"p":{"x":}})", R"({"p":[1,]})", "{\"p\":\"\xFF\"}", R"({"p":"\ud800"})",
        R"({"p":"\u0000"})", R"({"p":1e999})", R"({"p":{}} x)", R"({"p":01})", R"({"p")",
        R"({"p":{)"}) {
    INFO(text);
    const auto outline = Read(text);
    REQUIRE_FALSE(outline.ok());
    CHECK(outline.error().code() == ErrorCode::kMalformed);
    const auto parsed = Parse(AsBytes(std::string_view(text)), {1 << 16, 8, 100});
    CHECK(outline.error().message() == parsed.error().message());
  }
}

TEST_CASE("depth and counts are bounded, those of the part apart") {
  const auto code = [](const std::string& text) {
    const auto outline = Read(text);
    return outline.ok() ? std::optional<ErrorCode>() : outline.error().code();
  };
  CHECK_FALSE(code(R"({"p":[[[[[[[]]]]]]]})"));
  CHECK(code(R"({"p":[[[[[[[[]]]]]]]]})") == ErrorCode::kLimit);
  CHECK_FALSE(code(R"({"p":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19]})"));
  CHECK(code(R"({"p":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]})") == ErrorCode::kLimit);
  CHECK_FALSE(code(R"({"a":[1,2,3,4],"p":[1,2]})"));
  CHECK(code(R"({"p":[1,2],"a":[1,2,3,4,5]})") == ErrorCode::kLimit);
  CHECK(code("{\"p\":\"" + std::string(1 << 16, 'x') + "\"}") == ErrorCode::kLimit);
}

TEST_CASE("a document can be held to the rules without being kept") {
  const auto check = [](std::string_view text) {
    return json::Check(AsBytes(text), {1 << 10, 4, 5});
  };
  CHECK(check(" {\"a\":[1,2,3]} ").value() == Kind::kObject);
  CHECK(check("[]").value() == Kind::kArray);
  CHECK(check("\"x\"").value() == Kind::kString);
  CHECK(check("null").value() == Kind::kNull);
  CHECK(check("{\"a\":[1,2,3,4]}").error().code() == ErrorCode::kLimit);
  CHECK(check("[[[[[]]]]]").error().code() == ErrorCode::kLimit);
  CHECK(check("{\"a\":1,\"a\":2}").error().message() == "1:8: member \"a\" appears twice");
  CHECK(check("{}{}").error().code() == ErrorCode::kMalformed);
  CHECK(check("").error().code() == ErrorCode::kMalformed);
}

}  // namespace
}  // namespace hallmark::json
