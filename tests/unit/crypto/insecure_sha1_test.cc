#include "hallmark/crypto/insecure_sha1.h"

#include "hallmark/encoding/hex.h"
#include "tests/support/catch.h"

namespace hallmark::testing {

TEST_CASE("SHA-1 for names gives the values of FIPS 180") {
  const auto sha1 = [](std::string_view text) {
    return encoding::ToHex(crypto::InsecureSha1(AsBytes(text)));
  };
  CHECK(sha1("") == "da39a3ee5e6b4b0d3255bfef95601890afd80709");
  CHECK(sha1("abc") == "a9993e364706816aba3e25717850c26c9cd0d89d");
  CHECK(sha1("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
}

}  // namespace hallmark::testing
