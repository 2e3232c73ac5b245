#include "hallmark/encoding/json.h"
#include "hallmark/oci/media_types.h"
#include "tests/support/catch.h"
#include "tests/unit/store/registry/registry_test.h"

namespace hallmark::store {
namespace {

using Kind = test::Fault::Kind;
using Lines = std::vector<std::string>;
constexpr std::string_view kFallback = "/v2/app/manifests/sha256-";

test::RegistryOptions WithoutApi(test::ETagMode etags = test::ETagMode::kNone) {
  test::RegistryOptions options;
  options.referrers_api = false;
  options.etags = etags;
  return options;
}

std::string FallbackTagOf(const World& world) { return "sha256-" + world.image.digest().hex(); }

// Methods and statuses of the requests for the referrers tag.
Lines TagLog(const World& world) {
  Lines lines;
  for (const test::RequestRecord& request : world.registry.requests()) {
    if (request.path.find("/manifests/sha256-") == std::string::npos) continue;
    lines.push_back(request.method + " " + std::to_string(request.status));
  }
  return lines;
}

void Sign(Client& client, const World& world, std::string_view payload) {
  testing::Put(client.store, world.Repository(), world.Referrer(payload));
}

std::size_t ListedCount(const World& world) {
  Client client;
  const Listing listing = client.store.Referrers(testing::PatientContext(), world.Repository(),
                                                 world.image.digest(), kType);
  CHECK_FALSE(listing.gap);
  return listing.entries.size();
}

}  // namespace

TEST_CASE("a new blob costs POST and PUT, a known one POST or nothing") {
  const World world;
  Client client;
  const Context context = testing::PatientContext();
  const oci::Content blob = world.Referrer("one").layer;
  testing::Must(client.store.PushBlob(context, world.Repository(), blob));
  REQUIRE(world.registry.requests().size() == 2);
  CHECK(world.registry.requests()[0].method == "POST");
  CHECK(world.registry.requests()[0].status == 202);
  CHECK(world.registry.requests()[1].method == "PUT");
  CHECK(world.registry.requests()[1].body_size == blob.bytes().size());
  CHECK(world.registry.Blob("app", blob.digest().ToString()) == AsText(blob.bytes()));
  testing::Must(client.store.PushBlob(context, world.Repository(), blob));
  CHECK(world.registry.requests().size() == 2);
  Client another;
  testing::Must(another.store.PushBlob(context, world.Repository(), blob));
  REQUIRE(world.registry.requests().size() == 3);
  CHECK(world.registry.requests()[2].status == 201);
}

TEST_CASE("a registry that refuses mounts gets a plain upload") {
  World world;
  test::Fault fault = Answer("/v2/app/blobs/uploads/?mount=", GENERATE(400, 404, 405));
  world.registry.AddFault(fault);
  Client client;
  const oci::Content blob = world.Referrer("one").layer;
  testing::Must(client.store.PushBlob(testing::PatientContext(), world.Repository(), blob));
  CHECK(world.registry.requests().size() == 3);
}

TEST_CASE("uploads that fail are errors") {
  World world;
  Client client;
  const oci::Content blob = world.Referrer("one").layer;
  test::Fault fault;
  ErrorCode want{};
  SECTION("no permission") {
    fault = Answer("/v2/app/blobs/uploads/", 403);
    want = ErrorCode::kDenied;
  }
  SECTION("disk full there") {
    fault = Answer("/v2/app/blobs/uploads/", 507);
    fault.at = 2;
    want = ErrorCode::kUnavailable;
  }
  SECTION("stored as something else") {
    fault =
        Answer("/v2/app/blobs/uploads/", 201, {{"Docker-Content-Digest", test::Sha256Of("other")}});
    want = ErrorCode::kMismatch;
  }
  SECTION("nowhere to go") {
    fault = Answer("/v2/app/blobs/uploads/", 202);
    want = ErrorCode::kProtocol;
  }
  SECTION("from http to a host in the clear") {
    fault = Answer("/v2/app/blobs/uploads/", 202, {{"Location", "http://evil.example/u"}});
    want = ErrorCode::kProtocol;
  }
  world.registry.AddFault(fault);
  CHECK(CodeOf(client.store.PushBlob(testing::PatientContext(), world.Repository(), blob)) == want);
}

TEST_CASE("A83: an upload whose Location is elsewhere gets no login") {
  test::RegistryOptions options;
  options.basic = "user:pass";
  World world(options);
  test::Registry other;
  test::Fault accept = Answer("/upload", 201);
  other.AddFault(accept);
  test::Fault fault = Faulty("/v2/app/blobs/uploads/", Kind::kLocation);
  fault.target = other.url() + "/upload?id=1";
  world.registry.AddFault(fault);
  RegistryOptions with_login;
  with_login.credentials = LoginFor(world.registry.host(), "user", "pass");
  Client client(with_login);
  const oci::Content blob = world.Referrer("one").layer;
  testing::Must(client.store.PushBlob(testing::PatientContext(), world.Repository(), blob));
  REQUIRE(other.requests().size() == 1);
  CHECK(other.requests().front().Header("Authorization") == nullptr);
  CHECK(other.requests().front().query.starts_with("id=1&digest=sha256%3A"));
}

TEST_CASE("signing where the API lists costs five requests for two new blobs") {
  const World world;
  Client client;
  Sign(client, world, "one");
  CHECK(world.registry.requests().size() == 5);
  CHECK(world.registry.requests().back().Header("Content-Type") != nullptr);
  CHECK(ListedCount(world) == 1);
  Client next;
  const std::size_t before = world.registry.requests().size();
  Sign(next, world, "two");
  CHECK(world.registry.requests().size() - before == 4);
}

TEST_CASE("the referrers tag without entity tags: read, write, two settled reads") {
  const World world(WithoutApi());
  Client client;
  Sign(client, world, "one");
  CHECK(TagLog(world) == Lines{"GET 404", "PUT 201", "GET 200", "GET 200"});
  CHECK(ListedCount(world) == 1);
}

TEST_CASE("the referrers tag where conditions are ignored: the question is the write") {
  World world(WithoutApi(test::ETagMode::kIgnored));
  Client client;
  Sign(client, world, "one");
  world.registry.ClearRequests();
  Client second;
  Sign(second, world, "two");
  CHECK(TagLog(world) == Lines{"GET 200", "PUT 201", "GET 200", "GET 200"});
  CHECK(world.registry.requests()[5].Header("If-Match") != nullptr);
  world.registry.ClearRequests();
  Sign(second, world, "three");
  for (const auto& request : world.registry.requests()) CHECK(!request.Header("If-Match"));
  CHECK(ListedCount(world) == 3);
}

TEST_CASE("the referrers tag where conditions are honoured: asked once, then one write") {
  World world(WithoutApi(test::ETagMode::kHonoured));
  Client client;
  testing::Must(client.store.FetchManifest(testing::PatientContext(), world.Tag("1.4")));
  Sign(client, world, "one");
  CHECK(TagLog(world) == Lines{"GET 404", "PUT 412", "PUT 201"});
  world.registry.ClearRequests();
  Sign(client, world, "two");
  CHECK(TagLog(world) == Lines{"GET 200", "PUT 201"});
  CHECK(ListedCount(world) == 2);
}

TEST_CASE("an entry that another writer dropped comes back") {
  World world(WithoutApi());
  Client client;
  // Another writer's stale index lands right after ours: the first settled read shows it.
  const std::string stale =
      R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]})";
  test::Fault fault =
      Answer(kFallback, 200, {{"Content-Type", std::string(oci::kOciIndex)}}, stale);
  fault.method = "GET";
  fault.at = 2;
  fault.times = 2;
  world.registry.AddFault(fault);
  Sign(client, world, "one");
  CHECK(TagLog(world) ==
        Lines{"GET 404", "PUT 201", "GET 200", "GET 200", "PUT 201", "GET 200", "GET 200"});
}

TEST_CASE("foreign entries and members of the index stay as they are") {
  World world(WithoutApi());
  const std::string foreign =
      R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":")" +
      test::Sha256Of("theirs") +
      R"(","size":7,"artifactType":"application/vnd.oci.empty.v1+json",)"
      R"("data":"e30=","x-own":{"b":1,"a":[2.50]}})";
  world.registry.PutManifest("app", "", oci::kOciManifest, "theirs");
  world.registry.PutManifest(
      "app", FallbackTagOf(world), oci::kOciIndex,
      R"({"manifests":[)" + foreign +
          R"(],"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","x":true})");
  Client client;
  Sign(client, world, "one");
  const std::string index = world.registry.Manifest("app", FallbackTagOf(world));
  CHECK(index.starts_with(R"({"manifests":[)" + foreign + ","));
  CHECK(index.ends_with(
      R"("schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","x":true})"));
  CHECK(index.find(R"("artifactType":"application/vnd.example.signature")") != std::string::npos);
}

TEST_CASE("a tag that holds something else is not written over") {
  World world(WithoutApi());
  Client client;
  const auto& image = world.image.manifest;
  SECTION("an image") {
    world.registry.PutManifest("app", FallbackTagOf(world), image.descriptor().media_type,
                               AsText(image.bytes()));
  }
  SECTION("an image that is called an index") {
    world.registry.PutManifest("app", FallbackTagOf(world), oci::kOciIndex, AsText(image.bytes()));
  }
  SECTION("a web page's 404") {
    world.registry.AddFault(Answer(kFallback, 404, {{"Content-Type", "text/html"}}, "<html>"));
  }
  const testing::Referrer referrer = world.Referrer("one");
  for (const oci::Content* blob : {&referrer.config, &referrer.layer}) {
    testing::Must(client.store.PushBlob(testing::PatientContext(), world.Repository(), *blob));
  }
  const auto pushed =
      client.store.PushManifest(testing::PatientContext(), world.Repository(), referrer.manifest);
  CHECK(CodeOf(pushed) == ErrorCode::kProtocol);
  CHECK(pushed.error().message().find("are stored, but not listed") != std::string::npos);
  for (const std::string& line : TagLog(world)) CHECK(line.substr(0, 3) == "GET");
}

TEST_CASE("a write whose answer is lost is found by reading back") {
  World world(WithoutApi());
  test::Fault fault = Faulty(kFallback, GENERATE(Kind::kThenAnswer, Kind::kReset));
  fault.method = "PUT";
  fault.status = 502;
  fault.times = 1;
  world.registry.AddFault(fault);
  Client client;
  Sign(client, world, "one");
  CHECK(ListedCount(world) == 1);
}

TEST_CASE("a registry that loses every write, or runs out of time, is said to") {
  World world(WithoutApi());
  Client client;
  const testing::Referrer referrer = world.Referrer("one");
  for (const oci::Content* blob : {&referrer.config, &referrer.layer}) {
    testing::Must(client.store.PushBlob(testing::PatientContext(), world.Repository(), *blob));
  }
  test::Fault fault = Answer(kFallback, 502);
  fault.method = "PUT";
  world.registry.AddFault(fault);
  const bool patient = GENERATE(true, false);
  const auto pushed = client.store.PushManifest(
      Within(patient ? std::chrono::milliseconds(30'000) : std::chrono::milliseconds(300)),
      world.Repository(), referrer.manifest);
  CHECK(CodeOf(pushed) == (patient ? ErrorCode::kUnavailable : ErrorCode::kTimeout));
  CHECK(pushed.error().message().find("not listed") != std::string::npos);
}

TEST_CASE("a stop request ends the settling") {
  World world(WithoutApi());
  Client client;
  const testing::Referrer referrer = world.Referrer("one");
  for (const oci::Content* blob : {&referrer.config, &referrer.layer}) {
    testing::Must(client.store.PushBlob(testing::PatientContext(), world.Repository(), *blob));
  }
  std::stop_source stop;
  Context context = testing::PatientContext();
  context.stop = stop.get_token();
  stop.request_stop();
  CHECK_FALSE(client.store.PushManifest(context, world.Repository(), referrer.manifest).ok());
}

TEST_CASE("a manifest without a subject and a tag are one PUT each") {
  World world(WithoutApi());
  Client client;
  const testing::Image other = testing::MakeImage("other");
  for (const oci::Content* blob : {&other.config, &other.layers.front()}) {
    world.registry.PutBlob("app", AsText(blob->bytes()));
  }
  const Context context = testing::PatientContext();
  testing::Must(client.store.PushManifest(context, world.Repository(), other.manifest));
  testing::Must(client.store.Tag(context, world.Repository(), other.manifest, "2.0"));
  CHECK(world.Log() == Lines{"PUT /v2/app/manifests/" + other.digest().ToString() + " 201",
                             "PUT /v2/app/manifests/2.0 201"});
}

}  // namespace hallmark::store
