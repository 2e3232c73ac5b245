#include "hallmark/verify/internal/children.h"

#include <atomic>
#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "hallmark/signature/index_children.h"
#include "hallmark/verify/internal/parallel.h"
#include "hallmark/verify/internal/platform.h"
#include "hallmark/verify/verifier.h"
#include "tests/support/catch.h"
#include "tests/unit/verify/verify_world.h"

// Indexes: every image by its own signatures, platforms, and the threads that share the work.
namespace hallmark::verify {
namespace {

using testing::VerifyWorld;

struct Fixture : VerifyWorld {
  testing::Index index = [this] {
    testing::Index made = testing::MakeIndex("multi", 3);
    testing::Put(store(), repository(), made, "1");
    return made;
  }();
  void SignIndex() { Sign(index.digest(), key()); }
  void SignChild(std::size_t number) { Sign(index.images[number].digest(), key()); }
};

std::vector<std::string> Words(const std::vector<Outcome>& outcomes) {
  std::vector<std::string> words;
  for (const Outcome& outcome : outcomes) words.emplace_back(outcome.verdict.word());
  return words;
}

using List = std::vector<std::string>;
constexpr std::string_view kName = "registry.example/app:1";

oci::Platform Linux(std::string architecture, std::string variant = "") {
  return {"linux", std::move(architecture), std::move(variant), ""};
}

}  // namespace

TEST_CASE("without recursion an index is judged alone") {
  Fixture world;
  world.SignIndex();
  CHECK(Words(world.Verify(kName)) == List{"allowed"});
}

TEST_CASE("with recursion the index comes first and its images follow in order") {
  Fixture world;
  world.options().recursive = true;
  world.options().max_parallel = GENERATE(std::size_t{1}, std::size_t{4});
  world.SignIndex();
  for (std::size_t i = 0; i < 3; ++i) world.SignChild(i);
  const auto outcomes = world.Verify(kName);
  REQUIRE(Words(outcomes) == List{"allowed", "allowed", "allowed", "allowed"});
  CHECK(outcomes[0].digest == world.index.digest());
  CHECK_FALSE(outcomes[0].platform);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(outcomes[i + 1].digest == world.index.images[i].digest());
    REQUIRE(outcomes[i + 1].platform);
  }
  CHECK(outcomes[1].platform->ToString() == "linux/amd64");
  CHECK(outcomes[2].platform->ToString() == "linux/arm64");
}

TEST_CASE("what covers the index does not cover its images, nor the reverse (A88)") {
  Fixture world;
  world.options().recursive = true;
  SECTION("index only") {
    world.SignIndex();
    CHECK(Words(world.Verify(kName)) == List{"allowed", "unsigned", "unsigned", "unsigned"});
  }
  SECTION("images only") {
    for (std::size_t i = 0; i < 3; ++i) world.SignChild(i);
    CHECK(Words(world.Verify(kName)) == List{"unsigned", "allowed", "allowed", "allowed"});
  }
  SECTION("one image replaced") {
    world.SignIndex();
    for (std::size_t i = 0; i < 3; ++i) world.SignChild(i);
    world.store().ReplaceBytes(world.index.images[1].digest(), ToBytes("{}"));
    CHECK(Words(world.Verify(kName)) == List{"allowed", "allowed", "denied", "allowed"});
  }
  SECTION("one image that is not there") {
    world.SignIndex();
    world.SignChild(0);
    world.store().FailOn(world.index.images[1].digest(), Error(ErrorCode::kUnavailable, "reset"));
    CHECK(Words(world.Verify(kName)) == List{"allowed", "allowed", "unknown", "unsigned"});
  }
}

TEST_CASE("a platform picks one image") {
  Fixture world;
  world.SignChild(1);
  world.options().platform = Linux("arm64");
  const auto outcomes = world.Verify(kName);
  REQUIRE(Words(outcomes) == List{"allowed"});
  CHECK(outcomes[0].digest == world.index.images[1].digest());
  CHECK(outcomes[0].reference.digest() == world.index.images[1].digest());
  CHECK(outcomes[0].reference.tag() == "1");
  world.options().recursive = true;
  CHECK(Words(world.Verify(kName)) == List{"unsigned", "allowed"});
}

TEST_CASE("a platform that no image or that a single image has is refused (A88)") {
  Fixture world;
  world.options().platform = Linux("sparc");
  const auto outcomes = world.Verify(kName);
  REQUIRE(Words(outcomes) == List{"denied"});
  CHECK(outcomes[0].verdict.reason == "platform");
  testing::Put(world.store(), world.repository(), testing::MakeImage("single"), "single");
  const auto single = world.Verify("registry.example/app:single");
  REQUIRE(Words(single) == List{"denied"});
  CHECK(single[0].verdict.reason == "platform");
}

TEST_CASE("platforms match as container tools have it") {
  CHECK(IsPlatform(Linux("amd64"), Linux("amd64")));
  CHECK_FALSE(IsPlatform(Linux("amd64"), Linux("arm64")));
  CHECK_FALSE(IsPlatform({"windows", "amd64", "", ""}, Linux("amd64")));
  CHECK(IsPlatform(Linux("arm", "v7"), Linux("arm")));
  CHECK(IsPlatform(Linux("arm", "v7"), Linux("arm", "v7")));
  CHECK_FALSE(IsPlatform(Linux("arm", "v6"), Linux("arm", "v7")));
  CHECK_FALSE(IsPlatform(Linux("arm", "v6"), Linux("armhf")));
  CHECK(IsPlatform(Linux("arm"), Linux("arm", "v7")));
  CHECK(IsPlatform(Linux("arm64", "v8"), Linux("arm64")));
  CHECK(IsPlatform(Linux("arm64"), Linux("arm64", "v8")));
  const oci::Platform server{"windows", "amd64", "", "10.0.1"};
  CHECK(IsPlatform(server, {"windows", "amd64", "", ""}));
  CHECK_FALSE(IsPlatform(server, {"windows", "amd64", "", "10.0.2"}));
  CHECK(IsPlatform({"windows", "amd64", "", ""}, server));
  CHECK(IsPlatform({"", "amd64", "", ""}, Linux("amd64")));
  CHECK_FALSE(IsPlatform({"linux", "", "", ""}, Linux("amd64")));
  CHECK(IsPlatform(Linux("amd64", "v1"), Linux("amd64", "v1")));
  CHECK_FALSE(IsPlatform(Linux("amd64", "v2"), Linux("amd64", "v1")));
}

TEST_CASE("a platform has one spelling") {
  const auto spelt = [](std::string os, std::string architecture, std::string variant) {
    return Normalised({std::move(os), std::move(architecture), std::move(variant), ""}).ToString();
  };
  CHECK(spelt("Linux", "AMD64", "V2") == "linux/amd64/v2");
  CHECK(spelt("macOS", "aarch64", "") == "darwin/arm64");
  CHECK(spelt("linux", "x86_64", "v1") == "linux/amd64");
  CHECK(spelt("linux", "x86-64", "") == "linux/amd64");
  CHECK(spelt("linux", "i386", "v1") == "linux/386");
  CHECK(spelt("linux", "arm64", "v8") == "linux/arm64");
  CHECK(spelt("linux", "arm64", "8") == "linux/arm64");
  CHECK(spelt("linux", "arm64", "9") == "linux/arm64/v9");
  CHECK(spelt("linux", "armhf", "v6") == "linux/arm/v7");
  CHECK(spelt("linux", "armel", "") == "linux/arm/v6");
  CHECK(spelt("linux", "arm", "") == "linux/arm/v7");
  CHECK(spelt("linux", "arm", "6") == "linux/arm/v6");
  CHECK(spelt("linux", "arm", "v5") == "linux/arm/v5");
  CHECK(spelt("linux", "riscv64", "") == "linux/riscv64");
}

TEST_CASE("two different images for one platform are ambiguous, one listed twice is not (A88)") {
  const auto entry = [](std::string_view content, std::string variant) {
    oci::Descriptor descriptor =
        oci::Content::Describe("application/vnd.oci.image.manifest.v1+json", ToBytes(content))
            .descriptor();
    descriptor.platform = Linux("arm", std::move(variant));
    return descriptor;
  };
  CHECK(SelectPlatform({entry("a", "v6"), entry("b", "v7")}, Linux("arm")).size() == 2);
  CHECK(SelectPlatform({entry("a", "v6"), entry("b", "v7")}, Linux("arm", "v7")).size() == 1);
  CHECK(SelectPlatform({entry("a", "v7"), entry("a", "v7")}, Linux("arm", "v7")).size() == 1);
  CHECK(SelectPlatform({}, Linux("arm")).empty());
  CHECK(SelectPlatform({entry("a", ""), entry("b", "v7")}, Linux("arm", "v7")).size() == 2);
  CHECK(SelectPlatform({entry("a", "V7"), entry("b", "v7")}, Linux("arm", "v7")).size() == 2);
}

TEST_CASE("an image that names no platform may be the one that runs (A88)") {
  const auto entry = [](std::string_view content, std::optional<oci::Platform> platform) {
    oci::Descriptor descriptor =
        oci::Content::Describe("application/vnd.oci.image.manifest.v1+json", ToBytes(content))
            .descriptor();
    descriptor.platform = std::move(platform);
    return descriptor;
  };
  CHECK(SelectPlatform({entry("a", {}), entry("b", Linux("amd64"))}, Linux("amd64")).size() == 2);
  CHECK(SelectPlatform({entry("a", {}), entry("b", Linux("arm64"))}, Linux("amd64")).size() == 1);
  CHECK(SelectPlatform({entry("a", {}), entry("a", Linux("amd64"))}, Linux("amd64")).size() == 1);
  CHECK(SelectPlatform({entry("a", Linux("x86_64")), entry("b", Linux("amd64"))}, Linux("amd64"))
            .size() == 2);
}

TEST_CASE("work is done once each, and one piece starts no thread") {
  for (std::size_t parallel : {std::size_t{1}, std::size_t{4}, std::size_t{100}}) {
    std::vector<std::atomic<int>> done(50);
    ForEach(done.size(), parallel, [&](std::size_t i) { ++done[i]; });
    for (const auto& count : done) CHECK(count == 1);
  }
  std::set<std::thread::id> threads;
  ForEach(1, 8, [&](std::size_t) { threads.insert(std::this_thread::get_id()); });
  CHECK(threads == std::set<std::thread::id>{std::this_thread::get_id()});
  ForEach(0, 8, [](std::size_t) { FAIL("no work to do"); });
}

namespace {

std::string Entry(const oci::Descriptor& to, const std::string& platform = "") {
  return R"({"mediaType":")" + to.media_type + R"(","size":)" + std::to_string(to.size) +
         R"(,"digest":")" + to.digest.ToString() + "\"" + platform + "}";
}

// An index of these entries, pushed and tagged.
oci::Descriptor PushIndex(VerifyWorld& world, const std::vector<std::string>& entries,
                          std::string_view tag) {
  std::string text;
  for (const std::string& entry : entries) text += (text.empty() ? "" : ",") + entry;
  const oci::Content index =
      oci::Content::Describe("application/vnd.oci.image.index.v1+json",
                             ToBytes(R"({"schemaVersion":2,"manifests":[)" + text + "]}"));
  testing::Must(world.store().PushManifest(testing::PatientContext(), world.repository(), index));
  testing::Must(world.store().Tag(testing::PatientContext(), world.repository(), index, tag));
  return index.descriptor();
}

oci::Descriptor PushImage(VerifyWorld& world, const std::string& name) {
  const auto image = testing::MakeImage(name);
  testing::Put(world.store(), world.repository(), image, name);
  return image.manifest.descriptor();
}

}  // namespace

TEST_CASE("an index listed a thousand times is walked once, and its image told once") {
  VerifyWorld world;
  world.options().recursive = true;
  const oci::Descriptor image = PushImage(world, "image");
  const oci::Descriptor inner =
      PushIndex(world, std::vector<std::string>(1500, Entry(image)), "inner");
  PushIndex(world, std::vector<std::string>(1500, Entry(inner)), "1");
  const auto start = std::chrono::steady_clock::now();
  const auto outcomes = world.Verify(kName);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(1));
  REQUIRE(outcomes.size() == 3);
  CHECK(outcomes[1].digest == inner.digest);
  CHECK(outcomes[2].digest == image.digest);
}

TEST_CASE("one image for two platforms is judged for both, its index walked into once") {
  VerifyWorld world;
  world.options().recursive = true;
  const oci::Descriptor image = PushImage(world, "image");
  const oci::Descriptor inner = PushIndex(world, {Entry(image)}, "inner");
  const std::string amd64 = R"(,"platform":{"os":"linux","architecture":"amd64"})";
  const std::string arm64 = R"(,"platform":{"os":"linux","architecture":"arm64"})";
  PushIndex(world, {Entry(inner, amd64), Entry(inner, arm64), Entry(inner, amd64)}, "1");
  const auto outcomes = world.Verify(kName);
  REQUIRE(outcomes.size() == 4);
  CHECK(outcomes[1].platform == Linux("amd64"));
  CHECK(outcomes[2].digest == image.digest);
  CHECK(outcomes[3].digest == inner.digest);
  CHECK(outcomes[3].platform == Linux("arm64"));
}

TEST_CASE("one budget holds for a whole walk, and its end is told once") {
  VerifyWorld world;
  world.options().recursive = true;
  std::vector<std::string> inner;
  for (int number = 0; number < 3; ++number) {
    std::vector<std::string> entries;
    for (int i = 0; i < 200; ++i) {
      const std::string variant = std::to_string(number) + "." + std::to_string(i);
      entries.push_back(
          Entry(PushImage(world, "image"),
                R"(,"platform":{"os":"linux","architecture":"arm","variant":")" + variant + "\"}"));
    }
    inner.push_back(Entry(PushIndex(world, entries, "inner")));
  }
  PushIndex(world, inner, "1");
  const auto outcomes = world.Verify(kName);
  REQUIRE(outcomes.size() == 1 + signature::kMaxImages + 1);
  CHECK(outcomes.back().verdict.reason == "limit");
  CHECK(outcomes[outcomes.size() - 2].verdict.reason == "unsigned");
}

TEST_CASE("after the deadline no image of an index is read") {
  Fixture world;
  for (std::size_t i = 0; i < 3; ++i) world.SignChild(i);
  const auto policy = testing::Must(policy::TrustPolicy::ForKeys(
      {{"--key", "ci.pub", VerifyWorld::key().public_key(), {}, {}}}, VerifyWorld::OneOfTheKeys()));
  const signature::BundleFormat format;
  const auto index =
      testing::Must(store::Resolve(world.context(), world.store(), testing::Ref(kName)));
  const auto children = signature::ImageChildren(std::get<oci::ImageIndex>(index.document()));
  Context late = testing::PatientContext();
  late.deadline = std::chrono::steady_clock::now() - std::chrono::seconds(1);
  const auto outcomes = JudgeChildren(late, {world.store(), {&format}, policy},
                                      policy.RuleFor(index.asked()), index, children, {}, {});
  REQUIRE(Words(outcomes) == List{"unknown", "unknown", "unknown"});
  for (const Outcome& outcome : outcomes) {
    CHECK(outcome.verdict.reason == "timeout");
    CHECK_FALSE(outcome.digest);
  }
}

TEST_CASE("an index over too many images is refused from there on") {
  VerifyWorld world;
  world.options().recursive = true;
  std::string entries;
  for (int i = 0; i < 300; ++i) {
    const auto digest =
        oci::Digest::Of(oci::Digest::Algorithm::kSha256, AsBytes(std::to_string(i)));
    entries += std::string(i == 0 ? "" : ",") +
               R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","size":7,"digest":")" +
               digest.ToString() + R"("})";
  }
  const oci::Content index =
      oci::Content::Describe("application/vnd.oci.image.index.v1+json",
                             ToBytes(R"({"schemaVersion":2,"manifests":[)" + entries + "]}"));
  testing::Must(world.store().PushManifest(testing::PatientContext(), world.repository(), index));
  testing::Must(world.store().Tag(testing::PatientContext(), world.repository(), index, "1"));
  const auto outcomes = world.Verify(kName);
  REQUIRE(outcomes.size() == 1 + 256 + 1);
  CHECK(outcomes.back().verdict.word() == "denied");
  CHECK(outcomes.back().verdict.reason == "limit");
}

}  // namespace hallmark::verify
