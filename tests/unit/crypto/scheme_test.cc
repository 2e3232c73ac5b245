#include "hallmark/crypto/scheme.h"

#include <set>
#include <string>

#include "tests/support/catch.h"

namespace hallmark::crypto {
namespace {

TEST_CASE("every scheme has one name, which names it back") {
  std::set<std::string_view> names;
  for (int i = 1; i <= static_cast<int>(Scheme::kRsaPssSha512); ++i) {
    const auto scheme = static_cast<Scheme>(i);
    CHECK(names.insert(ToName(scheme)).second);
    CHECK(SchemeFromName(ToName(scheme)) == scheme);
  }
  CHECK(ToName(Scheme::kEcdsaP384Sha256) == "ecdsa-p384-sha256");
  CHECK(ToName(Scheme::kRsaPssSha512) == "rsa-pss-sha512");
}

TEST_CASE("no other name is a scheme") {
  const std::string name = GENERATE("", "none", "ecdsa", "Ed25519", "ed25519 ", "rsa-pkcs1-sha1",
                                    "rsa-pkcs1-md5", "ecdsa-p224-sha256", "ecdsa-p256-sha256\n");
  CHECK(SchemeFromName(name) == std::nullopt);
}

TEST_CASE("key types have names") {
  CHECK(ToName(KeyType::kEcdsaP521) == "ecdsa-p521");
  CHECK(ToName(KeyType::kRsa) == "rsa");
  CHECK(ToName(KeyType::kRsaPss) == "rsa-pss");
}

}  // namespace
}  // namespace hallmark::crypto
