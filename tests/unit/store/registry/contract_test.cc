#include "tests/support/catch.h"
#include "tests/support/store_contract.h"
#include "tests/unit/store/registry/registry_test.h"

namespace hallmark::store {

TEST_CASE("the registry keeps the store contract, with the referrers API") {
  const test::Registry registry;
  Client client;
  testing::CheckStoreContract(client.store, client.store,
                              testing::Repo(registry.host() + "/team/app"));
}

TEST_CASE("the registry keeps the store contract, with the referrers tag") {
  test::RegistryOptions options;
  options.referrers_api = false;
  options.etags =
      GENERATE(test::ETagMode::kNone, test::ETagMode::kHonoured, test::ETagMode::kIgnored);
  const test::Registry registry(options);
  Client client;
  testing::CheckStoreContract(client.store, client.store,
                              testing::Repo(registry.host() + "/team/app"));
}

}  // namespace hallmark::store
