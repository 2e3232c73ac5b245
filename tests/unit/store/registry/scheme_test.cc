// Which of http and https a registry is asked by, and what it costs to find out.
#include <functional>

#include "hallmark/oci/media_types.h"
#include "tests/support/catch.h"
#include "tests/unit/store/registry/registry_test.h"

namespace hallmark::store {
namespace {

// Answers by URL; keeps what was asked.
class ScriptedHttp final : public net::HttpClient {
 public:
  using Script = std::function<Result<net::Response>(const net::Request&)>;
  explicit ScriptedHttp(Script script) : script_(std::move(script)) {}
  Result<net::Response> Send(const Context&, const net::Request& request) override {
    asked.push_back(request);
    return script_(request);
  }
  std::vector<net::Request> asked;

 private:
  Script script_;
};

Error NoConnection() { return Error(ErrorCode::kUnavailable, "no connection"); }

net::Response Manifest() {
  const testing::Image image = testing::MakeImage("app");
  return {200,
          {{"Content-Type", image.manifest.descriptor().media_type}},
          ToBytes(AsText(image.manifest.bytes()))};
}

net::Response WantsTls() {
  return {400, {}, ToBytes("Client sent an HTTP request to an HTTPS server.\n")};
}

bool IsHttps(const net::Request& request) { return request.url.starts_with("https:"); }

// Asks twice; the schemes of all requests, "h" and "s".
std::string Schemes(std::string_view name, RegistryOptions options, ScriptedHttp::Script script) {
  ScriptedHttp http(std::move(script));
  if (!options.credentials) options.credentials = NoLogins();
  RegistryStore store(http, std::move(options));
  for (int i = 0; i < 2; ++i) {
    const auto fetched = store.FetchManifest(testing::PatientContext(), testing::Ref(name));
    CHECK(CodeOf(fetched) != ErrorCode::kTimeout);
  }
  std::string schemes;
  for (const net::Request& request : http.asked) schemes += IsHttps(request) ? 's' : 'h';
  return schemes;
}

}  // namespace

TEST_CASE("loopback is asked by http, and by https when the port speaks that") {
  const std::string name =
      GENERATE(as<std::string>{}, "127.0.0.1:5000/app:1", "localhost:5000/app:1");
  CHECK(Schemes(name, {}, [](const net::Request&) { return Manifest(); }) == "hh");
  CHECK(Schemes(name, {}, [](const net::Request& request) {
          return IsHttps(request) ? Manifest() : WantsTls();
        }) == "hss");
  CHECK(Schemes(name, {}, [](const net::Request& request) -> Result<net::Response> {
          if (IsHttps(request)) return Manifest();
          return NoConnection();
        }) == "hss");
  RegistryOptions options;
  options.prefer_https_on_loopback = true;
  CHECK(Schemes(name, options, [](const net::Request&) { return Manifest(); }) == "ss");
}

TEST_CASE("a registry on loopback that speaks TLS is found out, and trusted by its CA only") {
  test::RegistryOptions tls;
  tls.tls = true;
  tls.basic = "user:pass";
  const World world(tls);
  const testing::TempFolder folder;
  const std::string ca_file = (folder.path() / "ca.pem").string();
  testing::WriteFile(ca_file, world.registry.certificate_pem());
  net::CurlOptions curl;
  curl.user_agent = "hallmark-test/1";
  RegistryOptions options;
  options.credentials = LoginFor(world.registry.host(), "user", "pass");
  options.prefer_https_on_loopback = GENERATE(true, false);
  SECTION("with its CA: one failed exchange at most") {
    curl.ca_file = ca_file;
    const auto http = testing::Must(net::MakeCurlClient(curl));
    RegistryStore store(*http, options);
    for (int i = 0; i < 2; ++i) {
      CHECK(store.FetchManifest(testing::PatientContext(), world.Tag("1.4")).ok());
    }
    CHECK(world.Authorized() == 2);
  }
  SECTION("without: the reason is told, and no login sent") {
    const auto http = testing::Must(net::MakeCurlClient(curl));
    RegistryStore store(*http, options);
    const auto fetched = store.FetchManifest(testing::PatientContext(), world.Tag("1.4"));
    REQUIRE_FALSE(fetched.ok());
    CHECK(fetched.error().message().find("tls failure") != std::string::npos);
    CHECK(world.Authorized() == 0);
  }
}

TEST_CASE("other hosts are asked by https only, unless plain http is allowed") {
  const std::string name = "registry.example:5000/app:1";
  const auto plain_only = [](const net::Request& request) -> Result<net::Response> {
    if (IsHttps(request)) return NoConnection();
    return Manifest();
  };
  CHECK(Schemes(name, {}, plain_only) == "ss");
  RegistryOptions options;
  options.allow_plain_http = true;
  CHECK(Schemes(name, options, plain_only) == "shh");
  CHECK(Schemes(name, options, [](const net::Request&) { return Manifest(); }) == "ss");
}

TEST_CASE("docker.io is asked where it answers, and its login looked up by its name") {
  std::string looked_up;
  ScriptedHttp http([](const net::Request& request) -> Result<net::Response> {
    if (request.url.starts_with("https://auth.docker.io/")) {
      return net::Response{200, {}, ToBytes(R"({"token":"t"})")};
    }
    const bool authorized =
        std::any_of(request.headers.begin(), request.headers.end(),
                    [](const auto& header) { return header.second == "Bearer t"; });
    if (authorized) return Manifest();
    return net::Response{
        401,
        {{"WWW-Authenticate", R"(Bearer realm="https://auth.docker.io/token",service="r")"}},
        {}};
  });
  RegistryOptions options;
  options.credentials = [&](const Context& context, std::string_view registry) {
    looked_up = registry;
    return LoginFor("docker.io", "user", "pass")(context, registry);
  };
  RegistryStore store(http, options);
  CHECK(store.FetchManifest(testing::PatientContext(), testing::Ref("nginx")).ok());
  CHECK(looked_up == "docker.io");
  CHECK(http.asked.front().url == "https://registry-1.docker.io/v2/library/nginx/manifests/latest");
}

TEST_CASE("A83: from https to http no redirect leads, and none to an upload") {
  const auto redirecting = [](const net::Request&) -> Result<net::Response> {
    return net::Response{307, {{"Location", "http://127.0.0.1/x"}}, {}};
  };
  ScriptedHttp http(redirecting);
  RegistryOptions options;
  options.credentials = NoLogins();
  options.allow_plain_http = true;
  RegistryStore store(http, options);
  const auto name = testing::Ref("registry.example/app:1");
  const auto fetched = store.FetchManifest(testing::PatientContext(), name);
  CHECK(CodeOf(fetched) == ErrorCode::kProtocol);
  CHECK(fetched.error().message().find("from https to http") != std::string::npos);
  for (const net::Request& request : http.asked)
    CHECK(request.url.starts_with("https://registry.example/"));
}

}  // namespace hallmark::store
