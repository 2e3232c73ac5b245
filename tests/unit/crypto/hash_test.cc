#include "hallmark/crypto/hash.h"

#include <string>
#include <utility>

#include "hallmark/encoding/hex.h"
#include "tests/support/catch.h"

namespace hallmark::crypto {
namespace {

using enum HashAlgorithm;

std::string HexOf(HashAlgorithm algorithm, std::string_view text) {
  return encoding::ToHex(Hash(algorithm, AsBytes(text)));
}

TEST_CASE("hashes are those of FIPS 180-4") {
  CHECK(HexOf(kSha256, "abc") ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(HexOf(kSha256, "") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(HexOf(kSha384, "abc") ==
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
        "8086072ba1e7cc2358baeca134c825a7");
  CHECK(HexOf(kSha512, "abc") ==
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

TEST_CASE("a hash has the size it says") {
  const HashAlgorithm algorithm = GENERATE(kSha256, kSha384, kSha512);
  CHECK(Hash(algorithm, {}).size() == HashSize(algorithm));
}

TEST_CASE("content in pieces hashes like content in one") {
  const HashAlgorithm algorithm = GENERATE(kSha256, kSha384, kSha512);
  const std::string text(100'000, 'x');
  Hasher hasher(algorithm);
  for (std::size_t i = 0; i < text.size(); i += 777) {
    hasher.Update(AsBytes(std::string_view(text).substr(i, 777)));
  }
  Hasher moved = std::move(hasher);
  CHECK(std::move(moved).Finish() == Hash(algorithm, AsBytes(text)));
}

}  // namespace
}  // namespace hallmark::crypto
