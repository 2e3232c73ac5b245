#include "hallmark/oci/digest.h"

#include <string>

#include "tests/support/catch.h"

namespace hallmark::oci {
namespace {

const std::string kHello =
    "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

TEST_CASE("digests of known content (FIPS 180-4)") {
  CHECK(Digest::Of(Digest::Algorithm::kSha256, AsBytes("hello")).ToString() == kHello);
  CHECK(Digest::Of(Digest::Algorithm::kSha384, AsBytes("")).ToString() ==
        "sha384:38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da"
        "274edebfe76f65fbd51ad2f14898b95b");
  CHECK(
      Digest::Of(Digest::Algorithm::kSha512, AsBytes("")).ToString().starts_with("sha512:cf83e1"));
}

TEST_CASE("a parsed digest says the same again") {
  const auto digest = Digest::Parse(kHello);
  REQUIRE(digest.ok());
  CHECK(digest.value().ToString() == kHello);
  CHECK(digest.value().algorithm() == Digest::Algorithm::kSha256);
  CHECK(digest.value().algorithm_name() == "sha256");
  CHECK(digest.value().hex() == kHello.substr(7));
  CHECK(digest.value().bytes().size() == 32);
  CHECK(digest.value() == Digest::Of(Digest::Algorithm::kSha256, AsBytes("hello")));
}

TEST_CASE("all three algorithms parse with their own length") {
  CHECK(Digest::Parse("sha384:" + std::string(96, 'a')).value().bytes().size() == 48);
  CHECK(Digest::Parse("sha512:" + std::string(128, 'f')).value().bytes().size() == 64);
  CHECK_FALSE(Digest::Parse("sha512:" + std::string(64, 'a')).ok());
  CHECK_FALSE(Digest::Parse("sha256:" + std::string(128, 'a')).ok());
  CHECK_FALSE(Digest::Parse("sha384:" + std::string(64, 'a')).ok());
}

TEST_CASE("digests of different algorithms differ even with equal bytes") {
  const auto a = Digest::Parse("sha384:" + std::string(96, '0')).value();
  const auto b = Digest::Parse("sha512:" + std::string(128, '0')).value();
  CHECK(a != b);
  CHECK((a < b) != (b < a));
}

TEST_CASE("anything else is malformed") {
  const std::string hex = kHello.substr(7);
  const std::string text = GENERATE_COPY(
      std::string(), std::string("sha256"), std::string("sha256:"), ":" + hex, hex, "SHA256:" + hex,
      "sha256:" + hex + "0", "sha256:" + hex.substr(1), "sha256: " + hex.substr(1),
      "sha256:" + hex.substr(1) + "G", "sha256:2CF" + hex.substr(3), " sha256:" + hex,
      "sha256:" + hex + "\n", "md5:" + std::string(32, 'a'), "sha1:" + std::string(40, 'a'),
      "sha256+b64:" + hex, "sha224:" + std::string(56, 'a'), "blake3:" + hex, "sha256::" + hex,
      "sha256:../../etc/passwd", "sha256:" + std::string(64, '.'),
      "sha256:" + hex.substr(0, 62) + std::string(2, '\0'));
  CHECK(Digest::Parse(text).error().code() == ErrorCode::kMalformed);
}

TEST_CASE("the message escapes and cuts what was given") {
  const std::string message =
      Digest::Parse("\x1b[2J" + std::string(100'000, 'x')).error().message();
  CHECK(message.find('\x1b') == std::string::npos);
  CHECK(message.size() < 400);
}

}  // namespace
}  // namespace hallmark::oci
