#include "hallmark/keys/pkcs11/pkcs11_uri.h"

#include <string>

#include "hallmark/base/bytes.h"
#include "tests/support/catch.h"

namespace hallmark::keys {
namespace {

Pkcs11Uri Parsed(std::string_view text) {
  Result<Pkcs11Uri> uri = Pkcs11Uri::Parse(text);
  INFO(text);
  REQUIRE(uri.ok());
  return std::move(uri).value();
}

std::string Refusal(std::string_view text) {
  const Result<Pkcs11Uri> uri = Pkcs11Uri::Parse(text);
  INFO(text);
  REQUIRE_FALSE(uri.ok());
  CHECK(uri.error().code() != ErrorCode::kInternal);
  return uri.error().message();
}

TEST_CASE("a PKCS #11 URI names token, slot, library and object (RFC 7512)") {
  const Pkcs11Uri uri = Parsed(
      "pkcs11:token=My%20token;manufacturer=Snake%20Oil,%20Inc.;serial=01;model=1.0;"
      "slot-manufacturer=a;slot-description=b;slot-id=327;library-manufacturer=c;"
      "library-description=d;library-version=3.4;object=my-key;type=private;id=%69%5a%00%fF");
  CHECK(uri.token.label == "My token");
  CHECK(uri.token.manufacturer == "Snake Oil, Inc.");
  CHECK(uri.token.serial == "01");
  CHECK(uri.token.model == "1.0");
  CHECK(uri.slot.manufacturer == "a");
  CHECK(uri.slot.description == "b");
  CHECK(uri.slot.id == 327);
  CHECK(uri.library.manufacturer == "c");
  CHECK(uri.library.description == "d");
  CHECK(uri.library.version == "3.4");
  CHECK(uri.object.label == "my-key");
  CHECK(uri.object.type == Pkcs11Uri::Type::kPrivate);
  CHECK(uri.object.id == Bytes{0x69, 0x5A, 0x00, 0xFF});
  CHECK_FALSE(uri.pin_value);
  CHECK_FALSE(uri.allow_final_try);
}

TEST_CASE("the query of a PKCS #11 URI names module and PIN") {
  const Pkcs11Uri uri = Parsed(
      "pkcs11:?module-path=/usr/lib/m.so&module-name=m&pin-value=a%26b&"
      "x-hallmark-allow-final-try=yes");
  CHECK(uri.module_path == "/usr/lib/m.so");
  CHECK(uri.module_name == "m");
  REQUIRE(uri.pin_value);
  CHECK(AsText(uri.pin_value->ExposeSecret()) == "a&b");
  CHECK(uri.allow_final_try);
  CHECK(Parsed("pkcs11:object=k?pin-source=file:/etc/pin").pin_source == "file:/etc/pin");
  CHECK(Parsed("PKCS11:type=cert").object.type == Pkcs11Uri::Type::kCertificate);
  CHECK(Parsed("pkcs11:type=public").object.type == Pkcs11Uri::Type::kPublic);
}

TEST_CASE("what a PKCS #11 URI leaves out is not what it leaves empty") {
  CHECK_FALSE(Parsed("pkcs11:").object.label);
  CHECK_FALSE(Parsed("pkcs11:?").object.label);
  CHECK(Parsed("pkcs11:object=;id=").object.label == "");
  CHECK(Parsed("pkcs11:object=;id=").object.id == Bytes());
}

TEST_CASE("characters of a PKCS #11 URI stand for themselves where the RFC lets them") {
  CHECK(Parsed("pkcs11:token=:[]@!$'()*+,=&").token.label == ":[]@!$'()*+,=&");
  CHECK(Parsed("pkcs11:?module-path=:[]@!$'()*+,=/?|").module_path == ":[]@!$'()*+,=/?|");
  for (const std::string bad :
       {"pkcs11:token=a b", "pkcs11:token=a/b", "pkcs11:token=a%", "pkcs11:token=%4",
        "pkcs11:token=%4g", "pkcs11:token=\x80", "pkcs11:token=#", "pkcs11:?module-path=a b"}) {
    Refusal(bad);
  }
}

TEST_CASE("what a PKCS #11 URI must not have is refused") {
  for (const char* bad : {"",
                          "pkcs11",
                          "pkcs11;token=a",
                          "pkcs11:token",
                          "pkcs11:=a",
                          "pkcs11:;",
                          "pkcs11:token=a;",
                          "pkcs11:;token=a",
                          "pkcs11:token=a;;serial=1",
                          "pkcs11:token=a;token=a",
                          "pkcs11:tokens=a",
                          "pkcs11:Token=a",
                          "pkcs11:type=private-key",
                          "pkcs11:type=data",
                          "pkcs11:type=secret-key",
                          "pkcs11:type=",
                          "pkcs11:slot-id=",
                          "pkcs11:slot-id=-1",
                          "pkcs11:slot-id=1x",
                          "pkcs11:slot-id=18446744073709551616",
                          "pkcs11:?pin-value=1&pin-value=1",
                          "pkcs11:?pin-value=1&pin-source=/a",
                          "pkcs11:?pin-sorce=/a",
                          "pkcs11:?token=a",
                          "pkcs11:?x-hallmark-allow-final-try=1",
                          "pkcs11:?x-other=1",
                          "pkcs11:?pin-value=1&"}) {
    Refusal(bad);
  }
  CHECK(Pkcs11Uri::Parse("pkcs11:token=" + std::string(9000, 'a')).error().code() ==
        ErrorCode::kLimit);
}

TEST_CASE("no message about a PKCS #11 URI tells its PIN") {
  for (const char* text :
       {"pkcs11:pin-value=geheim", "pkcs11:token=a;pin-value=geheim", "pkcs11:?geheim",
        "pkcs11:token=a?pin-value=geheim%", "pkcs11:token=a?pin-value=geheim&pin-value=geheim",
        "pkcs11:token=a?pin-value=geheim&x=1", "PKCS11:token=a?pin-value=geheim heim"}) {
    CHECK(Refusal(text).find("geheim") == std::string::npos);
    CHECK(ShownPkcs11Uri(text) == "pkcs11:...");
  }
  CHECK(ShownPkcs11Uri("pkcs11:token=a?pin-value=geheim") == "pkcs11:token=a");
  CHECK(ShownPkcs11Uri("pkcs11:token=a") == "pkcs11:token=a");
  CHECK(Refusal("pkcs11:token=a;pin-value=1").find("behind a \"?\"") != std::string::npos);
}

}  // namespace
}  // namespace hallmark::keys
