#include "hallmark/trust/trust_root.h"

#include <string>
#include <utility>
#include <vector>

#include "hallmark/crypto/private_key.h"
#include "tests/support/catch.h"
#include "tests/support/world/keys.h"
#include "tests/support/world/must.h"

namespace hallmark::trust {
namespace {

using crypto::PublicKey;
using testing::Must;

PublicKey NewKey() { return testing::MakeKey().public_key(); }

TrustedKey Trusted(std::string set, std::string name, PublicKey key) {
  return {std::move(set), std::move(name), std::move(key), {}, {}};
}

UnixTime At(int seconds) { return UnixTime(std::chrono::seconds(seconds)); }

// The same RSA modulus as rsaEncryption and as id-RSASSA-PSS.
constexpr std::string_view kRsa = R"(-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA6pNAGFeXwUlh7NWnZuYT
GvottFkZUOTXAYTCFTiuL0Aj2gPPoufVLcn3fM5Tod5gnIQpxG2x0qbutPqYbBEI
sv7aSbtRxO7Bm+HphMSY44fS7sGTtilbyalEfuxxBdVraFHc/MeDc3TyF7EarN52
+WL8IiG6lNQwebLgiG6A252FgsCMEyCAtyXyU2hwbmIxnWZHkKaLrA0Q7L1hoTFR
ATdXjXSY5yumJCb1mZS+C8rvZHjkV7Sc1DEdX7eGsijNPZHNZVxqoHuKfTPrMlJx
45/IWgXV5oBa1NJzajoe31OPt5OPbVdaoWPmAgDEKvz2TGRFYdxs14giMVUXqnBI
2QIDAQAB
-----END PUBLIC KEY-----
)";
constexpr std::string_view kRsaPss = R"(-----BEGIN PUBLIC KEY-----
MIIBIDALBgkqhkiG9w0BAQoDggEPADCCAQoCggEBAOqTQBhXl8FJYezVp2bmExr6
LbRZGVDk1wGEwhU4ri9AI9oDz6Ln1S3J93zOU6HeYJyEKcRtsdKm7rT6mGwRCLL+
2km7UcTuwZvh6YTEmOOH0u7Bk7YpW8mpRH7scQXVa2hR3PzHg3N08hexGqzedvli
/CIhupTUMHmy4IhugNudhYLAjBMggLcl8lNocG5iMZ1mR5Cmi6wNEOy9YaExUQE3
V410mOcrpiQm9ZmUvgvK72R45Fe0nNQxHV+3hrIozT2RzWVcaqB7in0z6zJSceOf
yFoF1eaAWtTSc2o6Ht9Tj7eTj21XWqFj5gIAxCr89kxkRWHcbNeIIjFVF6pwSNkC
AwEAAQ==
-----END PUBLIC KEY-----
)";

TEST_CASE("no key at all is an error") {
  const auto root = TrustRoot::Of({});
  REQUIRE_FALSE(root.ok());
  CHECK(root.error().code() == ErrorCode::kConfig);
}

TEST_CASE("validity includes both ends; absent ends are open") {
  CHECK(Validity{}.Includes(At(0)));
  const Validity both{At(10), At(20)};
  CHECK_FALSE(both.Includes(At(9)));
  CHECK(both.Includes(At(10)));
  CHECK(both.Includes(At(20)));
  CHECK_FALSE(both.Includes(At(21)));
  CHECK(Validity{At(10), {}}.Includes(At(1'000'000)));
  CHECK(Validity{{}, At(10)}.Includes(At(-5)));
  CHECK_FALSE(Validity{At(20), At(10)}.Includes(At(15)));
}

TEST_CASE("keys are found by fingerprint, wherever they stand") {
  const PublicKey a = NewKey();
  const PublicKey b = NewKey();
  const TrustRoot root = Must(TrustRoot::Of(
      {Trusted("one", "a", a), Trusted("one", "b", b), Trusted("two", "a again", a)}));
  CHECK(root.keys().size() == 3);
  CHECK(root.Find(a.fingerprint()) == std::vector<std::size_t>{0, 2});
  CHECK(root.Find(b.fingerprint()) == std::vector<std::size_t>{1});
  CHECK(root.Find(NewKey().fingerprint()).empty());
  CHECK(root.distinct() == std::vector<std::size_t>{0, 1});
}

TEST_CASE("one key stands once in a key set (A54)") {
  const PublicKey key = NewKey();
  const PublicKey same = Must(PublicKey::FromPem(key.ToPem()));
  const auto root =
      TrustRoot::Of({Trusted("ci", "first.pub", key), Trusted("ci", "second.pub", same)});
  REQUIRE_FALSE(root.ok());
  CHECK(root.error().code() == ErrorCode::kConfig);
  CHECK(root.error().message().find("first.pub") != std::string::npos);
  CHECK(root.error().message().find("second.pub") != std::string::npos);
}

TEST_CASE("one RSA key stands once whatever its type is called (A54)") {
  const PublicKey plain = Must(PublicKey::FromPem(kRsa));
  const PublicKey pss = Must(PublicKey::FromPem(kRsaPss));
  REQUIRE(plain.fingerprint() != pss.fingerprint());
  CHECK_FALSE(TrustRoot::Of({Trusted("ci", "1", plain), Trusted("ci", "2", pss)}).ok());
  CHECK(TrustRoot::Of({Trusted("ci", "1", plain), Trusted("qa", "2", pss)}).ok());
}

TEST_CASE("schemes must be the key's") {
  TrustedKey key = Trusted("ci", "a.pub", NewKey());
  key.schemes = {crypto::Scheme::kEcdsaP256Sha256, crypto::Scheme::kEd25519};
  const auto root = TrustRoot::Of({key});
  REQUIRE_FALSE(root.ok());
  CHECK(root.error().code() == ErrorCode::kConfig);
  CHECK(root.error().message().find("ed25519") != std::string::npos);
  key.schemes.pop_back();
  CHECK(TrustRoot::Of({key}).ok());
}

TEST_CASE("an operator's name cannot forge a line of a message") {
  const PublicKey key = NewKey();
  const auto root = TrustRoot::Of({Trusted("ci", "a\nallowed", key), Trusted("ci", "b", key)});
  REQUIRE_FALSE(root.ok());
  CHECK(root.error().message().find('\n') == std::string::npos);
}

}  // namespace
}  // namespace hallmark::trust
