#include "hallmark/store/registry/internal/challenge.h"
#include "hallmark/store/registry/internal/link.h"
#include "hallmark/store/registry/internal/retry_after.h"
#include "hallmark/store/registry/internal/token_answer.h"
#include "tests/support/catch.h"

namespace hallmark::store::registry {
namespace {

net::Response With(net::Headers headers, int status = 200) {
  net::Response response;
  response.status = status;
  response.headers = std::move(headers);
  return response;
}

std::vector<Challenge> Challenges(std::string line) {
  return ParseChallenges(With({{"WWW-Authenticate", std::move(line)}}));
}

std::string Next(std::string line) {
  const auto next = NextLink(With({{"Link", std::move(line)}}));
  if (!next.ok()) return std::string(ToWord(next.error().code()));
  return next.value().value_or("none");
}

}  // namespace

TEST_CASE("challenges are read, several a line and in several lines") {
  const auto one = Challenges(
      R"(Bearer realm="https://a.example/t?x=\"y\"",service="a, b",scope="x:y", Basic realm=z)");
  REQUIRE(one.size() == 2);
  CHECK(one[0].scheme == "bearer");
  CHECK(one[0].params.at("realm") == R"(https://a.example/t?x="y")");
  CHECK(one[0].params.at("service") == "a, b");
  CHECK(one[1].scheme == "basic");
  CHECK(one[1].params.at("realm") == "z");
  CHECK(ParseChallenges(With({{"www-authenticate", "Basic"}, {"WWW-Authenticate", "Bearer a=b"}}))
            .size() == 2);
}

TEST_CASE("broken challenges end where they break") {
  CHECK(Challenges("").empty());
  CHECK(Challenges("=x").empty());
  CHECK(Challenges("realm=\"x\"").empty());
  CHECK(Challenges("Bearer realm=\"open").front().params.empty());
  CHECK(Challenges("Bearer realm=\"open\\").front().params.empty());
  CHECK(Challenges("Bearer realm=\"first\",realm=\"second\"").front().params.at("realm") ==
        "first");
  std::string many = "Bearer ";
  for (int i = 0; i < 100; ++i) many += "p" + std::to_string(i) + "=x,";
  CHECK(Challenges(many).front().params.size() == 16);
}

TEST_CASE("the next page is the link that says so") {
  CHECK(Next(R"(</v2/x?n=1>; rel="next")") == "/v2/x?n=1");
  CHECK(Next(R"(</a,b>; rel=prev, </c>; title="x"; REL=next)") == "/c");
  CHECK(Next(R"(</a>; rel="prev")") == "none");
  CHECK(Next("</a>") == "none");
  CHECK(Next("") == "none");
  CHECK(Next(" , ") == "none");
  CHECK_FALSE(NextLink(With({})).value().has_value());
  CHECK(NextLink(With({{"link", "</a>; rel=prev"}, {"LINK", "</b>; rel=next"}})).value() == "/b");
}

TEST_CASE("the next page is found behind quotes, among several relations, in any case") {
  CHECK(Next(R"(</a>; title="x;y, </z>; rel=next"; rel="next")") == "/a");
  CHECK(Next(R"(</a>; title="say \"x\"; "; rel=next)") == "/a");
  CHECK(Next(R"(</a>; title="</z>; rel=next"; rel=prev, </c>; rel=next)") == "/c");
  CHECK(Next(R"(</a>; title="rel=next")") == "none");
  CHECK(Next(R"(</a>; rel="next last")") == "/a");
  CHECK(Next("</a>; rel=\"last \tNEXT\"") == "/a");
  CHECK(Next(R"(</a>; ReL = Next ; crossorigin, </b>)") == "/a");
  CHECK(Next(R"(</a>; crossorigin; rel=next)") == "/a");
  CHECK(Next(R"(</a>; rel="nextpage x-next")") == "none");
  CHECK(Next(R"(,, </a;b,c>;rel=next;)") == "/a;b,c");
}

TEST_CASE("a Link header that does not read as one is no last page") {
  for (const char* line : {"</a; rel=next", "/a; rel=next", "rel=next", "\"</a>\"; rel=next",
                           "</a> rel=next", "</a>; title=\"open; rel=next", "</a>; title=\"open\\",
                           "</a>; rel=\"prev\" next", "</a>; rel=prev, /b; rel=next", "<"}) {
    CHECK(Next(line) == "protocol");
  }
}

TEST_CASE("Retry-After is seconds, or a date read against the answer's own") {
  using std::chrono::seconds;
  const std::string now = "Sun, 06 Nov 1994 08:49:37 GMT";
  const std::string later = "Sun, 06 Nov 1994 08:50:07 GMT";
  CHECK(RetryAfter(With({{"Retry-After", "7"}}, 429)) == seconds(7));
  CHECK(RetryAfter(With({{"Retry-After", "7"}}, 503)) == seconds(7));
  CHECK(RetryAfter(With({{"Retry-After", later}, {"Date", now}}, 429)) == seconds(30));
  CHECK(RetryAfter(With({{"Retry-After", now}, {"Date", later}}, 429)) == seconds(0));
  CHECK(RetryAfter(With({{"Retry-After", "4000000000"}}, 429)) == seconds(86400));
  CHECK_FALSE(RetryAfter(With({{"Retry-After", "7"}}, 500)));
  CHECK_FALSE(RetryAfter(With({}, 429)));
  for (const char* text : {"-1", "1.5", "soon", "", "99999999999"}) {
    CHECK_FALSE(RetryAfter(With({{"Retry-After", text}, {"Date", now}}, 429)));
  }
  CHECK_FALSE(RetryAfter(With({{"Retry-After", later}}, 429)));
}

TEST_CASE("HTTP dates") {
  CHECK(ParseHttpDate("Sun, 06 Nov 1994 08:49:37 GMT")->time_since_epoch().count() == 784111777);
  for (const char* text : {"Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
                           "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT",
                           "Sun, 06 Xxx 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 UTC"}) {
    CHECK_FALSE(ParseHttpDate(text));
  }
}

TEST_CASE("a wait ends at the deadline or a stop request, and not beyond") {
  using std::chrono::steady_clock;
  const Context late{steady_clock::now() + std::chrono::milliseconds(50), {}, nullptr};
  const auto start = steady_clock::now();
  CHECK(Wait(late, std::chrono::seconds(60)).error().code() == ErrorCode::kTimeout);
  std::stop_source stop;
  stop.request_stop();
  const Context stopped{steady_clock::now() + std::chrono::hours(1), stop.get_token(), nullptr};
  CHECK(Wait(stopped, std::chrono::seconds(60)).error().code() == ErrorCode::kTimeout);
  CHECK(steady_clock::now() - start < std::chrono::seconds(30));
  const Context free{steady_clock::now() + std::chrono::hours(1), {}, nullptr};
  CHECK(Wait(free, std::chrono::milliseconds(1)).ok());
}

TEST_CASE("tokens are read from either member and live as long as they say") {
  const auto asked = std::chrono::steady_clock::now();
  const auto token = ParseTokenAnswer(AsBytes(R"({"token":"abc","expires_in":100})"), asked);
  REQUIRE(token.ok());
  CHECK(AsText(token.value().secret.ExposeSecret()) == "abc");
  CHECK(token.value().expires == asked + std::chrono::seconds(90));
  CHECK(ParseTokenAnswer(AsBytes(R"({"token":"","access_token":"x"})"), asked).ok());
  for (const char* body : {"", "{}", "[]", R"({"token":1})", R"({"token":"a b"})",
                           R"({"token":"a\nb"})", R"({"token":"a"} x)"}) {
    CHECK(ParseTokenAnswer(AsBytes(body), asked).error().code() == ErrorCode::kProtocol);
  }
  const std::string huge = R"({"token":")" + std::string(40'000, 'a') + "\"}";
  CHECK_FALSE(ParseTokenAnswer(AsBytes(huge), asked).ok());
}

}  // namespace hallmark::store::registry
