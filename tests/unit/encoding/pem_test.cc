#include "hallmark/encoding/pem.h"

#include "tests/support/catch.h"

namespace hallmark::encoding {
namespace {

const char kFoobar[] = "-----BEGIN TEST DATA-----\nZm9vYmFy\n-----END TEST DATA-----\n";

Secret SecretOf(std::string_view text) {
  Bytes copy = ToBytes(text);
  return Secret::TakeAndWipe(copy);
}

TEST_CASE("a block parses to its label and bytes") {
  const auto block = ParsePem(kFoobar);
  REQUIRE(block.ok());
  CHECK(block.value().label == "TEST DATA");
  CHECK(AsText(block.value().bytes) == "foobar");
}

TEST_CASE("blocks of every length are written 64 characters a line and read back") {
  for (std::size_t length = 1; length < 200; ++length) {
    const Bytes bytes(length, static_cast<std::uint8_t>(length));
    const std::string text = ToPem("X", bytes);
    CHECK(text.find_first_not_of('\n') == 0);
    CHECK(ParsePem(text).value().bytes == bytes);
  }
  const std::string text = ToPem("X", Bytes(96, 0));
  CHECK(text == "-----BEGIN X-----\n" + std::string(64, 'A') + "\n" + std::string(64, 'A') +
                    "\n-----END X-----\n");
}

TEST_CASE("what is tolerated: white space around, CRLF, other line lengths") {
  const std::string_view text = GENERATE(
      as<std::string_view>{}, "\n \t\r\n-----BEGIN T-----\nZm9vYmFy\n-----END T-----\n\n  ",
      "-----BEGIN T-----\r\nZm9v\r\nYmFy\r\n-----END T-----\r\n",
      "-----BEGIN T-----\nZ\nm9vYmF\ny\n-----END T-----",
      "-----BEGIN T-----\nZm9vYmFy\n-----END T-----");
  const auto block = ParsePem(text);
  REQUIRE(block.ok());
  CHECK(AsText(block.value().bytes) == "foobar");
  CHECK(AsText(ParseSecretPem(SecretOf(text)).value().bytes.ExposeSecret()) == "foobar");
}

TEST_CASE("everything else is malformed") {
  const std::string_view text = GENERATE(
      as<std::string_view>{}, "", "   ", "Zm9vYmFy", "-----BEGIN T-----", "-----BEGIN T-----\n",
      "-----BEGIN T-----\n-----END T-----\n",                                 // empty
      "-----BEGIN T-----\nZm9vYmFy\n-----END U-----\n",                       // labels differ
      "-----BEGIN T-----\nZm9vYmFy-----END T-----\n",                         // no line break
      "-----BEGIN T-----Zm9vYmFy\n-----END T-----\n",                         // no line break
      "x\n-----BEGIN T-----\nZm9vYmFy\n-----END T-----\n",                    // text before
      "-----BEGIN T-----\nZm9vYmFy\n-----END T-----\nx",                      // text after
      "-----BEGIN T-----\nZm9vYm*y\n-----END T-----\n",                       // alphabet
      "-----BEGIN T-----\nZm9vYmF\n-----END T-----\n",                        // padding
      "-----BEGIN T-----\nZm9vYh==\n-----END T-----\n",                       // spare bits
      "-----BEGIN T-----\nZg==\nZg==\n-----END T-----\n",                     // padding inside
      "-----BEGIN T-----\nZm9v YmFy\n-----END T-----\n",                      // blank inside
      "-----BEGIN T-----\nZm9vYmFy \n-----END T-----\n",                      // trailing blank
      "-----BEGIN T-----\n\nZm9vYmFy\n-----END T-----\n",                     // empty line inside
      "-----BEGIN T-----\nProc-Type: 4,ENCRYPTED\n\nZm9v\n-----END T-----\n"  // RFC 1421 header
  );
  INFO(text);
  CHECK(ParsePem(text).error().code() == ErrorCode::kMalformed);
  CHECK(ParseSecretPem(SecretOf(text)).error().code() == ErrorCode::kMalformed);
}

TEST_CASE("a second block is refused, whichever comes first") {
  const std::string other = ToPem("OTHER", Bytes{1, 2, 3});
  CHECK_FALSE(ParsePem(kFoobar + other).ok());
  CHECK_FALSE(ParsePem(other + kFoobar).ok());
  CHECK(ParsePem(kFoobar + std::string(kFoobar)).error().message() == "pem: more than one block");
}

TEST_CASE("labels follow RFC 7468 section 3") {
  CHECK(ParsePem(ToPem("X509 CRL", Bytes{1})).value().label == "X509 CRL");
  CHECK(ParsePem(ToPem("A-B", Bytes{1})).value().label == "A-B");
  const std::string label =
      GENERATE("", " ", " A", "A ", "A  B", "-A", "A- B", "A\tB", "A\x7f", "\xc3\xa4", "A\nB",
               "01234567890123456789012345678901234567"
               "890123456789012345678901234567890");
  CHECK_FALSE(ParsePem("-----BEGIN " + label + "-----\nZm9v\n-----END " + label + "-----\n").ok());
}

TEST_CASE("NUL is part of nothing") {
  CHECK_FALSE(ParsePem(std::string(kFoobar) + '\0').ok());
  CHECK_FALSE(
      ParsePem(std::string_view("-----BEGIN T-----\nZm9v\0YmFy\n-----END T-----\n", 43)).ok());
}

TEST_CASE("the size is bounded") {
  const std::string large = ToPem("X", Bytes(60'000, 0));
  CHECK(ParsePem(large).error().code() == ErrorCode::kLimit);
  CHECK(ParseSecretPem(SecretOf(large)).error().code() == ErrorCode::kLimit);
}

TEST_CASE("the label can be seen without decoding") {
  CHECK(PeekPemLabel(kFoobar).value() == "TEST DATA");
  CHECK(PeekPemLabel("  \n-----BEGIN A B-----\n\x01garbage").value() == "A B");
  CHECK_FALSE(PeekPemLabel("garbage").ok());
  CHECK_FALSE(PeekPemLabel("-----BEGIN A").ok());
}

TEST_CASE("secret blocks read back") {
  const Secret secret = SecretOf("hunter2, but longer than one line of base64 so that it wraps");
  const Secret text = ToSecretPem("PRIVATE KEY", secret);
  CHECK(AsText(text.ExposeSecret()) == ToPem("PRIVATE KEY", secret.ExposeSecret()));
  const auto block = ParseSecretPem(text);
  REQUIRE(block.ok());
  CHECK(block.value().label == "PRIVATE KEY");
  CHECK(AsText(block.value().bytes.ExposeSecret()) == AsText(secret.ExposeSecret()));
}

}  // namespace
}  // namespace hallmark::encoding
