// https: whom the client trusts.
#include "tests/unit/net/net_test.h"
#include "tests/unit/net/temporary_file.h"

namespace hallmark::net {
namespace {

test::RegistryOptions Tls() {
  test::RegistryOptions options;
  options.tls = true;
  return options;
}

CurlOptions Trusting(const TemporaryFile& file) {
  CurlOptions options;
  options.ca_file = file.path();
  return options;
}

TEST_CASE("https works with the CA that was given, on one connection") {
  test::Registry registry(Tls());
  const TemporaryFile ca(registry.certificate_pem());
  const auto client = MakeClient(Trusting(ca));
  for (int i = 0; i < 3; ++i) {
    const Result<Response> response = client->Send(Within(), Get(registry.url() + "/v2/"));
    REQUIRE(response.ok());
    CHECK(response.value().status == 200);
  }
  CHECK(registry.connections() == 1);
}

TEST_CASE("a certificate that nobody vouches for is kUnavailable and says tls") {
  test::Registry registry(Tls());
  const Result<Response> response = MakeClient()->Send(Within(), Get(registry.url() + "/v2/"));
  CHECK(CodeOf(response) == ErrorCode::kUnavailable);
  CHECK(Says(response, "tls failure"));
  CHECK(registry.requests().empty());
}

TEST_CASE("the given CA stands instead of the system's, not beside others") {
  test::Registry registry(Tls());
  test::Registry other(Tls());
  const TemporaryFile ca(other.certificate_pem());
  const Result<Response> response =
      MakeClient(Trusting(ca))->Send(Within(), Get(registry.url() + "/v2/"));
  CHECK(CodeOf(response) == ErrorCode::kUnavailable);
  CHECK(registry.requests().empty());
}

TEST_CASE("skipping the check is possible and has a name") {
  test::Registry registry(Tls());
  CurlOptions options;
  options.insecure_skip_tls_verify = true;
  CHECK(MakeClient(options)->Send(Within(), Get(registry.url() + "/v2/")).ok());
}

TEST_CASE("plain http to a tls port is no answer") {
  test::Registry registry(Tls());
  CHECK_FALSE(MakeClient()->Send(Within(), Get("http://" + registry.host() + "/v2/")).ok());
  CHECK(registry.requests().empty());
}

TEST_CASE("a body cut short inside tls is kProtocol") {
  test::Registry registry(Tls());
  registry.PutManifest("app", "1", "application/x", std::string(4000, 'm'));
  registry.AddFault(Faulty(test::Fault::Kind::kCut));
  const TemporaryFile ca(registry.certificate_pem());
  const Result<Response> response =
      MakeClient(Trusting(ca))->Send(Within(), Get(registry.url() + "/v2/app/manifests/1"));
  CHECK(CodeOf(response) == ErrorCode::kProtocol);
}

}  // namespace
}  // namespace hallmark::net
