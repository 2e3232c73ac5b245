// What is refused before anything leaves the machine.
#include <arpa/inet.h>
#include <netinet/in.h>

#include <cstdlib>
#include <utility>

#include "hallmark/net/internal/local_address.h"
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

TEST_CASE("where others wrote the URL, this machine is not asked (A85)") {
  Registry registry;
  CurlOptions options;
  options.refuse_local_addresses = true;
  const auto port = registry.host().substr(registry.host().rfind(':'));
  for (const std::string& host :
       {"127.0.0.1" + port, "localhost" + port, "0.0.0.0" + port, "2130706433" + port,
        "[::1]" + port, "[::ffff:127.0.0.1]" + port, std::string("169.254.169.254")}) {
    const auto response = MakeClient(options)->Send(Within(), Get("http://" + host + "/v2/"));
    INFO(host << ": " << (response.ok() ? "answered" : response.error().message()));
    CHECK(CodeOf(response) == ErrorCode::kUnavailable);
    CHECK((Says(response, "is this machine or its link: not asked") || host.starts_with("[::1]")));
  }
  CHECK(registry.connections() == 0);
  CHECK(MakeClient()->Send(Within(), Get(registry.url() + "/v2/")).ok());
}

TEST_CASE("addresses of this machine and its link are known in all their forms") {
  const auto is_local = [](const std::string& text) {
    sockaddr_storage address{};
    auto* ipv4 = reinterpret_cast<sockaddr_in*>(&address);
    auto* ipv6 = reinterpret_cast<sockaddr_in6*>(&address);
    if (::inet_pton(AF_INET, text.c_str(), &ipv4->sin_addr) == 1) {
      address.ss_family = AF_INET;
    } else {
      REQUIRE(::inet_pton(AF_INET6, text.c_str(), &ipv6->sin6_addr) == 1);
      address.ss_family = AF_INET6;
    }
    return IsLocalAddress(reinterpret_cast<const sockaddr&>(address));
  };
  for (const char* local : {"127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "169.254.0.1",
                            "169.254.169.254", "::", "::1", "fe80::1", "febf::1",
                            "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1"}) {
    CHECK(is_local(local));
  }
  for (const char* other :
       {"126.255.255.255", "128.0.0.1", "169.253.255.255", "169.255.0.0", "10.0.0.1", "192.168.1.1",
        "1.1.1.1", "fec0::1", "fd00::1", "2001:db8::1", "::ffff:10.0.0.1"}) {
    CHECK_FALSE(is_local(other));
  }
  sockaddr unknown{};
  unknown.sa_family = AF_UNIX;
  CHECK(IsLocalAddress(unknown));
}

TEST_CASE("proxies come from the options only, each for its scheme") {
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
  SECTION("http has one of its own, which may be on this machine") {
    options.plain_proxy = std::exchange(options.proxy, std::nullopt);
    options.refuse_local_addresses = true;
    CHECK(MakeClient(options)->Send(Within(), Get("http://list.example/x.crl")).ok());
    REQUIRE(proxy.requests().size() == 1);
    CHECK(proxy.requests()[0].method == "GET");
    // No name gets past the guard by being one that the proxy is not asked for.
    options.no_proxy = "127.0.0.1,localhost";
    const std::size_t before = registry.connections();
    CHECK(MakeClient(options)->Send(Within(), Get(registry.url() + "/v2/")).ok());
    CHECK(registry.connections() == before);
    CHECK(proxy.requests().size() == 2);
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
