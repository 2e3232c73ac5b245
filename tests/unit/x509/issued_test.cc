#include "hallmark/x509/issued.h"

#include "tests/support/catch.h"
#include "tests/unit/x509/chain_test.h"

namespace hallmark::testing {

using x509::Issued;

TEST_CASE("a path says of each certificate but its anchor who signed it") {
  const auto chain = Chain().Build().ordered();
  const auto result = x509::VerifyPath(chain[0], Certificates{chain[1]}, Certificates{chain[2]},
                                       x509::Purpose::kCodeSigning, kTestTime);
  const auto issued = Issued::Of(std::get<x509::VerifiedPath>(result));
  REQUIRE(issued.size() == 2);
  CHECK(issued[0].certificate() == chain[0]);
  CHECK(issued[0].issuer() == chain[1]);
  CHECK(issued[1].certificate() == chain[1]);
  CHECK(issued[1].issuer() == chain[2]);
}

TEST_CASE("an issuer is whoever signed, by name and by key") {
  const auto chain = Chain().Build().ordered();
  const auto strangers = Chain().Build().ordered();  // the same names, other keys
  const auto issued = Issued::By(chain[0], chain[1]);
  REQUIRE(issued.has_value());
  CHECK(issued->certificate() == chain[0]);
  CHECK(issued->issuer() == chain[1]);
  CHECK(Issued::By(chain[2], chain[2]).has_value());
  CHECK_FALSE(Issued::By(chain[0], strangers[1]).has_value());
  CHECK_FALSE(Issued::By(chain[0], chain[2]).has_value());
  CHECK_FALSE(Issued::By(chain[1], chain[0]).has_value());
}

}  // namespace hallmark::testing
