#include "tests/support/catch.h"
#include "tests/unit/x509/chain_test.h"

namespace hallmark::testing {
namespace {

// Whether some changed form of `der`, put in its place by `verify`, has a path.
template <class Verify>
std::size_t CountVerified(const Bytes& der, const Verify& verify) {
  std::size_t verified = 0;
  for (std::size_t i = 0; i < der.size() * 8; ++i) {
    Bytes changed = der;
    changed[i / 8] = static_cast<std::uint8_t>(changed[i / 8] ^ 1u << i % 8);
    const auto certificate = x509::Certificate::FromDer(changed);
    if (certificate.ok() && verify(certificate.value()) == "verified") ++verified;
  }
  return verified;
}

}  // namespace

TEST_CASE("no flipped bit of a signer's, a CA's or a root's certificate is verified") {
  const auto chain = Chain().Build();
  const auto purpose = GENERATE(x509::Purpose::kCodeSigning, x509::Purpose::kNotarySigning);
  const auto verify = [&](const Certificates& path) {
    const auto others = std::span(path).subspan(1);
    return Reason(x509::VerifyPath(path[0], others, Certificates{chain.root.certificate()}, purpose,
                                   kTestTime));
  };
  const Certificates good = chain.ordered();
  REQUIRE(verify(good) == "verified");
  CHECK(CountVerified(chain.leaf.der, [&](const x509::Certificate& changed) {
          return verify({changed, good[1], good[2]});
        }) == 0);
  CHECK(CountVerified(chain.intermediate.der, [&](const x509::Certificate& changed) {
          return verify({good[0], changed, good[2]});
        }) == 0);
  if (purpose != x509::Purpose::kNotarySigning)
    return;  // elsewhere junk beside a path is no matter
  CHECK(CountVerified(chain.root.der, [&](const x509::Certificate& changed) {
          return verify({good[0], good[1], changed});
        }) == 0);
}

}  // namespace hallmark::testing
