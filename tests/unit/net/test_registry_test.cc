// The test registry itself: what its users rely on.

#include "tests/unit/net/net_test.h"

namespace hallmark::net {
namespace {

using test::Registry;
using test::Sha256Of;

constexpr std::string_view kType = "application/vnd.oci.image.manifest.v1+json";

Response Ask(const Registry& registry, std::string method, const std::string& path,
             Headers headers = {}, std::string_view body = {}) {
  const Request request{std::move(method), registry.url() + path, std::move(headers), AsBytes(body),
                        1 << 20};
  const Result<Response> response = MakeClient()->Send(Within(), request);
  REQUIRE(response.ok());
  return response.value();
}

std::string HeaderOf(const Response& response, std::string_view name) {
  const std::string* value = response.Header(name);
  return value == nullptr ? "(none)" : *value;
}

std::string ManifestAbout(std::string_view subject, std::string_view note) {
  return R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",)"
         R"("artifactType":"a/b","config":{"mediaType":"application/vnd.oci.empty.v1+json",)"
         R"("digest":")" +
         Sha256Of("{}") + R"(","size":2},"layers":[],"subject":{"mediaType":"x","digest":")" +
         std::string(subject) + R"(","size":1},"annotations":{"n":")" + std::string(note) +
         R"("}})";
}

std::string Digest() { return Sha256Of("an image"); }

TEST_CASE("a blob goes up by POST and PUT, and only under its own digest") {
  Registry registry;
  const Response started = Ask(registry, "POST", "/v2/app/blobs/uploads/");
  CHECK(started.status == 202);
  const std::string wrong = HeaderOf(started, "Location") + "&digest=" + Sha256Of("other");
  CHECK(Ask(registry, "PUT", wrong, {}, "{}").status == 400);
  const Response again = Ask(registry, "POST", "/v2/app/blobs/uploads/");
  const std::string right = HeaderOf(again, "Location") + "&digest=" + Sha256Of("{}");
  CHECK(Ask(registry, "PUT", right, {}, "{}").status == 201);
  CHECK(registry.Blob("app", Sha256Of("{}")) == "{}");
  CHECK(Ask(registry, "HEAD", "/v2/app/blobs/" + Sha256Of("{}")).status == 200);
  const std::string mount = "?mount=" + Sha256Of("{}") + "&from=app";
  CHECK(Ask(registry, "POST", "/v2/other/blobs/uploads/" + mount).status == 201);
}

TEST_CASE("a manifest needs its blobs, and tells its subject where the API is on") {
  test::RegistryOptions options;
  options.referrers_api = GENERATE(true, false);
  Registry registry(options);
  const std::string manifest = ManifestAbout(Digest(), "1");
  const Headers type = {{"Content-Type", std::string(kType)}};
  const Response early = Ask(registry, "PUT", "/v2/app/manifests/1", type, manifest);
  CHECK(early.status == 400);
  CHECK(AsText(early.body).find("MANIFEST_BLOB_UNKNOWN") != std::string_view::npos);
  registry.PutBlob("app", "{}");
  const Response put = Ask(registry, "PUT", "/v2/app/manifests/1", type, manifest);
  CHECK(put.status == 201);
  CHECK(HeaderOf(put, "Docker-Content-Digest") == Sha256Of(manifest));
  CHECK(HeaderOf(put, "OCI-Subject") == (options.referrers_api ? Digest() : "(none)"));
  CHECK(Ask(registry, "GET", "/v2/app/referrers/" + Digest()).status ==
        (options.referrers_api ? 200 : 404));
}

TEST_CASE("all Accept lines count") {
  Registry registry;
  registry.PutManifest("app", "1", kType, "{}");
  const auto status = [&](const Headers& accept) {
    return Ask(registry, "GET", "/v2/app/manifests/1", accept).status;
  };
  CHECK(status({{"Accept", "x/y"}}) == 404);
  CHECK(status({{"Accept", "x/y"}, {"Accept", std::string(kType)}}) == 200);
  CHECK(status({{"Accept", "x/y, " + std::string(kType)}}) == 200);
}

TEST_CASE("referrers are filtered and paged") {
  test::RegistryOptions options;
  options.page_size = 2;
  Registry registry(options);
  for (const char* note : {"1", "2", "3"}) {
    registry.PutManifest("app", "", kType, ManifestAbout(Digest(), note));
  }
  const std::string path = "/v2/app/referrers/" + Digest();
  const Response none = Ask(registry, "GET", path + "?artifactType=c/d");
  CHECK(HeaderOf(none, "OCI-Filters-Applied") == "artifactType");
  CHECK(AsText(none.body).find("sha256:") == std::string_view::npos);
  const Response first = Ask(registry, "GET", path + "?artifactType=a/b");
  const std::string link = HeaderOf(first, "Link");
  REQUIRE(link.starts_with("</v2/app/referrers/"));
  const Response second = Ask(registry, "GET", link.substr(1, link.find('>') - 1));
  CHECK(AsText(first.body).find(R"("n":"2")") != std::string_view::npos);
  CHECK(AsText(second.body).find(R"("n":"3")") != std::string_view::npos);
  CHECK(second.Header("Link") == nullptr);
}

TEST_CASE("conditional writes lose no update, if the registry honours them") {
  test::RegistryOptions options;
  options.etags = GENERATE(test::ETagMode::kHonoured, test::ETagMode::kIgnored);
  const bool honoured = options.etags == test::ETagMode::kHonoured;
  Registry registry(options);
  const Headers type = {{"Content-Type", "a/b"}};
  const auto put = [&](std::string_view bytes, const std::string& name, const std::string& value) {
    Headers headers = type;
    headers.emplace_back(name, value);
    return Ask(registry, "PUT", "/v2/app/manifests/t", headers, bytes).status;
  };
  CHECK(put("{}", "If-None-Match", "*") == 201);
  CHECK(put(R"({"a":1})", "If-None-Match", "*") == (honoured ? 412 : 201));
  const std::string tag = HeaderOf(Ask(registry, "GET", "/v2/app/manifests/t"), "ETag");
  CHECK(put(R"({"a":2})", "If-Match", tag) == 201);
  CHECK(put(R"({"a":3})", "If-Match", tag) == (honoured ? 412 : 201));
}

TEST_CASE("logins: basic") {
  test::RegistryOptions options;
  options.basic = "user:pass";
  Registry registry(options);
  CHECK(Ask(registry, "GET", "/v2/").status == 401);
  CHECK(Ask(registry, "GET", "/v2/", {{"Authorization", "Basic dXNlcjpwYXNz"}}).status == 200);
}

TEST_CASE("logins: tokens hold the scope they were asked for") {
  test::RegistryOptions options;
  options.basic = "user:pass";
  options.token_auth = true;
  options.anonymous_pull = true;
  Registry registry(options);
  registry.PutManifest("app", "1", kType, "{}");
  const Response refused = Ask(registry, "GET", "/v2/app/manifests/1");
  CHECK(refused.status == 401);
  CHECK(HeaderOf(refused, "WWW-Authenticate") ==
        "Bearer realm=\"" + registry.url() +
            "/token\",service=\"hallmark-test-registry\",scope=\"repository:app:pull\"");
  const auto token = [&](const Headers& login) {
    const Response answer =
        Ask(registry, "GET", "/token?service=x&scope=repository:app:pull,push", login);
    const std::string text(AsText(answer.body));
    const std::size_t begin = text.find("token-");
    return "Bearer " + text.substr(begin, text.find('"', begin) - begin);
  };
  const Headers anonymous = {{"Authorization", token({})}};
  const Headers known = {{"Authorization", token({{"Authorization", "Basic dXNlcjpwYXNz"}})}};
  CHECK(Ask(registry, "GET", "/v2/app/manifests/1", anonymous).status == 200);
  CHECK(Ask(registry, "POST", "/v2/app/blobs/uploads/", anonymous).status == 401);
  CHECK(Ask(registry, "POST", "/v2/app/blobs/uploads/", known).status == 202);
  CHECK(Ask(registry, "GET", "/v2/other/manifests/1", known).status == 401);
  CHECK(Ask(registry, "GET", "/token", {{"Authorization", "Basic eDp5"}}).status == 401);
}

TEST_CASE("a fault acts on the n-th match, so often, and is written as text too") {
  Registry registry;
  registry.AddFault(test::ParseFault(
      "method=GET;path=/v2/;at=2;times=1;do=answer;status=429;header=Retry-After: 1;body=a;b"));
  CHECK(Ask(registry, "GET", "/v2/").status == 200);
  const Response throttled = Ask(registry, "GET", "/v2/");
  CHECK(throttled.status == 429);
  CHECK(HeaderOf(throttled, "Retry-After") == "1");
  CHECK(AsText(throttled.body) == "a;b");
  CHECK(Ask(registry, "GET", "/v2/").status == 200);
  CHECK_THROWS(test::ParseFault("do=dance"));
  CHECK_THROWS(test::ParseFault("at=soon"));
  CHECK_THROWS(test::ParseFault("loose"));
}

TEST_CASE("faults that change the true answer") {
  Registry registry;
  registry.PutManifest("app", "1", kType, "{}");
  registry.PutManifest("app", "2", kType, R"({"a":1})");
  registry.PutManifest("app", "", kType, ManifestAbout(Digest(), "1"));
  const std::string body = GENERATE("do=wrong-bytes", "do=serve-other;target=2");
  registry.AddFault(test::ParseFault("path=/v2/app/manifests/1;" + body));
  registry.AddFault(test::ParseFault("regex=/referrers/;at=2;do=link-to;target=self"));
  registry.AddFault(test::ParseFault("regex=/referrers/;do=extra-referrers;body={\"lie\":1}"));
  const Response other = Ask(registry, "GET", "/v2/app/manifests/1");
  CHECK(AsText(other.body) != "{}");
  const std::string path = "/v2/app/referrers/" + Digest();
  const Response lie = Ask(registry, "GET", path);
  CHECK(AsText(lie.body).find(R"("manifests":[{"lie":1},{)") != std::string_view::npos);
  CHECK(HeaderOf(Ask(registry, "GET", path), "Link") == "<" + path + ">; rel=\"next\"");
}

TEST_CASE("a write whose answer is lost has happened all the same") {
  Registry registry;
  registry.AddFault(test::ParseFault("method=PUT;do=then-answer;status=503"));
  const Response put = Ask(registry, "PUT", "/v2/app/manifests/1", {{"Content-Type", "a/b"}}, "{}");
  CHECK(put.status == 503);
  CHECK(registry.Manifest("app", "1") == "{}");
}

}  // namespace
}  // namespace hallmark::net
