#include "hallmark/store/registry/internal/url.h"

#include "hallmark/store/registry/internal/realm.h"
#include "tests/support/catch.h"
#include "tests/support/world/must.h"

namespace hallmark::store::registry {
namespace {

Url Parsed(std::string_view text) { return testing::Must(ParseUrl(text)); }

std::string Resolved(std::string_view reference) {
  const Url base = Parsed("https://registry.example:5000/v2/app/blobs/uploads/?a=b");
  const Result<Url> url = ResolveUrl(base, reference);
  return url.ok() ? url.value().ToString() : std::string(ToWord(url.error().code()));
}

bool MayLogIn(std::string_view registry, std::string_view realm, const TrustedRealms& more = {}) {
  const std::string scheme = IsLoopback(registry.substr(0, registry.find(':'))) ? "http" : "https";
  const std::string host(registry == "docker.io" ? "registry-1.docker.io" : registry);
  return MayReceiveLogin(registry, Parsed(scheme + "://" + host + "/v2/"), Parsed(realm), more);
}

}  // namespace

TEST_CASE("URLs are split, and ports are told from defaults") {
  const Url url = Parsed("HTTPS://Registry.Example:5000/v2/a?b=c#d");
  CHECK(url.host == "registry.example");
  CHECK(url.Authority() == "registry.example:5000");
  CHECK(url.ToString() == "https://registry.example:5000/v2/a?b=c");
  CHECK(Parsed("https://a.example:443").ToString() == "https://a.example/");
  CHECK(Parsed("http://[::1]:80/").Authority() == "[::1]");
  CHECK(Parsed("http://a.example?x").query == "x");
}

TEST_CASE("unusable URLs are refused") {
  const std::string text = GENERATE(
      as<std::string>{}, "", "a", "ftp://a/", "file:///x", "https:", "https://", "https:///x",
      "https://u@a/", "https://u:p@a/", "https://a:0/", "https://a:x/", "https://a:65536/",
      "https://a b/", "https://a/\r\nX: y", "https://a\\b/", "https://\xc3\xa4/", "https://.a/",
      "javascript:alert(1)", "https://[::1", "https://[zz]/");
  CHECK_FALSE(ParseUrl(text).ok());
}

TEST_CASE("references are resolved against where they came from") {
  CHECK(Resolved("https://other.example/x") == "https://other.example/x");
  CHECK(Resolved("//other.example/x") == "https://other.example/x");
  CHECK(Resolved("/v2/x?y=z") == "https://registry.example:5000/v2/x?y=z");
  CHECK(Resolved("?n=2") == "https://registry.example:5000/v2/app/blobs/uploads/?n=2");
  CHECK(Resolved("next") == "https://registry.example:5000/v2/app/blobs/uploads/next");
  CHECK(Resolved("ftp://x/") == "protocol");
  CHECK(Resolved("mailto:x") == "protocol");
  CHECK(Resolved("") == "protocol");
}

TEST_CASE("an origin is scheme, host and port") {
  CHECK(SameOrigin(Parsed("https://a.example/x"), Parsed("https://A.example:443/y")));
  CHECK_FALSE(SameOrigin(Parsed("https://a.example/"), Parsed("http://a.example/")));
  CHECK_FALSE(SameOrigin(Parsed("https://a.example/"), Parsed("https://a.example:5000/")));
  CHECK_FALSE(SameOrigin(Parsed("https://a.example/"), Parsed("https://b.a.example/")));
}

TEST_CASE("loopback is what no resolver can bend") {
  for (const char* host : {"127.0.0.1", "127.1.2.3", "localhost", "[::1]"}) CHECK(IsLoopback(host));
  for (const char* host : {"127.evil.example", "127.0.0.1.evil.example", "128.0.0.1", "127.0.0",
                           "127.0.0.1.1", "localhost.evil.example", "[::2]", "0127.0.0.1", ""}) {
    CHECK_FALSE(IsLoopback(host));
  }
}

TEST_CASE("percent encoding leaves only the unreserved") {
  CHECK(PercentEncode("a-b_c.~Z9 +/:&=\xff") == "a-b_c.~Z9%20%2B%2F%3A%26%3D%FF");
}

TEST_CASE("A82: where a login may go") {
  CHECK(MayLogIn("registry.example", "https://registry.example/token"));
  CHECK(MayLogIn("registry.example:5000", "https://registry.example:5001/auth"));
  CHECK(MayLogIn("registry.example", "https://auth.registry.example/token"));
  CHECK(MayLogIn("registry.gitlab.com", "https://gitlab.com/jwt/auth"));
  CHECK(MayLogIn("docker.io", "https://auth.docker.io/token"));
  CHECK(MayLogIn("127.0.0.1:5000", "http://127.0.0.1:5001/token"));
  CHECK(MayLogIn("a.example", "https://auth.corp.example/t", {{"a.example", "auth.corp.example"}}));

  CHECK_FALSE(MayLogIn("registry.example", "http://registry.example/token"));
  CHECK_FALSE(MayLogIn("registry.example", "https://evil.example/token"));
  CHECK_FALSE(MayLogIn("registry.example", "https://registry.example.evil.example/token"));
  CHECK_FALSE(MayLogIn("registry.example", "https://evilregistry.example/token"));
  CHECK_FALSE(MayLogIn("registry.example", "https://example/token"));
  CHECK_FALSE(MayLogIn("registry.example", "https://169.254.169.254/token"));
  CHECK_FALSE(MayLogIn("registry.example", "http://127.0.0.1/token"));
  CHECK_FALSE(MayLogIn("evil.example", "https://auth.docker.io/token"));
  CHECK_FALSE(MayLogIn("docker.io", "https://auth.docker.io:8443/token"));
  CHECK_FALSE(MayLogIn("10.0.0.1:5000", "https://0.0.1/token"));
  CHECK_FALSE(MayLogIn("127.0.0.1:5000", "http://evil.example/token"));
  CHECK_FALSE(
      MayLogIn("b.example", "https://auth.corp.example/t", {{"a.example", "auth.corp.example"}}));
}

TEST_CASE("an anonymous token may come from any named host, by https") {
  const Url registry = Parsed("https://registry.example/");
  CHECK(MayBeAskedAnonymously("registry.example", registry, Parsed("https://auth.example/t"), {}));
  for (const char* realm : {"http://auth.example/t", "https://169.254.169.254/t", "https://[::1]/t",
                            "https://localhost/t", "http://127.0.0.1/t"}) {
    CHECK_FALSE(MayBeAskedAnonymously("registry.example", registry, Parsed(realm), {}));
  }
}

}  // namespace hallmark::store::registry
