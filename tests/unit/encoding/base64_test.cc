#include "hallmark/encoding/base64.h"

#include "tests/support/catch.h"

namespace hallmark::encoding {
namespace {

TEST_CASE("the examples of RFC 4648 section 10") {
  CHECK(ToBase64(AsBytes("")) == "");
  CHECK(ToBase64(AsBytes("f")) == "Zg==");
  CHECK(ToBase64(AsBytes("fo")) == "Zm8=");
  CHECK(ToBase64(AsBytes("foo")) == "Zm9v");
  CHECK(ToBase64(AsBytes("foob")) == "Zm9vYg==");
  CHECK(ToBase64(AsBytes("fooba")) == "Zm9vYmE=");
  CHECK(ToBase64(AsBytes("foobar")) == "Zm9vYmFy");
}

TEST_CASE("the URL alphabet has no padding and two other characters") {
  CHECK(ToBase64(Bytes{0xFB, 0xFF, 0xFE}) == "+//+");
  CHECK(ToBase64Url(Bytes{0xFB, 0xFF, 0xFE}) == "-__-");
  CHECK(ToBase64Url(AsBytes("f")) == "Zg");
  CHECK(ToBase64Url(AsBytes("fo")) == "Zm8");
}

TEST_CASE("every length reads back") {
  for (std::size_t length = 0; length < 200; ++length) {
    Bytes bytes(length);
    for (std::size_t i = 0; i < length; ++i) bytes[i] = static_cast<std::uint8_t>(i * 37 + length);
    CHECK(FromBase64(ToBase64(bytes)).value() == bytes);
    CHECK(FromBase64Url(ToBase64Url(bytes)).value() == bytes);
  }
}

TEST_CASE("no two texts of up to four characters give the same bytes") {
  // Of the 64 * 64 texts "xy==" exactly those whose spare bits are zero decode: 256.
  const std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::size_t accepted = 0;
  for (const char x : alphabet) {
    for (const char y : alphabet) {
      const std::string text{x, y, '=', '='};
      const auto bytes = FromBase64(text);
      if (!bytes.ok()) continue;
      ++accepted;
      CHECK(ToBase64(bytes.value()) == text);
    }
  }
  CHECK(accepted == 256);
}

TEST_CASE("variants of standard base64 are refused (A18)") {
  const std::string_view text = GENERATE(
      as<std::string_view>{}, "Zg", "Zg=", "Zg===", "Zm8", "Zm8==", "Z", "Z===", "====", "=",
      "==", "Zh==", "Zm9=", "Zm 8", "Zm8=\n", "\nZm8=", " Zm8=", "Zm8= ", "Zm9v\n",
      "Zm9v\r\nYg==", "Zm9v=", "Zm9v====", "-__-", "+/_-", "Zg==Zg==", "Zg==A", "Z=g=", "Zm9v!",
      "Zm9v\xc3\xa4"
      "b");
  INFO(text);
  CHECK(FromBase64(text).error().code() == ErrorCode::kMalformed);
}

TEST_CASE("variants of base64url are refused") {
  const std::string_view text = GENERATE(as<std::string_view>{}, "Zg==", "Zg=", "Z", "Zm9vZ", "Zh",
                                         "Zm9", "+//+", "Zm8 ", "Zm8\n", " Zm8", "Zm8=");
  INFO(text);
  CHECK(FromBase64Url(text).error().code() == ErrorCode::kMalformed);
}

TEST_CASE("NUL ends nothing") {
  CHECK_FALSE(FromBase64(std::string_view("Zm8=\0\0\0\0", 8)).ok());
  CHECK_FALSE(FromBase64(std::string_view("Zm\0=", 4)).ok());
}

TEST_CASE("the message names the offset and shows no text") {
  CHECK(FromBase64("Zm9vZ*==").error().message() ==
        "base64: no character of the alphabet at offset 5");
  CHECK(FromBase64("Zm9vZh==").error().message() == "base64: spare bits set at offset 5");
  CHECK(FromBase64("Zm9vZg=").error().message() == "base64: wrong padding at offset 7");
  CHECK(FromBase64Url("Zm9vZ").error().message() == "base64: a lone character at offset 4");
}

}  // namespace
}  // namespace hallmark::encoding
