// What goes wrong on the way, and what it is called.
#include <thread>

#include "tests/unit/net/net_test.h"

namespace hallmark::net {
namespace {

using std::chrono::milliseconds;
using test::Fault;
using test::Registry;

// A port of loopback on which nothing listens any more.
std::string DeadUrl() { return Registry().url() + "/v2/"; }

std::string Manifest(Registry& registry, std::size_t size) {
  registry.PutManifest("app", "1", "application/x", std::string(size, 'm'));
  return registry.url() + "/v2/app/manifests/1";
}

TEST_CASE("nobody listening is kUnavailable and names the host") {
  const std::string url = DeadUrl();
  const Result<Response> response = MakeClient()->Send(Within(), Get(url));
  CHECK(CodeOf(response) == ErrorCode::kUnavailable);
  CHECK(Says(response, "127.0.0.1:"));
  CHECK(Says(response, "no connection"));
}

TEST_CASE("a reset is kUnavailable, and not tried again") {
  Registry registry;
  registry.AddFault(Faulty(Fault::Kind::kReset));
  const Result<Response> response = MakeClient()->Send(Within(), Get(registry.url() + "/v2/"));
  CHECK(CodeOf(response) == ErrorCode::kUnavailable);
  CHECK(Says(response, "connection lost"));
  CHECK(registry.requests().size() == 1);
}

TEST_CASE("a connection closed without an answer is kUnavailable") {
  Registry registry;
  registry.AddFault(RawAnswer(""));
  const Result<Response> response = MakeClient()->Send(Within(), Get(registry.url() + "/v2/"));
  CHECK(CodeOf(response) == ErrorCode::kUnavailable);
}

TEST_CASE("tls to a plain port is kUnavailable and says tls") {
  Registry registry;
  const Result<Response> response =
      MakeClient()->Send(Within(), Get("https://" + registry.host() + "/v2/"));
  CHECK(CodeOf(response) == ErrorCode::kUnavailable);
  CHECK(Says(response, "tls failure"));
}

TEST_CASE("a body cut short is kProtocol, with a length and in chunks") {
  Registry registry;
  const std::string url = Manifest(registry, 4000);
  SECTION("length") { registry.AddFault(Faulty(Fault::Kind::kCut)); }
  SECTION("chunks") {
    registry.AddFault(
        RawAnswer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nhalf of it"));
  }
  const Result<Response> response = MakeClient()->Send(Within(), Get(url));
  CHECK(CodeOf(response) == ErrorCode::kProtocol);
  CHECK(Says(response, "body cut short"));
}

TEST_CASE("what is not HTTP is kProtocol") {
  Registry registry;
  const std::string bytes =
      GENERATE("SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/1.1 abc\r\n\r\n",
               "HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
               "HTTP/1.1 200 OK\r\nX-A: 1\r\n folded: 2\r\nContent-Length: 0\r\n\r\n",
               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n",
               "HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nok");
  registry.AddFault(RawAnswer(bytes));
  CAPTURE(bytes);
  const Result<Response> response = MakeClient()->Send(Within(), Get(registry.url() + "/"));
  CHECK(CodeOf(response) == ErrorCode::kProtocol);
}

TEST_CASE("exactly what is allowed passes, one byte more is kLimit") {
  Registry registry;
  const std::string url = Manifest(registry, 1000);
  const auto client = MakeClient();
  CHECK(client->Send(Within(), Get(url, 1000)).value().body.size() == 1000);
  const Result<Response> response = client->Send(Within(), Get(url, 999));
  CHECK(CodeOf(response) == ErrorCode::kLimit);
  CHECK(Says(response, "announces 1000 bytes, 999 are allowed"));
}

TEST_CASE("100 MiB announced are refused before they are sent (A79)") {
  Registry registry;
  const std::string url = Manifest(registry, 100);
  Fault fault = Faulty(Fault::Kind::kOversize);
  fault.size = std::size_t{100} * 1024 * 1024;
  registry.AddFault(fault);
  const Result<Response> response = MakeClient()->Send(Within(), Get(url, 4096));
  CHECK(CodeOf(response) == ErrorCode::kLimit);
}

TEST_CASE("an absurd Content-Length is kLimit") {
  Registry registry;
  registry.AddFault(RawAnswer("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n"));
  const Result<Response> response = MakeClient()->Send(Within(), Get(registry.url() + "/"));
  CHECK(CodeOf(response) == ErrorCode::kLimit);
}

TEST_CASE("a body that does not end is kLimit, long before the deadline (A79)") {
  Registry registry;
  Fault fault = Faulty(GENERATE(Fault::Kind::kEndless, Fault::Kind::kEnlarge));
  fault.size = std::size_t{50} * 1024 * 1024;
  registry.AddFault(fault);
  const Result<Response> response =
      MakeClient()->Send(Within(), Get(registry.url() + "/v2/", 1 << 20));
  CHECK(CodeOf(response) == ErrorCode::kLimit);
  CHECK(Says(response, "over 1048576 bytes"));
}

TEST_CASE("headers are bounded in number, in all, and each") {
  Registry registry;
  const auto client = MakeClient();
  test::HeaderLines headers;
  SECTION("number") {
    for (int i = 0; i < 300; ++i) headers.emplace_back("X-" + std::to_string(i), "v");
  }
  SECTION("in all") {
    for (int i = 0; i < 40; ++i) headers.emplace_back("X-A", std::string(2000, 'v'));
  }
  SECTION("one line") { headers.emplace_back("X-A", std::string(70'000, 'v')); }
  SECTION("one line over libcurl's own bound") {
    headers.emplace_back("X-A", std::string(500'000, 'v'));
  }
  registry.AddFault(AnswerWith(200, headers, ""));
  const Result<Response> response = client->Send(Within(), Get(registry.url() + "/v2/"));
  CHECK(CodeOf(response) == ErrorCode::kLimit);
}

TEST_CASE("interim answers without end are kLimit") {
  Registry registry;
  std::string bytes;
  for (int i = 0; i < 5000; ++i) bytes += "HTTP/1.1 103 Early Hints\r\nX: 1\r\n\r\n";
  registry.AddFault(RawAnswer(bytes));
  const Result<Response> response = MakeClient()->Send(Within(), Get(registry.url() + "/v2/"));
  CHECK(CodeOf(response) == ErrorCode::kLimit);
}

TEST_CASE("the client works on after a refusal") {
  Registry registry;
  const std::string url = Manifest(registry, 1000);
  const auto client = MakeClient();
  REQUIRE(CodeOf(client->Send(Within(), Get(url, 10))) == ErrorCode::kLimit);
  CHECK(client->Send(Within(), Get(url)).value().body.size() == 1000);
}

TEST_CASE("the deadline ends a silent, a dripping and an endless answer as kTimeout") {
  Registry registry;
  const std::string url = Manifest(registry, 1000);
  Fault fault = Faulty(GENERATE(Fault::Kind::kDelay, Fault::Kind::kDrip));
  fault.delay = std::chrono::seconds(fault.kind == Fault::Kind::kDelay ? 60 : 1);
  registry.AddFault(fault);
  const auto begin = std::chrono::steady_clock::now();
  const Result<Response> response = MakeClient()->Send(Within(milliseconds(300)), Get(url));
  CHECK(CodeOf(response) == ErrorCode::kTimeout);
  CHECK(Says(response, "deadline passed"));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
}

TEST_CASE("a deadline already passed opens no connection") {
  Registry registry;
  const Result<Response> response =
      MakeClient()->Send(Within(milliseconds(-1)), Get(registry.url() + "/v2/"));
  CHECK(CodeOf(response) == ErrorCode::kTimeout);
  CHECK(registry.connections() == 0);
}

TEST_CASE("no deadline at all still works") {
  Registry registry;
  const Context context{std::chrono::steady_clock::time_point::max(), {}, nullptr};
  CHECK(MakeClient()->Send(context, Get(registry.url() + "/v2/")).ok());
}

TEST_CASE("a stop ends a waiting request") {
  Registry registry;
  Fault fault = Faulty(Fault::Kind::kDelay);
  fault.delay = std::chrono::seconds(60);
  registry.AddFault(fault);
  std::stop_source source;
  Context context = Within();
  context.stop = source.get_token();
  std::jthread stopper([&] {
    while (registry.requests().empty()) std::this_thread::yield();
    source.request_stop();
  });
  const auto begin = std::chrono::steady_clock::now();
  const Result<Response> response = MakeClient()->Send(context, Get(registry.url() + "/v2/"));
  CHECK(CodeOf(response) == ErrorCode::kTimeout);
  CHECK(Says(response, "told to stop"));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
}

TEST_CASE("messages hold one printable line, whatever the server said (A109)") {
  Registry registry;
  registry.AddFault(RawAnswer("HTTP/1.1 2\x1b[31m0 \a\r\n\r\n"));
  const Result<Response> response = MakeClient()->Send(Within(), Get(registry.url() + "/"));
  REQUIRE_FALSE(response.ok());
  for (const char c : response.error().message()) CHECK((c >= ' ' && c != 0x7f));
}

}  // namespace
}  // namespace hallmark::net
