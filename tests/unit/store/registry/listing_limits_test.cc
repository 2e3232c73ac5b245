#include "hallmark/oci/media_types.h"
#include "hallmark/store/limits.h"
#include "tests/support/catch.h"
#include "tests/unit/store/registry/registry_test.h"

namespace hallmark::store {
namespace {

constexpr std::string_view kApi = "/v2/app/referrers/";

// A listing's entry of a manifest that is nowhere.
std::string Entry(std::string_view name, const std::string& annotations = "") {
  return R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","size":2,"digest":")" +
         test::Sha256Of(name) + R"(","annotations":{)" + annotations + "}}";
}

test::Fault Page(const std::string& entries) {
  return Answer(kApi, 200, {{"Content-Type", std::string(oci::kOciIndex)}},
                R"({"schemaVersion":2,"manifests":[)" + entries + "]}");
}

Listing List(const World& world) {
  Client client;
  return client.store.Referrers(testing::PatientContext(), world.Repository(), world.image.digest(),
                                kType);
}

}  // namespace

TEST_CASE("a listing is bounded in bytes over all its pages") {
  World world;
  const int pages = GENERATE(2, 16);
  const std::string padding(3 * 1024 * 1024, ' ');
  for (int page = 1; page <= pages; ++page) {
    test::Fault fault = Page(padding + Entry(std::to_string(page)));
    if (page < pages) {
      fault.headers.emplace_back("Link", "<?n=" + std::to_string(page) + ">; rel=\"next\"");
    }
    fault.at = page;
    fault.times = 1;
    world.registry.AddFault(std::move(fault));
  }
  const Listing listing = List(world);
  CHECK(listing.entries.size() == 2);
  CHECK(GapOf(listing) == (pages == 2 ? ErrorCode::kInternal : ErrorCode::kLimit));
  CHECK(world.registry.requests().size() == (pages == 2 ? 2 : 3));
}

TEST_CASE("of an entry's annotations only so much is kept, and the entry stays") {
  World world;
  std::string annotations;
  SECTION("a value that is too long leaves the others") {
    annotations = R"("a":"1","b":")" + std::string(kMaxEntryAnnotationBytes, 'x') + R"(","c":"3")";
  }
  SECTION("values that are too long together") {
    annotations =
        R"("a":")" + std::string(kMaxEntryAnnotationBytes - 4, 'x') + R"(","b":"22222","c":"3")";
  }
  world.registry.AddFault(Page(Entry("x", annotations)));
  const Listing listing = List(world);
  CHECK_FALSE(listing.gap);
  REQUIRE(listing.entries.size() == 1);
  const auto& kept = listing.entries.front().annotations;
  CHECK(kept.size() == 2);
  CHECK(kept.contains("a"));
  CHECK_FALSE(kept.contains("b"));
  CHECK(kept.contains("c"));
}

TEST_CASE("of an entry's annotations only so many are kept") {
  World world;
  std::string annotations;
  for (std::size_t i = 0; i <= kMaxEntryAnnotations; ++i) {
    annotations += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":\"\"";
  }
  world.registry.AddFault(Page(Entry("x", annotations)));
  const Listing listing = List(world);
  REQUIRE(listing.entries.size() == 1);
  CHECK(listing.entries.front().annotations.size() == kMaxEntryAnnotations);
}

}  // namespace hallmark::store
