#include <atomic>

#include "tests/support/catch.h"
#include "tests/unit/store/registry/registry_test.h"

namespace hallmark::store {
namespace {

using Kind = test::Fault::Kind;

RegistryOptions With(CredentialLookup lookup) {
  RegistryOptions options;
  options.credentials = std::move(lookup);
  return options;
}

test::RegistryOptions Basic() {
  test::RegistryOptions options;
  options.basic = "user:pass";
  return options;
}

test::RegistryOptions Tokens() {
  test::RegistryOptions options = Basic();
  options.token_auth = true;
  return options;
}

ErrorCode FetchCode(Client& client, const World& world) {
  return CodeOf(client.store.FetchManifest(testing::PatientContext(), world.Tag("1.4")));
}

}  // namespace

TEST_CASE("Basic: learnt from the first 401, then sent at once") {
  const World world(Basic());
  Client client(With(LoginFor(world.registry.host(), "user", "pass")));
  const Context context = testing::PatientContext();
  CHECK(client.store.FetchManifest(context, world.Tag("1.4")).ok());
  CHECK(client.store.FetchManifest(context, world.Tag("1.4")).ok());
  CHECK(world.registry.requests().size() == 3);
  CHECK(world.Authorized() == 2);
}

TEST_CASE("Basic: a wrong or missing login is auth") {
  const World world(Basic());
  SECTION("wrong") {
    Client client(With(LoginFor(world.registry.host(), "user", "other")));
    CHECK(FetchCode(client, world) == ErrorCode::kDenied);
    CHECK(FetchCode(client, world) == ErrorCode::kDenied);
  }
  SECTION("missing") {
    Client client;
    CHECK(FetchCode(client, world) == ErrorCode::kDenied);
    CHECK(world.Authorized() == 0);
  }
  SECTION("an identity token is no password") {
    Client client(With(LoginFor(world.registry.host(), "<token>", "refresh", true)));
    CHECK(FetchCode(client, world) == ErrorCode::kDenied);
    CHECK(world.Authorized() == 0);
  }
}

TEST_CASE("A84: the login of another host or port is not used") {
  const World world(Basic());
  Client client(With(LoginFor("127.0.0.1", "user", "pass")));
  CHECK(FetchCode(client, world) == ErrorCode::kDenied);
  CHECK(world.Authorized() == 0);
}

TEST_CASE("A84: a failing helper is the answer") {
  const World world(Basic());
  Client client(With([](const Context&, std::string_view) -> Result<std::optional<Credential>> {
    return Error(ErrorCode::kDenied, "docker-credential-x: exit status 1");
  }));
  CHECK(FetchCode(client, world) == ErrorCode::kDenied);
  CHECK(world.Authorized() == 0);
}

TEST_CASE("Bearer: one token for a scope, used until it expires") {
  const World world(Tokens());
  Client client(With(LoginFor(world.registry.host(), "user", "pass")));
  const Context context = testing::PatientContext();
  CHECK(client.store.FetchManifest(context, world.Tag("1.4")).ok());
  CHECK_FALSE(client.store.Referrers(context, world.Repository(), world.image.digest(), kType).gap);
  std::size_t tokens = 0;
  for (const test::RequestRecord& request : world.registry.requests()) {
    if (request.path != "/token") continue;
    ++tokens;
    CHECK(request.query.find("scope=repository%3Aapp%3Apull") != std::string::npos);
    CHECK(request.query.find("service=hallmark-test-registry") != std::string::npos);
  }
  CHECK(tokens == 1);
  CHECK(world.registry.requests().size() == 4);
}

TEST_CASE("Bearer: writing takes a token of its own, which also reads") {
  const World world(Tokens());
  Client client(With(LoginFor(world.registry.host(), "user", "pass")));
  const Context context = testing::PatientContext();
  testing::Put(client.store, world.Repository(), world.Referrer("one"));
  CHECK(client.store.FetchManifest(context, world.Tag("1.4")).ok());
  std::size_t tokens = 0;
  for (const auto& request : world.registry.requests()) tokens += request.path == "/token" ? 1 : 0;
  CHECK(tokens == 1);
}

TEST_CASE("Bearer: anonymous where the registry allows it") {
  test::RegistryOptions options = Tokens();
  options.anonymous_pull = true;
  const World world(options);
  Client client;
  CHECK(client.store.FetchManifest(testing::PatientContext(), world.Tag("1.4")).ok());
  CHECK(CodeOf(client.store.PushBlob(testing::PatientContext(), world.Repository(),
                                     world.Referrer("one").layer)) == ErrorCode::kDenied);
}

TEST_CASE("Bearer: an identity token goes into the body of a POST") {
  test::RegistryOptions options = Tokens();
  options.refresh_token = "refresh-me";
  const World world(options);
  Client client(With(LoginFor(world.registry.host(), "<token>", "refresh-me", true)));
  CHECK(client.store.FetchManifest(testing::PatientContext(), world.Tag("1.4")).ok());
  for (const test::RequestRecord& request : world.registry.requests()) {
    CHECK(request.query.find("refresh-me") == std::string::npos);
    if (request.path == "/token") CHECK(request.method == "POST");
  }
}

TEST_CASE("A82: a realm that is not the registry's gets no login") {
  const test::Registry stranger;
  test::RegistryOptions options = Tokens();
  options.token_realm =
      GENERATE(as<std::string>{}, "https://evil.example/token", "http://169.254.169.254/token",
               "https://169.254.169.254/token", "http://evil.example/token", "file:///etc/passwd",
               "", "https://user:pass@127.0.0.1/token", "//evil.example", "https://");
  if (options.token_realm.empty()) options.token_realm = " ";
  const World world(options);
  Client client(With(LoginFor(world.registry.host(), "user", "pass")));
  const auto manifest = client.store.FetchManifest(testing::PatientContext(), world.Tag("1.4"));
  CHECK(CodeOf(manifest) == ErrorCode::kDenied);
  CHECK(world.Authorized() == 0);
}

TEST_CASE("a token service that fails, redirects or talks nonsense ends the login") {
  World world(Tokens());
  Client client(With(LoginFor(world.registry.host(), "user", "pass")));
  const test::Registry stranger;
  test::Fault fault = Answer("/token", 200, {}, "<html>");
  ErrorCode want = ErrorCode::kProtocol;
  SECTION("nonsense") {}
  SECTION("a token that breaks the header") { fault.body = "{\"token\":\"a\\r\\nX-Evil: 1\"}"; }
  SECTION("no token") { fault.body = "{}"; }
  SECTION("refused") {
    fault.status = 401;
    want = ErrorCode::kDenied;
  }
  SECTION("throttled") {
    fault.status = 429;
    want = ErrorCode::kThrottled;
  }
  SECTION("redirected") {
    fault = Faulty("/token", Kind::kRedirect);
    fault.target = stranger.url() + "{path}";
  }
  world.registry.AddFault(fault);
  CHECK(FetchCode(client, world) == want);
  CHECK(stranger.requests().empty());
}

TEST_CASE("A83: no login goes along a redirect to another origin, and none after it came back") {
  World world(Basic());
  test::Registry other;
  Client client(With(LoginFor(world.registry.host(), "user", "pass")));
  testing::Must(client.store.FetchManifest(testing::PatientContext(), world.Tag("1.4")));
  world.registry.ClearRequests();
  test::Fault away = Faulty("/v2/app/manifests/1.4", Kind::kRedirect);
  away.target = other.url() + "{path}";
  world.registry.AddFault(away);
  test::Fault back = Faulty("/v2/app/manifests/1.4", Kind::kRedirect);
  back.target = world.registry.url() + "/v2/app/manifests/other";
  other.AddFault(back);
  CHECK(FetchCode(client, world) == ErrorCode::kDenied);
  REQUIRE(other.requests().size() == 1);
  CHECK(other.requests().front().Header("Authorization") == nullptr);
  CHECK(world.Authorized() == 1);
}

TEST_CASE("A83: a blob at another origin, as object storage has it, is read without the login") {
  World world(Basic());
  test::Registry storage;
  Client client(With(LoginFor(world.registry.host(), "user", "pass")));
  testing::Must(client.store.FetchManifest(testing::PatientContext(), world.Tag("1.4")));
  world.registry.ClearRequests();
  const oci::Content layer = world.image.layers.front();
  const auto fetch = [&] {
    return client.store.Fetch(testing::PatientContext(), world.Repository(), layer.descriptor());
  };
  const std::string path = "/v2/app/blobs/" + layer.digest().ToString();
  test::Fault away = Faulty(path, Kind::kRedirect);
  away.status = GENERATE(302, 303, 307, 308);
  away.target = storage.url() + "{path}";
  away.headers = {{"Set-Cookie", "session=1; Path=/"}};
  world.registry.AddFault(away);
  storage.PutBlob("app", AsText(layer.bytes()));
  SECTION("the true bytes are taken") { CHECK(testing::Must(fetch()).digest() == layer.digest()); }
  SECTION("other bytes are a mismatch") {
    std::string other(AsText(layer.bytes()));
    other.front() = static_cast<char>(other.front() ^ 1);
    storage.CorruptBlob("app", layer.digest().ToString(), other);
    CHECK(CodeOf(fetch()) == ErrorCode::kMismatch);
  }
  SECTION("more bytes than announced are refused") {
    storage.CorruptBlob("app", layer.digest().ToString(), std::string(AsText(layer.bytes())) + "x");
    CHECK_FALSE(fetch().ok());
  }
  SECTION("its wish for a login is not met") {
    storage.AddFault(Answer(path, 401, {{"WWW-Authenticate", "Basic realm=\"x\""}}));
    CHECK_FALSE(fetch().ok());
  }
  CHECK(world.Authorized() == 1);
  REQUIRE_FALSE(storage.requests().empty());
  for (const test::RequestRecord& request : storage.requests()) {
    CHECK(request.Header("Authorization") == nullptr);
    CHECK(request.Header("Cookie") == nullptr);
  }
}

TEST_CASE("a refused token is asked for anew, once") {
  World world(Tokens());
  Client client(With(LoginFor(world.registry.host(), "user", "pass")));
  const Context context = testing::PatientContext();
  testing::Must(client.store.FetchManifest(context, world.Tag("1.4")));
  test::Fault fault = Answer(
      "/v2/app/manifests/1.4", 401,
      {{"WWW-Authenticate", "Bearer realm=\"" + world.registry.url() + "/token\",service=\"x\""}});
  SECTION("and then works") {
    fault.times = 1;
    world.registry.AddFault(fault);
    CHECK(client.store.FetchManifest(context, world.Tag("1.4")).ok());
  }
  SECTION("or is auth") {
    world.registry.AddFault(fault);
    CHECK(FetchCode(client, world) == ErrorCode::kDenied);
  }
}

TEST_CASE("Probe says whether a login is needed and whether the API is there") {
  test::RegistryOptions options;
  options.referrers_api = GENERATE(true, false);
  if (GENERATE(true, false)) options.basic = "user:pass";
  const World world(options);
  Client client(With(LoginFor(world.registry.host(), "user", "pass")));
  const auto abilities =
      testing::Must(client.store.Probe(testing::PatientContext(), world.Repository()));
  CHECK(abilities.needs_auth == !options.basic.empty());
  CHECK(abilities.referrers_api == options.referrers_api);
}

}  // namespace hallmark::store
