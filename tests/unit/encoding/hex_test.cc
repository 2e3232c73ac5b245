#include "hallmark/encoding/hex.h"

#include "tests/support/catch.h"

namespace hallmark::encoding {
namespace {

TEST_CASE("hex of every byte reads back") {
  Bytes all;
  for (int i = 0; i < 256; ++i) all.push_back(static_cast<std::uint8_t>(i));
  const std::string text = ToHex(all);
  CHECK(text.size() == 512);
  CHECK(text.substr(0, 8) == "00010203");
  CHECK(text.substr(504) == "fcfdfeff");
  CHECK(FromHex(text).value() == all);
}

TEST_CASE("no bytes are no digits") {
  CHECK(ToHex({}).empty());
  CHECK(FromHex("").value().empty());
}

TEST_CASE("only pairs of lower-case digits are hex") {
  const std::string_view text = GENERATE(as<std::string_view>{}, "a", "abc", "AB", "aG", "0x", " 0",
                                         "0 ", "ab\n0", "\xc3\xa4", "/0", ":0", "`0", "g0");
  CHECK(FromHex(text).error().code() == ErrorCode::kMalformed);
}

TEST_CASE("NUL is no digit") { CHECK_FALSE(FromHex(std::string_view("0\0", 2)).ok()); }

TEST_CASE("the message names the offset") {
  CHECK(FromHex("00aX").error().message() == "hex: no lower-case hexadecimal digit at offset 3");
  CHECK(FromHex("00Xa").error().message() == "hex: no lower-case hexadecimal digit at offset 2");
}

}  // namespace
}  // namespace hallmark::encoding
