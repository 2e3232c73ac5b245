// What one exchange sends and what it brings back.
#include <atomic>
#include <set>
#include <thread>

#include "tests/unit/net/net_test.h"

namespace hallmark::net {
namespace {

using test::Fault;
using test::Registry;

TEST_CASE("an answer of any status is a Response") {
  Registry registry;
  const auto client = MakeClient();
  const int status = GENERATE(200, 201, 301, 307, 401, 403, 404, 429, 500, 503);
  registry.AddFault(AnswerWith(status, {{"X-Kind", "odd"}}, "body"));
  const Result<Response> response = client->Send(Within(), Get(registry.url() + "/v2/"));
  REQUIRE(response.ok());
  CHECK(response.value().status == status);
  CHECK(AsText(response.value().body) == "body");
}

TEST_CASE("response headers are found in any case, the first of a name") {
  Registry registry;
  const auto client = MakeClient();
  registry.AddFault(AnswerWith(200, {{"X-Twice", " one "}, {"x-twice", "two"}}, ""));
  const Result<Response> response = client->Send(Within(), Get(registry.url() + "/v2/"));
  REQUIRE(response.ok());
  REQUIRE(response.value().Header("X-TWICE") != nullptr);
  CHECK(*response.value().Header("X-TWICE") == "one");
  CHECK(response.value().Header("X-Never") == nullptr);
}

TEST_CASE("only the final answer's headers count, not those of an interim one") {
  Registry registry;
  const auto client = MakeClient();
  registry.AddFault(
      RawAnswer("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\nContent-Length: 9999999\r\n\r\n"
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
  const Result<Response> response = client->Send(Within(), Get(registry.url() + "/"));
  REQUIRE(response.ok());
  CHECK(response.value().status == 200);
  CHECK(response.value().Header("X-Early") == nullptr);
}

TEST_CASE("trailers are dropped") {
  Registry registry;
  const auto client = MakeClient();
  registry.AddFault(
      RawAnswer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                "2\r\nok\r\n0\r\nX-Trailer: 1\r\n\r\n"));
  const Result<Response> response = client->Send(Within(), Get(registry.url() + "/"));
  REQUIRE(response.ok());
  CHECK(AsText(response.value().body) == "ok");
  CHECK(response.value().Header("X-Trailer") == nullptr);
}

TEST_CASE("repeated request headers are sent as repeated lines, in order, also empty ones") {
  Registry registry;
  const auto client = MakeClient();
  Request request = Get(registry.url() + "/v2/");
  request.headers = {{"Accept", "a/b"}, {"Accept", "c/d"}, {"X-Empty", ""}};
  REQUIRE(client->Send(Within(), request).ok());
  const test::RequestRecord seen = registry.requests().at(0);
  CHECK(seen.HeaderAll("Accept") == std::vector<std::string>{"a/b", "c/d"});
  CHECK(seen.HeaderAll("X-Empty") == std::vector<std::string>{""});
}

TEST_CASE("a request carries nothing that nobody asked for") {
  Registry registry;
  const auto client = MakeClient();
  const std::string body(std::size_t{2} * 1024 * 1024, 'b');  // libcurl would wait for 100 here
  Request request = Get(registry.url() + "/v2/app/blobs/uploads/");
  request.method = GENERATE("POST", "PUT", "PATCH");
  request.body = AsBytes(body);
  REQUIRE(client->Send(Within(), request).ok());
  const test::RequestRecord seen = registry.requests().at(0);
  CHECK(seen.body_size == body.size());
  std::set<std::string> names;
  for (const auto& [name, value] : seen.headers) names.insert(name);
  CHECK(names == std::set<std::string>{"Host", "User-Agent", "Accept", "Content-Length"});
  CHECK(*seen.Header("User-Agent") == "hallmark-test/1");
}

TEST_CASE("writes without a body announce an empty one") {
  Registry registry;
  const auto client = MakeClient();
  Request request = Get(registry.url() + "/v2/app/blobs/uploads/");
  request.method = GENERATE("POST", "PUT");
  REQUIRE(client->Send(Within(), request).ok());
  REQUIRE(registry.requests().at(0).Header("Content-Length") != nullptr);
  CHECK(*registry.requests().at(0).Header("Content-Length") == "0");
}

TEST_CASE("HEAD brings headers only, whatever length they announce") {
  Registry registry;
  registry.PutManifest("app", "1", "application/x", std::string(5000, 'm'));
  const auto client = MakeClient();
  Request request = Get(registry.url() + "/v2/app/manifests/1", 10);
  request.method = "HEAD";
  const Result<Response> response = client->Send(Within(), request);
  REQUIRE(response.ok());
  CHECK(response.value().status == 200);
  CHECK(response.value().body.empty());
  CHECK(*response.value().Header("content-length") == "5000");
}

TEST_CASE("DELETE is sent as such") {
  Registry registry;
  registry.PutManifest("app", "1", "application/x", "m");
  const auto client = MakeClient();
  Request request = Get(registry.url() + "/v2/app/manifests/1");
  request.method = "DELETE";
  CHECK(client->Send(Within(), request).value().status == 202);
  CHECK(registry.Tags("app").empty());
}

TEST_CASE("a redirect is returned, not followed") {
  Registry registry;
  Registry other;
  const auto client = MakeClient();
  Fault redirect = Faulty(Fault::Kind::kRedirect);
  redirect.target = other.url() + "{path}";
  registry.AddFault(redirect);
  const Result<Response> response = client->Send(Within(), Get(registry.url() + "/v2/?a=b"));
  REQUIRE(response.ok());
  CHECK(response.value().status == 307);
  CHECK(*response.value().Header("Location") == other.url() + "/v2/?a=b");
  CHECK(other.connections() == 0);
}

TEST_CASE("compression is neither offered nor undone") {
  Registry registry;
  const auto client = MakeClient();
  const std::string gzip("\x1f\x8b\x08\x00 not really", 15);
  registry.AddFault(AnswerWith(200, {{"Content-Encoding", "gzip"}}, gzip));
  const Result<Response> response = client->Send(Within(), Get(registry.url() + "/v2/"));
  REQUIRE(response.ok());
  CHECK(AsText(response.value().body) == gzip);
  CHECK(registry.requests().at(0).Header("Accept-Encoding") == nullptr);
}

TEST_CASE("cookies do not come back") {
  Registry registry;
  const auto client = MakeClient();
  registry.AddFault(AnswerWith(200, {{"Set-Cookie", "id=1; Path=/"}}, ""));
  REQUIRE(client->Send(Within(), Get(registry.url() + "/v2/")).ok());
  REQUIRE(client->Send(Within(), Get(registry.url() + "/v2/")).ok());
  CHECK(registry.requests().at(1).Header("Cookie") == nullptr);
}

TEST_CASE("the path goes out as it is written") {
  Registry registry;
  const auto client = MakeClient();
  REQUIRE(client->Send(Within(), Get(registry.url() + "/v2/a/../b/%2e%2e/c?x=%2F")).ok());
  CHECK(registry.requests().at(0).path == "/v2/a/../b/%2e%2e/c");
  CHECK(registry.requests().at(0).query == "x=%2F");
}

TEST_CASE("requests one after another share one connection, also after errors of status") {
  Registry registry;
  const auto client = MakeClient();
  const std::string body = "{}";
  for (int i = 0; i < 5; ++i) {
    REQUIRE(client->Send(Within(), Get(registry.url() + "/v2/")).ok());
    REQUIRE(client->Send(Within(), Get(registry.url() + "/v2/app/manifests/none")).ok());
    Request post = Get(registry.url() + "/v2/app/blobs/uploads/");
    post.method = "POST";
    post.body = AsBytes(body);
    REQUIRE(client->Send(Within(), post).ok());
  }
  CHECK(registry.requests().size() == 15);
  CHECK(registry.connections() == 1);
}

TEST_CASE("two hosts in turn keep a connection each") {
  Registry one;
  Registry two;
  const auto client = MakeClient();
  for (int i = 0; i < 3; ++i) {
    REQUIRE(client->Send(Within(), Get(one.url() + "/v2/")).ok());
    REQUIRE(client->Send(Within(), Get(two.url() + "/v2/")).ok());
  }
  CHECK(one.connections() == 1);
  CHECK(two.connections() == 1);
}

TEST_CASE("a kept connection that was closed meanwhile is replaced") {
  Registry registry;
  const auto client = MakeClient();
  registry.AddFault(Faulty(Fault::Kind::kCloseAfter));
  REQUIRE(client->Send(Within(), Get(registry.url() + "/v2/")).ok());
  registry.ClearFaults();
  CHECK(client->Send(Within(), Get(registry.url() + "/v2/")).ok());
  CHECK(registry.connections() == 2);
}

TEST_CASE("one client serves several threads") {
  Registry registry;
  const auto client = MakeClient();
  std::vector<std::jthread> threads;
  std::atomic<int> answered = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 10; ++n) {
        const Result<Response> response = client->Send(Within(), Get(registry.url() + "/v2/"));
        if (response.ok() && response.value().status == 200) ++answered;
      }
    });
  }
  threads.clear();
  CHECK(answered == 80);
  CHECK(registry.connections() <= 8);
}

TEST_CASE("every exchange is told: method, host, path without query, status or 0") {
  Registry registry;
  const auto client = MakeClient();
  Recorder recorder;
  Context context = Within();
  context.events = &recorder;
  REQUIRE(client->Send(context, Get(registry.url() + "/v2/?secret=1")).ok());
  registry.AddFault(Faulty(Fault::Kind::kReset));
  REQUIRE_FALSE(client->Send(context, Get(registry.url() + "/v2/x")).ok());
  const auto seen = recorder.seen();
  REQUIRE(seen.size() == 2);
  CHECK(seen[0].method == "GET");
  CHECK(seen[0].host == registry.host());
  CHECK(seen[0].path == "/v2/");
  CHECK(seen[0].status == 200);
  CHECK(seen[1].path == "/v2/x");
  CHECK(seen[1].status == 0);
}

}  // namespace
}  // namespace hallmark::net
