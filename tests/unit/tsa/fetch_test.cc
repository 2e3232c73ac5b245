#include "hallmark/tsa/fetch.h"

#include <functional>

#include "hallmark/encoding/der.h"
#include "hallmark/tsa/limits.h"
#include "tests/support/catch.h"
#include "tests/support/world/doubles.h"
#include "tests/unit/tsa/tsa_test.h"

namespace hallmark::testing {
namespace {

const std::string kUrl = "http://time.test/stamp?token=secret";

class ScriptedHttp final : public net::HttpClient {
 public:
  using Script = std::function<Result<net::Response>(const net::Request&)>;
  explicit ScriptedHttp(Script script) : script_(std::move(script)) {}
  Result<net::Response> Send(const Context&, const net::Request& request) override {
    asked.push_back(request);
    body = Bytes(request.body.begin(), request.body.end());
    return script_(request);
  }
  std::vector<net::Request> asked;
  Bytes body;

 private:
  Script script_;
};

tsa::Imprint Wanted() {
  return tsa::Imprint::Of(crypto::HashAlgorithm::kSha256, AsBytes(kMessage));
}

// The nonce of a request, as an element.
Bytes NonceOf(ByteView request) {
  encoding::der::Reader whole(request);
  encoding::der::Reader body = whole.Enter(encoding::der::kSequence);
  body.TakeWhole();
  body.TakeWhole();
  const ByteView nonce = body.TakeWhole();
  return {nonce.begin(), nonce.end()};
}

net::Response Reply(Bytes body, const std::string& type = "application/timestamp-reply") {
  return {200, {{"Content-Type", type}}, std::move(body)};
}

Bytes Answer(const net::Request& request) {
  static const TimestampAuthority authority = TimestampAuthority::Make();
  TokenSpec spec = SpecFor(kMessage);
  spec.nonce = NonceOf(request.body);
  return MakeResponse(MakeToken(authority, spec));
}

std::string Fetched(ScriptedHttp::Script script) {
  ScriptedHttp http(std::move(script));
  const std::string said = SayParsed(tsa::Fetch(PatientContext(), http, kUrl, Wanted()));
  CHECK(http.asked.size() == 1);
  CHECK(said.find("secret") == std::string::npos);
  return said;
}

std::string FetchedStatus(int status) {
  return Fetched([&](const net::Request& request) {
    net::Response response = Reply(Answer(request));
    response.status = status;
    response.headers.emplace_back("Location", "http://169.254.169.254/");
    return response;
  });
}

}  // namespace

TEST_CASE("an authority is asked once, by POST, without credentials") {
  ScriptedHttp http([](const net::Request& request) { return Reply(Answer(request)); });
  REQUIRE(tsa::Fetch(PatientContext(), http, kUrl, Wanted()).ok());
  REQUIRE(http.asked.size() == 1);
  const net::Request& request = http.asked[0];
  CHECK(request.method == "POST");
  CHECK(request.url == kUrl);
  CHECK(request.headers == net::Headers{{"Content-Type", "application/timestamp-query"},
                                        {"Accept", "application/timestamp-reply"}});
  CHECK(request.max_response_bytes == tsa::kMaxResponseBytes);
  const Bytes first = NonceOf(http.body);
  REQUIRE(tsa::Fetch(PatientContext(), http, kUrl, Wanted()).ok());
  CHECK(NonceOf(http.body) != first);
}

TEST_CASE("what stands in the way of a token is told by its kind") {
  const std::string at = "timestamp authority http://time.test/stamp: ";
  CHECK(Fetched([](const net::Request&) { return Error(ErrorCode::kTimeout, "late"); }) ==
        "timeout: " + at + "late");
  CHECK(Fetched([](const net::Request&) {
          return Error(ErrorCode::kUnavailable, "no connection");
        }) == "unreachable: " + at + "no connection");
  CHECK(FetchedStatus(401) == "auth: " + at + "status 401");
  CHECK(FetchedStatus(403) == "auth: " + at + "status 403");
  CHECK(FetchedStatus(404) == "protocol: " + at + "status 404");
  CHECK(FetchedStatus(408) == "unreachable: " + at + "status 408");
  CHECK(FetchedStatus(429) == "throttled: " + at + "status 429");
  CHECK(FetchedStatus(500) == "unreachable: " + at + "status 500");
  CHECK(FetchedStatus(201) == "protocol: " + at + "status 201");
  for (const int status : {301, 302, 307, 308}) {
    CHECK(FetchedStatus(status) ==
          "protocol: " + at + "status " + std::to_string(status) + ", redirects are not followed");
  }
}

TEST_CASE("an answer of another type is none (A77)") {
  const auto typed = [](const std::string& type) {
    return Fetched([&](const net::Request& request) { return Reply(Answer(request), type); });
  };
  CHECK(typed("Application/Timestamp-Reply ; charset=x") == "parsed");
  CHECK(typed("text/html").starts_with("protocol: "));
  CHECK(typed("").starts_with("protocol: "));
  CHECK(Fetched([](const net::Request& request) {
          return net::Response{200, {}, Answer(request)};
        }).starts_with("protocol: "));
}

TEST_CASE("an answer that cannot be read, or is another's, is no token") {
  CHECK(Fetched([](const net::Request&) { return Reply({}); }).starts_with("protocol: "));
  CHECK(Fetched([](const net::Request&) {
          return Reply(Bytes(100, 0x30));
        }).starts_with("protocol: "));
  CHECK(Fetched([](const net::Request&) {
          return Reply(Bytes(tsa::kMaxResponseBytes + 1));
        }).starts_with("limit: "));
  Bytes kept;  // an answer to another request
  CHECK(Fetched([&](const net::Request& request) {
          kept = Answer(request);
          return Reply(kept);
        }) == "parsed");
  CHECK(Fetched([&](const net::Request&) { return Reply(kept); }).starts_with("protocol: "));
  CHECK(Fetched([](const net::Request&) {
          return Reply(MakeResponse({}, Der(0x30, {DerNumber(2)})));
        }).starts_with("auth: "));
}

}  // namespace hallmark::testing
