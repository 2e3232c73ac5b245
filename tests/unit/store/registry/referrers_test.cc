#include "hallmark/oci/media_types.h"
#include "hallmark/store/limits.h"
#include "tests/support/catch.h"
#include "tests/unit/store/registry/registry_test.h"

namespace hallmark::store {
namespace {

using Kind = test::Fault::Kind;
constexpr std::string_view kApi = "/v2/app/referrers/";
constexpr std::string_view kFallback = "/v2/app/manifests/sha256-";

test::RegistryOptions WithoutApi() {
  test::RegistryOptions options;
  options.referrers_api = false;
  return options;
}

Listing List(Client& client, const World& world) {
  return client.store.Referrers(testing::PatientContext(), world.Repository(), world.image.digest(),
                                kType);
}

void Sign(const World& world, int count) {
  Client client;
  for (int i = 0; i < count; ++i) {
    testing::Put(client.store, world.Repository(), world.Referrer("sig " + std::to_string(i)));
  }
}

bool IsProvenAbsent(const Listing& listing) { return listing.entries.empty() && !listing.gap; }

struct Case {
  test::Fault fault;
  ErrorCode want;
};

// A77: everything that is no answer with authority.
Case NthCase(std::string_view place, int n) {
  const test::HeaderLines html = {{"Content-Type", "text/html"}};
  const test::HeaderLines index = {{"Content-Type", std::string(oci::kOciIndex)}};
  const std::string page = "<html>please log in</html>";
  switch (n) {
    case 0:
      return {Answer(place, 200, html, page), ErrorCode::kProtocol};
    case 1:
      return {Answer(place, 200, index), ErrorCode::kProtocol};
    case 2:
      return {Answer(place, 200, index, "{}"), ErrorCode::kProtocol};
    case 3:
      return {Answer(place, 200, {{"Content-Type", "application/json"}}, R"({"manifests":[]})"),
              ErrorCode::kProtocol};
    case 4:
      return {Answer(place, 403), ErrorCode::kDenied};
    case 5:
      return {Answer(place, 401), ErrorCode::kDenied};
    case 6:
      return {Answer(place, 429), ErrorCode::kThrottled};
    case 7:
      return {Answer(place, 500), ErrorCode::kUnavailable};
    case 8:
      return {Answer(place, 503), ErrorCode::kUnavailable};
    case 9:
      return {Faulty(place, Kind::kReset), ErrorCode::kUnavailable};
    case 10:
      return {Answer(place, 400), ErrorCode::kProtocol};
    default:
      return {Faulty(place, Kind::kRaw), ErrorCode::kUnavailable};
  }
}

}  // namespace

TEST_CASE("A77: the API's refusals and nonsense are gaps, each with its kind") {
  World world;
  const Case now = NthCase(kApi, GENERATE(range(0, 12)));
  world.registry.AddFault(now.fault);
  Client client;
  const Listing listing = List(client, world);
  CHECK(GapOf(listing) == now.want);
  CHECK(listing.entries.empty());
  CHECK(listing.asked.size() == 1);
  CHECK(world.registry.requests().size() <= 2);
}

TEST_CASE("A77: the referrers tag's refusals and nonsense are gaps, each with its kind") {
  World world(WithoutApi());
  const Case now = NthCase(kFallback, GENERATE(range(0, 12)));
  world.registry.AddFault(now.fault);
  Client client;
  const Listing listing = List(client, world);
  CHECK(GapOf(listing) == now.want);
  CHECK(listing.entries.empty());
  CHECK(listing.asked.size() == 2);
}

TEST_CASE("absence is proven by an empty listing, or by the registry's own 404 for the tag") {
  SECTION("an empty listing: the tag is not asked") {
    const World world;
    Client client;
    const Listing listing = List(client, world);
    CHECK(IsProvenAbsent(listing));
    CHECK(listing.asked == std::vector<std::string>{"referrers API 200 (0 entries)"});
  }
  SECTION("no API, in a registry's words or none, and the tag's 404") {
    World world;
    const int status = GENERATE(404, 405, 501);
    const std::string type =
        GENERATE(as<std::string>{}, "text/plain; charset=utf-8", "application/json", "");
    test::HeaderLines headers;
    if (!type.empty()) headers.emplace_back("Content-Type", type);
    world.registry.AddFault(Answer(kApi, status, headers, "404 page not found\n"));
    Client client;
    const Listing listing = List(client, world);
    CHECK(IsProvenAbsent(listing));
    REQUIRE(listing.asked.size() == 2);
    CHECK(listing.asked.front() == "referrers API " + std::to_string(status));
    CHECK(listing.asked.back() == "tag sha256-" + world.image.digest().hex() + " 404");
  }
  SECTION("a web page's 404 for the tag proves nothing") {
    World world(WithoutApi());
    world.registry.AddFault(
        Answer(kFallback, 404, {{"Content-Type", "text/html"}}, "<html>not found</html>"));
    Client client;
    CHECK(GapOf(List(client, world)) == ErrorCode::kProtocol);
  }
  SECTION("nor does a bare one") {
    World world(WithoutApi());
    world.registry.AddFault(Answer(kFallback, 404));
    Client client;
    CHECK(GapOf(List(client, world)) == ErrorCode::kProtocol);
  }
  SECTION("one marked as a registry's does") {
    World world(WithoutApi());
    world.registry.AddFault(
        Answer(kFallback, 404, {{"Docker-Distribution-Api-Version", "registry/2.0"}}));
    Client client;
    CHECK(IsProvenAbsent(List(client, world)));
  }
}

TEST_CASE("a web page instead of the API proves no absence, and teaches nothing") {
  World world(WithoutApi());
  const int status = GENERATE(404, 405, 501);
  world.registry.AddFault(
      Answer(kApi, status, {{"Content-Type", "text/html; charset=utf-8"}}, "<html>no</html>"));
  std::vector<bool> learnt;
  RegistryOptions options;
  options.learned_referrers_api = [&](std::string_view, bool has) { learnt.push_back(has); };
  SECTION("with nothing behind the tag") {
    Client client(options);
    const Listing listing = List(client, world);
    CHECK(listing.entries.empty());
    CHECK(GapOf(listing) == ErrorCode::kProtocol);
    CHECK(listing.asked.size() == 2);
  }
  SECTION("what is behind the tag is found") {
    Sign(world, 1);
    Client client(options);
    const Listing listing = List(client, world);
    CHECK(listing.entries.size() == 1);
    CHECK(GapOf(listing) == ErrorCode::kProtocol);
  }
  SECTION("not to a memory that has no API either") {
    options.known_referrers_api = [](std::string_view) { return std::optional<bool>(false); };
    Client client(options);
    const Listing listing = List(client, world);
    CHECK(listing.entries.empty());
    CHECK(GapOf(listing) == ErrorCode::kProtocol);
  }
  CHECK(learnt.empty());
}

TEST_CASE("what is known of a registry saves a request, and what is learnt is told") {
  std::vector<bool> learnt;
  RegistryOptions options;
  options.learned_referrers_api = [&](std::string_view, bool has) { learnt.push_back(has); };
  SECTION("known to have none: only the tag is asked where it lists something") {
    World world(WithoutApi());
    Sign(world, 1);
    world.registry.ClearRequests();
    options.known_referrers_api = [](std::string_view) { return std::optional<bool>(false); };
    Client client(options);
    const Listing listing = List(client, world);
    CHECK(listing.entries.size() == 1);
    CHECK_FALSE(listing.gap);
    CHECK(world.registry.requests().size() == 1);
  }
  SECTION("known to have none: absence is not concluded from that") {
    const World world(WithoutApi());
    options.known_referrers_api = [](std::string_view) { return std::optional<bool>(false); };
    Client client(options);
    const Listing listing = List(client, world);
    CHECK(IsProvenAbsent(listing));
    REQUIRE(listing.asked.size() == 2);
    CHECK(listing.asked.front() == "tag sha256-" + world.image.digest().hex() + " 404");
    CHECK(listing.asked.back() == "referrers API 404");
  }
  SECTION("wrongly known to have none: the API is found, and learnt") {
    World world;
    Sign(world, 1);
    if (GENERATE(true, false)) world.registry.AddFault(Answer(kFallback, 500));
    options.known_referrers_api = [](std::string_view) { return std::optional<bool>(false); };
    Client client(options);
    const Listing listing = List(client, world);
    CHECK(listing.entries.size() == 1);
    CHECK_FALSE(listing.gap);
    CHECK(learnt == std::vector<bool>{true});
  }
  SECTION("known to have none, and the API does not say: a gap") {
    World world;
    world.registry.AddFault(Answer(kApi, 500));
    options.known_referrers_api = [](std::string_view) { return std::optional<bool>(false); };
    Client client(options);
    CHECK(GapOf(List(client, world)) == ErrorCode::kUnavailable);
    CHECK(learnt.empty());
  }
  SECTION("learnt once, also within the store") {
    World world(WithoutApi());
    Sign(world, 1);
    world.registry.ClearRequests();
    Client client(options);
    List(client, world);
    List(client, world);
    CHECK(world.registry.requests().size() == 3);
    CHECK(learnt == std::vector<bool>{false});
  }
  SECTION("learnt that it has one") {
    const World world;
    Client client(options);
    List(client, world);
    CHECK(learnt == std::vector<bool>{true});
  }
  SECTION("a tag that says nothing teaches nothing") {
    World world(WithoutApi());
    world.registry.AddFault(Answer(kFallback, 500));
    Client client(options);
    List(client, world);
    CHECK(learnt.empty());
  }
}

TEST_CASE("A78: pages") {
  test::RegistryOptions options;
  options.page_size = 2;
  options.relative_locations = GENERATE(true, false);
  World world(options);
  Sign(world, 5);
  world.registry.ClearRequests();
  Client client;
  test::Fault fault = Faulty(kApi, Kind::kLinkTo);
  SECTION("are all read") {
    const Listing listing = List(client, world);
    CHECK(listing.entries.size() == 5);
    CHECK_FALSE(listing.gap);
    CHECK(world.registry.requests().size() == 3);
    CHECK(listing.asked == std::vector<std::string>{"referrers API 200 (5 entries)"});
  }
  SECTION("are no last one when the link to the next cannot be read") {
    world.registry.AddFault(Answer(kApi, 200,
                                   {{"Content-Type", std::string(oci::kOciIndex)},
                                    {"Link", "/v2/app/referrers/next; rel=\"next\""}},
                                   R"({"schemaVersion":2,"manifests":[]})"));
    const Listing listing = List(client, world);
    CHECK(listing.entries.empty());
    CHECK(GapOf(listing) == ErrorCode::kProtocol);
  }
  SECTION("in a circle are a limit") {
    fault.target = "self";
    world.registry.AddFault(fault);
    const Listing listing = List(client, world);
    CHECK(GapOf(listing) == ErrorCode::kLimit);
    CHECK(listing.entries.size() == 2);
  }
  SECTION("at another host are not asked for") {
    const test::Registry other;
    fault.target = other.url() + std::string(kApi) + world.image.digest().ToString();
    world.registry.AddFault(fault);
    CHECK(GapOf(List(client, world)) == ErrorCode::kProtocol);
    CHECK(other.requests().empty());
  }
  SECTION("cut short leave a gap and what was found") {
    fault = Faulty(kApi, GENERATE(Kind::kCut, Kind::kReset));
    fault.at = 2;
    world.registry.AddFault(fault);
    const Listing listing = List(client, world);
    CHECK(listing.gap);
    CHECK(listing.entries.size() == 2);
  }
  SECTION("that fail leave a gap of their kind") {
    fault = Answer(kApi, 403);
    fault.at = 3;
    world.registry.AddFault(fault);
    const Listing listing = List(client, world);
    CHECK(GapOf(listing) == ErrorCode::kDenied);
    CHECK(listing.entries.size() == 4);
  }
}

TEST_CASE("more pages and more entries than are read are a limit") {
  test::RegistryOptions options;
  options.page_size = 1;
  World world(options);
  Client client;
  SECTION("pages") {
    Sign(world, static_cast<int>(kMaxReferrerPages) + 1);
    const Listing listing = List(client, world);
    CHECK(GapOf(listing) == ErrorCode::kLimit);
    CHECK(listing.entries.size() == kMaxReferrerPages);
  }
  SECTION("entries") {
    std::string entries;
    for (std::size_t i = 0; i <= kMaxReferrers; ++i) {
      if (i > 0) entries += ",";
      entries +=
          R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","size":2,"digest":")" +
          test::Sha256Of(std::to_string(i)) + "\"}";
    }
    world.registry.AddFault(Answer(kApi, 200, {{"Content-Type", std::string(oci::kOciIndex)}},
                                   R"({"schemaVersion":2,"manifests":[)" + entries + "]}"));
    const Listing listing = List(client, world);
    CHECK(GapOf(listing) == ErrorCode::kLimit);
    CHECK(listing.entries.size() == kMaxReferrers);
  }
}

TEST_CASE("A80: the filter is sent, and its being ignored is no matter") {
  test::RegistryOptions options;
  options.referrers_filter = GENERATE(true, false);
  World world(options);
  Sign(world, 1);
  Client client;
  const Listing listing = List(client, world);
  CHECK(listing.entries.size() == 1);
  CHECK_FALSE(listing.gap);
  CHECK(world.registry.requests().back().query ==
        "artifactType=application%2Fvnd.example.signature");
}

TEST_CASE("entries that peers wrote without the true artifact type are found") {
  World world(WithoutApi());
  const testing::Referrer referrer = world.Referrer("theirs");
  const std::string tag = "sha256-" + world.image.digest().hex();
  world.registry.PutManifest(
      "app", tag, oci::kOciIndex,
      R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[)"
      R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","size":)" +
          std::to_string(referrer.manifest.bytes().size()) + R"(,"digest":")" +
          referrer.digest().ToString() +
          R"(","artifactType":"application/vnd.oci.empty.v1+json"}]})");
  Client client;
  const Listing listing = List(client, world);
  REQUIRE(listing.entries.size() == 1);
  CHECK(listing.entries.front().digest == referrer.digest());
}

}  // namespace hallmark::store
