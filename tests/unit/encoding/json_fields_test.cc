#include <string>

#include "hallmark/encoding/json.h"
#include "tests/support/catch.h"

namespace hallmark::json {
namespace {

const char kText[] = "{\"s\": \"text\",\n \"n\": 7, \"a\": [1],\n  \"o\": {\"x\": 1}, \"z\": null}";

Value Document(std::string_view text = kText) {
  return Parse(AsBytes(text), {1 << 16, 16, 1000}).value();
}

Fields Open(const Value& value) { return Fields::Of(value, "doc").value(); }

TEST_CASE("Fields are read from objects only") {
  const std::string_view text =
      GENERATE(as<std::string_view>{}, "[]", "1", "\"x\"", "null", "true");
  const auto fields = Fields::Of(Document(text), "doc");
  REQUIRE_FALSE(fields.ok());
  CHECK(fields.error().code() == ErrorCode::kMalformed);
  CHECK(fields.error().message() == "1:1: doc: want an object");
}

TEST_CASE("members of the right kind are handed out") {
  const Value document = Document();
  Fields fields = Open(document);
  CHECK(fields.String("s").value() == "text");
  CHECK(fields.OptionalString("s").value() == "text");
  CHECK(fields.Unsigned("n", 7).value() == 7);
  CHECK(fields.OptionalUnsigned("n", 7).value() == 7U);
  CHECK(fields.Array("a").value()->size() == 1);
  CHECK(fields.OptionalArray("a").value()->size() == 1);
  CHECK(fields.Object("o").value()->Find("x") != nullptr);
  CHECK(fields.OptionalObject("o").value()->Find("x") != nullptr);
  CHECK(fields.OptionalAny("z")->kind() == Kind::kNull);
  CHECK(fields.NothingElse().ok());
  CHECK(fields.where() == "doc");
}

TEST_CASE("a missing member is an error where it is needed and nothing where not") {
  const Value document = Document();
  Fields fields = Open(document);
  CHECK(fields.String("q").error().message() == "1:1: doc.q: missing");
  CHECK(fields.Unsigned("q", 1).error().message() == "1:1: doc.q: missing");
  CHECK(fields.Array("q").error().message() == "1:1: doc.q: missing");
  CHECK(fields.Object("q").error().message() == "1:1: doc.q: missing");
  CHECK_FALSE(fields.OptionalString("q").value());
  CHECK_FALSE(fields.OptionalUnsigned("q", 1).value());
  CHECK(fields.OptionalArray("q").value() == nullptr);
  CHECK(fields.OptionalObject("q").value() == nullptr);
  CHECK(fields.OptionalAny("q") == nullptr);
}

TEST_CASE("a member of another kind is an error at its place") {
  const Value document = Document();
  Fields fields = Open(document);
  CHECK(fields.String("n").error().message() == "2:2: doc.n: want a string");
  CHECK(fields.OptionalString("n").error().message() == "2:2: doc.n: want a string");
  CHECK(fields.OptionalString("z").error().message() == "3:18: doc.z: want a string");
  CHECK(fields.Array("o").error().message() == "3:3: doc.o: want an array");
  CHECK(fields.OptionalArray("s").error().message() == "1:2: doc.s: want an array");
  CHECK(fields.Object("a").error().message() == "2:10: doc.a: want an object");
  CHECK(fields.OptionalObject("a").error().message() == "2:10: doc.a: want an object");
  CHECK(fields.Unsigned("s", 9).error().message() == "1:2: doc.s: want an integer from 0 to 9");
  CHECK(fields.Unsigned("n", 6).error().message() == "2:2: doc.n: want an integer from 0 to 6");
}

TEST_CASE("numbers that are no plain integers are refused (A16)") {
  const std::string number =
      GENERATE("-1", "1e3", "1.0", "\"1\"", "9007199254740992", "9007199254740993",
               "9223372036854775808", "18446744073709551616", "-0", "null", "true");
  const Value document = Document("{\"size\": " + number + "}");
  Fields fields = Open(document);
  const auto size = fields.Unsigned("size", ~std::uint64_t{0});
  REQUIRE_FALSE(size.ok());
  CHECK(size.error().code() == ErrorCode::kMalformed);
  CHECK(size.error().message() == "1:2: doc.size: want an integer from 0 to 9007199254740991");
}

TEST_CASE("members nobody asked for are named") {
  const Value document = Document();
  Fields fields = Open(document);
  CHECK(fields.String("s").ok());
  CHECK(fields.OptionalAny("z") != nullptr);
  CHECK(fields.NothingElse().error().message() == "2:2: doc.n: unknown member");
  CHECK(fields.NothingElse().error().code() == ErrorCode::kMalformed);
}

TEST_CASE("a name in another case is another name (A15)") {
  const Value document = Document(R"({"Size": 1})");
  Fields fields = Open(document);
  CHECK_FALSE(fields.OptionalUnsigned("size", 9).value());
  CHECK_FALSE(fields.NothingElse().ok());
}

TEST_CASE("foreign names are escaped in messages") {
  const Value document = Document("{\"a\\u001b\\n\": 1}");
  CHECK(Open(document).NothingElse().error().message() == "1:2: doc.a\\x1b\\x0a: unknown member");
}

TEST_CASE("documents built in memory have no line and column") {
  const Value document = Value::Object({{"n", Value::Integer(1)}});
  Fields fields = Open(document);
  CHECK(fields.String("n").error().message() == "doc.n: want a string");
  CHECK(fields.String("q").error().message() == "doc.q: missing");
  CHECK(Fields::Of(Value::Null(), "doc").error().message() == "doc: want an object");
}

TEST_CASE("a document without a name is spoken of by its members alone") {
  const Value document = Document();
  Fields fields = Fields::Of(document, "").value();
  CHECK(fields.String("n").error().message() == "2:2: n: want a string");
  CHECK(Fields::Of(Document("1"), "").error().message() == "1:1: want an object");
}

TEST_CASE("a complaint can be made of any member or of the object") {
  const Value document = Document();
  const Fields fields = Open(document);
  CHECK(fields.Complain("o", "too round").message() == "3:3: doc.o: too round");
  CHECK(fields.Complain("q", "too absent").message() == "1:1: doc.q: too absent");
}

}  // namespace
}  // namespace hallmark::json
