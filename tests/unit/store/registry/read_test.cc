#include <set>

#include "hallmark/oci/limits.h"
#include "hallmark/store/limits.h"
#include "tests/support/catch.h"
#include "tests/unit/store/registry/registry_test.h"

namespace hallmark::store {
namespace {

using Kind = test::Fault::Kind;
using Lines = std::vector<std::string>;
constexpr std::string_view kByTag = "/v2/app/manifests/1.4";

}  // namespace

TEST_CASE("a tag costs one request and no ping, and asks for all four types") {
  const World world;
  Client client;
  const auto manifest = client.store.FetchManifest(testing::PatientContext(), world.Tag("1.4"));
  CHECK(testing::Must(manifest).digest() == world.image.digest());
  CHECK(world.Log() == Lines{"GET /v2/app/manifests/1.4 200"});
  CHECK(world.registry.requests().front().HeaderAll("Accept").size() == 4);
}

TEST_CASE("verifying by digest costs two listings' requests on one connection") {
  test::RegistryOptions options;
  SECTION("with the API: the manifest and the listing") {
    const World world;
    Client client;
    const Context context = testing::PatientContext();
    testing::Must(client.store.FetchManifest(context, world.At(world.image.digest())));
    CHECK_FALSE(
        client.store.Referrers(context, world.Repository(), world.image.digest(), kType).gap);
    CHECK(world.registry.requests().size() == 2);
    CHECK(world.registry.connections() == 1);
  }
  options.referrers_api = false;
  SECTION("without: the manifest, the API's 404 and the tag") {
    const World world(options);
    Client client;
    const Context context = testing::PatientContext();
    testing::Must(client.store.FetchManifest(context, world.At(world.image.digest())));
    CHECK_FALSE(
        client.store.Referrers(context, world.Repository(), world.image.digest(), kType).gap);
    CHECK(world.registry.requests().size() == 3);
    CHECK(world.registry.connections() == 1);
  }
}

TEST_CASE("A06: other bytes under a digest are a mismatch") {
  World world;
  Client client;
  const Context context = testing::PatientContext();
  SECTION("a manifest") {
    world.registry.CorruptManifest("app", world.image.digest().ToString(),
                                   AsText(testing::MakeImage("b").manifest.bytes()));
    CHECK(CodeOf(client.store.FetchManifest(context, world.At(world.image.digest()))) ==
          ErrorCode::kMismatch);
  }
  SECTION("a blob") {
    const oci::Content& layer = world.image.layers.front();
    world.registry.CorruptBlob("app", layer.digest().ToString(),
                               std::string(layer.bytes().size(), 'x'));
    CHECK(CodeOf(client.store.Fetch(context, world.Repository(), layer.descriptor())) ==
          ErrorCode::kMismatch);
  }
  SECTION("a tag whose announced digest is not that of its bytes") {
    world.registry.AddFault(Faulty(kByTag, Kind::kWrongBytes));
    CHECK(CodeOf(client.store.FetchManifest(context, world.Tag("1.4"))) == ErrorCode::kMismatch);
  }
}

TEST_CASE("A77: each way to fail has its own code") {
  World world;
  Client client;
  test::Fault fault;
  ErrorCode want{};
  const test::HeaderLines html = {{"Content-Type", "text/html"}};
  SECTION("401 without a challenge") {
    fault = Answer(kByTag, 401);
    want = ErrorCode::kDenied;
  }
  SECTION("403") {
    fault = Answer(kByTag, 403);
    want = ErrorCode::kDenied;
  }
  SECTION("404 as a web page") {
    fault = Answer(kByTag, 404, html, "<html>nothing here</html>");
    want = ErrorCode::kProtocol;
  }
  SECTION("404 in the registry's words") {
    fault = Answer(kByTag, 404, {{"Content-Type", "application/json"}},
                   R"({"errors":[{"code":"MANIFEST_UNKNOWN","message":"no"}]})");
    want = ErrorCode::kNotFound;
  }
  SECTION("404 with nothing") {
    fault = Answer(kByTag, 404);
    want = ErrorCode::kProtocol;
  }
  SECTION("404 with other JSON") {
    fault = Answer(kByTag, 404, {{"Content-Type", "application/json"}}, R"({"errors":[{}]})");
    want = ErrorCode::kProtocol;
  }
  SECTION("429") {
    fault = Answer(kByTag, 429);
    want = ErrorCode::kThrottled;
  }
  SECTION("500") {
    fault = Answer(kByTag, 500);
    want = ErrorCode::kUnavailable;
  }
  SECTION("418") {
    fault = Answer(kByTag, 418);
    want = ErrorCode::kProtocol;
  }
  SECTION("200 as a web page") {
    fault = Answer(kByTag, 200, html, "<html>log in</html>");
    want = ErrorCode::kProtocol;
  }
  SECTION("200 with nothing") {
    fault = Answer(kByTag, 200, {{"Content-Type", "application/vnd.oci.image.manifest.v1+json"}});
    want = ErrorCode::kProtocol;
  }
  SECTION("reset") {
    fault = Faulty(kByTag, Kind::kReset);
    want = ErrorCode::kUnavailable;
  }
  SECTION("cut") {
    fault = Faulty(kByTag, Kind::kCut);
    want = ErrorCode::kProtocol;
  }
  SECTION("endless") {
    fault = Faulty(kByTag, Kind::kEndless);
    want = ErrorCode::kLimit;
  }
  SECTION("larger than any manifest") {
    fault = Faulty(kByTag, Kind::kEnlarge);
    fault.size = oci::kMaxManifestBytes + 1;
    want = ErrorCode::kLimit;
  }
  world.registry.AddFault(fault);
  const auto manifest = client.store.FetchManifest(testing::PatientContext(), world.Tag("1.4"));
  CHECK(CodeOf(manifest) == want);
  CHECK(manifest.error().message().find("GET " + world.registry.host() + std::string(kByTag)) !=
        std::string::npos);
}

TEST_CASE("silence ends with the deadline") {
  World world;
  Client client;
  test::Fault fault = Faulty(kByTag, Kind::kDelay);
  fault.delay = std::chrono::seconds(20);
  world.registry.AddFault(fault);
  CHECK(CodeOf(client.store.FetchManifest(Within(std::chrono::milliseconds(200)),
                                          world.Tag("1.4"))) == ErrorCode::kTimeout);
}

TEST_CASE("an error says the registry's own words, made printable") {
  World world;
  Client client;
  world.registry.AddFault(
      Answer(kByTag, 403, {{"Content-Type", "application/json"}},
             R"({"errors":[{"code":"DENIED","message":"quota \u001b[31m exceeded"}]})"));
  const auto manifest = client.store.FetchManifest(testing::PatientContext(), world.Tag("1.4"));
  const std::string message = manifest.error().message();
  CHECK(message.find("403 (DENIED: quota") != std::string::npos);
  CHECK(message.find('\x1b') == std::string::npos);
}

TEST_CASE("A79: content is no larger than announced") {
  World world;
  Client client;
  const Context context = testing::PatientContext();
  oci::Descriptor layer = world.image.layers.front().descriptor();
  SECTION("announced too large: no request") {
    layer.size = kMaxBlobBytes + 1;
    CHECK(CodeOf(client.store.Fetch(context, world.Repository(), layer)) == ErrorCode::kLimit);
    CHECK(world.Log().empty());
  }
  SECTION("100 MiB where a few bytes were announced") {
    test::Fault fault = Faulty("/v2/app/blobs/", GENERATE(Kind::kEnlarge, Kind::kOversize));
    fault.size = std::size_t{100} << 20;
    world.registry.AddFault(fault);
    CHECK(CodeOf(client.store.Fetch(context, world.Repository(), layer)) == ErrorCode::kLimit);
  }
  SECTION("a little too much") {
    layer.size -= 1;
    CHECK(CodeOf(client.store.Fetch(context, world.Repository(), layer)) == ErrorCode::kLimit);
  }
  SECTION("too little") {
    layer.size += 1;
    CHECK(CodeOf(client.store.Fetch(context, world.Repository(), layer)) == ErrorCode::kMismatch);
  }
}

TEST_CASE("A13: a Content-Type that is not the descriptor's media type is malformed") {
  World world;
  Client client;
  const oci::Descriptor& manifest = world.image.manifest.descriptor();
  world.registry.AddFault(
      Answer("/v2/app/manifests/sha256:", 200,
             {{"Content-Type", "application/vnd.oci.image.index.v1+json; charset=utf-8"}},
             std::string(AsText(world.image.manifest.bytes()))));
  CHECK(CodeOf(client.store.Fetch(testing::PatientContext(), world.Repository(), manifest)) ==
        ErrorCode::kMalformed);
}

TEST_CASE("a read is repeated once after a reset on a kept connection") {
  World world;
  Client client;
  const Context context = testing::PatientContext();
  testing::Must(client.store.FetchManifest(context, world.Tag("1.4")));
  test::Fault fault = Faulty(kByTag, Kind::kReset);
  SECTION("one reset is overcome") {
    fault.times = 1;
    world.registry.AddFault(fault);
    CHECK(client.store.FetchManifest(context, world.Tag("1.4")).ok());
  }
  SECTION("a registry that goes on so is unreachable") {
    world.registry.AddFault(fault);
    CHECK(CodeOf(client.store.FetchManifest(context, world.Tag("1.4"))) == ErrorCode::kUnavailable);
  }
}

TEST_CASE("Retry-After is honoured while the deadline allows") {
  World world;
  Client client;
  test::HeaderLines after = {{"Retry-After", "1"}};
  const int status = GENERATE(429, 503);
  SECTION("a second is waited for") {
    test::Fault fault = Answer(kByTag, status, after);
    fault.times = 1;
    world.registry.AddFault(fault);
    const auto start = std::chrono::steady_clock::now();
    CHECK(client.store.FetchManifest(testing::PatientContext(), world.Tag("1.4")).ok());
    CHECK(std::chrono::steady_clock::now() - start >= std::chrono::seconds(1));
  }
  SECTION("past the deadline nothing is waited for") {
    after.front().second = "60";
    world.registry.AddFault(Answer(kByTag, status, after));
    const auto start = std::chrono::steady_clock::now();
    CHECK(CodeOf(client.store.FetchManifest(Within(std::chrono::seconds(30)), world.Tag("1.4"))) ==
          (status == 429 ? ErrorCode::kThrottled : ErrorCode::kUnavailable));
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
    CHECK(world.registry.requests().size() == 1);
  }
  SECTION("again and again in no time ends") {
    after.front().second = "0";
    world.registry.AddFault(Answer(kByTag, status, after));
    CHECK_FALSE(client.store.FetchManifest(testing::PatientContext(), world.Tag("1.4")).ok());
    CHECK(world.registry.requests().size() == 9);
  }
}

TEST_CASE("A83: redirects") {
  World world;
  test::Registry other;
  other.PutManifest("app", "1.4", world.image.manifest.descriptor().media_type,
                    AsText(world.image.manifest.bytes()));
  Client client;
  const Context context = testing::PatientContext();
  test::Fault fault = Faulty(kByTag, Kind::kRedirect);
  fault.status = GENERATE(301, 302, 303, 307, 308);
  SECTION("to another host are followed, and the digest decides") {
    fault.target = other.url() + "{path}";
    world.registry.AddFault(fault);
    CHECK(testing::Must(client.store.FetchManifest(context, world.Tag("1.4"))).digest() ==
          world.image.digest());
  }
  SECTION("in a circle end") {
    fault.target = "{path}";
    world.registry.AddFault(fault);
    CHECK(CodeOf(client.store.FetchManifest(context, world.Tag("1.4"))) == ErrorCode::kProtocol);
    CHECK(world.registry.requests().size() == 6);
  }
  SECTION("with user and password are refused") {
    fault.target = "http://u:p@" + other.host() + "{path}";
    world.registry.AddFault(fault);
    CHECK(CodeOf(client.store.FetchManifest(context, world.Tag("1.4"))) == ErrorCode::kProtocol);
    CHECK(other.requests().empty());
  }
  SECTION("to plain http elsewhere and to other schemes are refused") {
    fault.target = GENERATE("http://registry.example/x", "file:///etc/passwd",
                            "http://169.254.169.254/", "ftp://127.0.0.1/");
    world.registry.AddFault(fault);
    CHECK(CodeOf(client.store.FetchManifest(context, world.Tag("1.4"))) == ErrorCode::kProtocol);
  }
}

}  // namespace hallmark::store
