// What is refused before anything leaves the machine.
#include <cstdlib>

#include "hallmark/net/internal/request_check.h"
#include "tests/unit/net/net_test.h"
#include "tests/unit/net/temporary_file.h"

namespace hallmark::net {
namespace {

using test::Registry;

CurlOptions WithCa(std::string path) {
  CurlOptions options;
  options.ca_file = std::move(path);
  return options;
}

ErrorCode MakingFails(CurlOptions options) {
  const auto client = MakeCurlClient(std::move(options));
  return client.ok() ? ErrorCode::kInternal : client.error().code();
}

TEST_CASE("offline opens no socket") {
  Registry registry;
  CurlOptions options;
  options.open_no_sockets = true;
  const Result<Response> response =
      MakeClient(options)->Send(Within(), Get(registry.url() + "/v2/"));
  CHECK(CodeOf(response) == ErrorCode::kUnavailable);
  CHECK(Says(response, registry.host() + ": offline"));
  CHECK(registry.connections() == 0);
}

TEST_CASE("a url is taken apart") {
  const UrlParts parts = ParseUrl("HTTPS://Registry.example:5000/v2/a?b=c").value();
  CHECK(parts.https);
  CHECK(parts.host == "Registry.example:5000");
  CHECK(parts.path == "/v2/a");
  CHECK(ParseUrl("http://[::1]:80").value().host == "[::1]:80");
  CHECK(ParseUrl("http://[::1]:80").value().path == "/");
  CHECK(ParseUrl("http://a?x=1").value().path == "/");
  CHECK_FALSE(ParseUrl("http://a").value().https);
}

TEST_CASE("urls that lead elsewhere than they look are kConfig and show no login") {
  const std::string url = GENERATE(
      "", "/v2/", "registry.example/v2/", "ftp://a/", "file:///etc/passwd", "http:/a", "http://",
      "http:///v2/", "http://user:secret@a/", "http://a#f", "http://a/#f", "http://a/ b",
      "http://a\\@b/", "http://a/\r\nX: y", "http://a:0/", "http://a:65536/", "http://a:/",
      "http://a:b/", "http://[::1", "http://a[b]/", "http://\xc3\xa4/", "javascript:alert(1)",
      "http://a/<b>", "http://a,b/", "https://user:secret@a/?x", "user:secret://a");
  CAPTURE(url);
  const Result<Response> response = MakeClient()->Send(Within(), Get(url));
  CHECK(CodeOf(response) == ErrorCode::kConfig);
  CHECK_FALSE(Says(response, "secret"));
}

TEST_CASE("an overlong url and a NUL in one are kConfig") {
  CHECK(ParseUrl("http://a/" + std::string(20'000, 'a')).error().code() == ErrorCode::kConfig);
  CHECK(ParseUrl(std::string_view("http://a/\0b", 11)).error().code() == ErrorCode::kConfig);
}

TEST_CASE("methods and headers that would change the request's shape are kConfig") {
  Registry registry;
  Request request = Get(registry.url() + "/v2/");
  SECTION("method") { request.method = GENERATE("", "GET /x", "GET\r\n"); }
  SECTION("header name") { request.headers = {{GENERATE("", "X Y", "X:", "X\r\nY"), "secret"}}; }
  SECTION("header value") {
    request.headers = {{"Authorization", GENERATE("secret\r\nX: y", "secret\n", "secret\x01")}};
  }
  const Result<Response> response = MakeClient()->Send(Within(), request);
  CHECK(CodeOf(response) == ErrorCode::kConfig);
  CHECK_FALSE(Says(response, "secret"));
  CHECK(registry.connections() == 0);
}

TEST_CASE("files that cannot be used are kConfig and named, at once") {
  const TemporaryFile text("not a certificate");
  const TemporaryFile empty("");
  CHECK(MakingFails(WithCa("no/such/file")) == ErrorCode::kConfig);
  CHECK(MakingFails(WithCa(".")) == ErrorCode::kConfig);
  CHECK(MakingFails(WithCa(text.path())) == ErrorCode::kConfig);
  CHECK(MakingFails(WithCa(empty.path())) == ErrorCode::kConfig);
  CurlOptions key;
  key.client_key_file = text.path();
  CHECK(MakingFails(key) == ErrorCode::kConfig);
  CHECK(MakeCurlClient(WithCa("no/such/file")).error().message() == "cannot read no/such/file");
}

TEST_CASE("a CA file that only looks like one is kConfig at the first https request") {
  Registry registry;
  const TemporaryFile file("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
  const Result<Response> response =
      MakeClient(WithCa(file.path()))->Send(Within(), Get("https://" + registry.host() + "/"));
  CHECK(CodeOf(response) == ErrorCode::kConfig);
}

TEST_CASE("proxies come from the options only, and serve https only") {
  Registry registry;
  Registry proxy;
  SECTION("the environment is not read") {
    for (const char* name : {"http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"}) {
      ::setenv(name, proxy.url().c_str(), 1);
    }
    CHECK(MakeClient()->Send(Within(), Get(registry.url() + "/v2/")).ok());
    CHECK_FALSE(MakeClient()->Send(Within(), Get("https://" + registry.host() + "/")).ok());
    CHECK(proxy.connections() == 0);
    for (const char* name : {"http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"}) {
      ::unsetenv(name);
    }
  }
  CurlOptions options;
  options.proxy = proxy.url();
  SECTION("http goes straight") {
    CHECK(MakeClient(options)->Send(Within(), Get(registry.url() + "/v2/")).ok());
    CHECK(proxy.connections() == 0);
  }
  SECTION("https asks the proxy") {
    CHECK_FALSE(MakeClient(options)->Send(Within(), Get("https://registry.example/")).ok());
    REQUIRE(proxy.requests().size() == 1);
    CHECK(proxy.requests()[0].method == "CONNECT");
  }
  SECTION("no_proxy goes straight") {
    options.no_proxy = "registry.example,127.0.0.1";
    CHECK_FALSE(MakeClient(options)->Send(Within(), Get("https://" + registry.host() + "/")).ok());
    CHECK(proxy.connections() == 0);
  }
}

}  // namespace
}  // namespace hallmark::net
