#include "hallmark/crypto/key_derivation.h"

#include <chrono>
#include <limits>

#include "hallmark/crypto/secret_box.h"
#include "hallmark/encoding/hex.h"
#include "tests/support/catch.h"

namespace hallmark::crypto {
namespace {

Secret ToSecret(std::string_view text) {
  Bytes bytes = ToBytes(text);
  return Secret::TakeAndWipe(bytes);
}

TEST_CASE("scrypt is that of RFC 7914") {
  const auto key = Scrypt(ToSecret("pleaseletmein"), AsBytes("SodiumChloride"), {16384, 8, 1}, 64);
  REQUIRE(key.ok());
  CHECK(encoding::ToHex(key.value().ExposeSecret()) ==
        "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
        "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
}

TEST_CASE("costs that peers use are accepted") {
  CHECK(CheckCost({65536, 8, 1}).ok());
  CHECK(CheckCost({32768, 8, 1}).ok());
  CHECK(CheckCost({4096, 1, 1}).ok());
  CHECK(CheckCost({1 << 20, 8, 1}).ok());
  CHECK(CheckCost({1 << 17, 64, 1}).ok());
}

TEST_CASE("costs out of bounds are refused at once (A112)") {
  const auto start = std::chrono::steady_clock::now();
  const auto refusal = [](const ScryptCost& cost) {
    const auto key = Scrypt(ToSecret("pw"), AsBytes("salt"), cost, 32);
    REQUIRE_FALSE(key.ok());
    return key.error().code();
  };
  constexpr std::uint64_t kHuge = std::numeric_limits<std::uint64_t>::max();
  CHECK(refusal({std::uint64_t{1} << 30, 8, 1}) == ErrorCode::kLimit);
  CHECK(refusal({std::uint64_t{1} << 63, 8, 1}) == ErrorCode::kLimit);
  CHECK(refusal({2048, 8, 1}) == ErrorCode::kLimit);
  CHECK(refusal({65536, 65, 1}) == ErrorCode::kLimit);
  CHECK(refusal({65536, 8, 9}) == ErrorCode::kLimit);
  CHECK(refusal({65536, kHuge, kHuge}) == ErrorCode::kLimit);
  CHECK(refusal({65536, std::uint64_t{1} << 32, std::uint64_t{1} << 32}) == ErrorCode::kLimit);
  CHECK(refusal({1 << 20, 9, 1}) == ErrorCode::kLimit);  // over 1 GiB
  CHECK(refusal({65535, 8, 1}) == ErrorCode::kMalformed);
  CHECK(refusal({0, 8, 1}) == ErrorCode::kMalformed);
  CHECK(refusal({65536, 0, 1}) == ErrorCode::kMalformed);
  CHECK(refusal({65536, 8, 0}) == ErrorCode::kMalformed);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(1));
}

TEST_CASE("a secret box opens with its key and nonce and unchanged") {
  const Secret key = ToSecret("0123456789abcdef0123456789abcdef");
  const SecretBoxNonce nonce{1, 2, 3};
  const Bytes sealed = SealSecretBox(key, nonce, ToSecret("content"));
  const auto opened = OpenSecretBox(key, nonce, sealed);
  REQUIRE(opened.has_value());
  CHECK(AsText(opened->ExposeSecret()) == "content");
  CHECK_FALSE(OpenSecretBox(key, SecretBoxNonce{1, 2}, sealed).has_value());
  CHECK_FALSE(OpenSecretBox(Secret(32), nonce, sealed).has_value());
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes changed = sealed;
    changed[i] ^= 1;
    CHECK_FALSE(OpenSecretBox(key, nonce, changed).has_value());
    CHECK_FALSE(OpenSecretBox(key, nonce, ByteView(sealed).first(i)).has_value());
  }
}

TEST_CASE("random bytes differ") { CHECK(RandomBytes(32) != RandomBytes(32)); }

}  // namespace
}  // namespace hallmark::crypto
