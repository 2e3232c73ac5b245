#ifndef HALLMARK_TESTS_UNIT_STORE_REGISTRY_REGISTRY_TEST_H_
#define HALLMARK_TESTS_UNIT_STORE_REGISTRY_REGISTRY_TEST_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/net/http_client.h"
#include "hallmark/store/registry/registry_store.h"
#include "tests/support/registry.h"
#include "tests/support/world.h"

namespace hallmark::store {

inline constexpr std::string_view kType = "application/vnd.example.signature";

// A lookup that has one login for one registry.
CredentialLookup LoginFor(std::string registry, std::string username, std::string password,
                          bool is_identity_token = false);
CredentialLookup NoLogins();

// A store with a connection of its own.
struct Client {
  explicit Client(RegistryOptions options = {});
  std::unique_ptr<net::HttpClient> http;
  RegistryStore store;
};

// A registry on loopback with one image under the tag 1.4.
struct World {
  explicit World(test::RegistryOptions options = {});

  oci::Repository Repository() const;
  oci::Reference Tag(std::string_view tag) const;
  oci::Reference At(const oci::Digest& digest) const;
  testing::Referrer Referrer(std::string_view payload) const;
  // "GET /v2/app/manifests/1.4 200" for every request so far.
  std::vector<std::string> Log() const;
  // Requests that carried an Authorization header.
  std::size_t Authorized() const;

  test::Registry registry;
  testing::Image image = testing::MakeImage("app");
};

test::Fault Answer(std::string_view path, int status, test::HeaderLines headers = {},
                   std::string body = {});
test::Fault Faulty(std::string_view path, test::Fault::Kind kind);

Context Within(std::chrono::milliseconds time);

template <class T>
ErrorCode CodeOf(const Result<T>& result) {
  return result.ok() ? ErrorCode::kInternal : result.error().code();
}
ErrorCode GapOf(const Listing& listing);  // kInternal: none

}  // namespace hallmark::store

#endif  // HALLMARK_TESTS_UNIT_STORE_REGISTRY_REGISTRY_TEST_H_
