// Rules that ask about the image itself: what is read for them, and what becomes of gaps.
#include "hallmark/verify/internal/read_images.h"

#include <string>

#include "tests/support/catch.h"
#include "tests/unit/verify/verify_world.h"

namespace hallmark::verify {
namespace {

using testing::VerifyWorld;

policy::Requirement Image(policy::ImageRule rule) { return {policy::ImageIs{std::move(rule)}}; }

policy::ImageRule NotRoot() {
  policy::ImageRule rule;
  rule.user = policy::ImageRule::User::kNotRoot;
  return rule;
}

struct Fixture : VerifyWorld {
  testing::Index index = [this] {
    testing::Index made = testing::MakeIndex("index");
    testing::Put(store(), repository(), made, "all");
    return made;
  }();
  testing::Image image = [this] {
    testing::Image made = testing::MakeImage("one");
    testing::Put(store(), repository(), made, "1");
    return made;
  }();

  void Want(policy::ImageRule rule) {
    policy::Rule::Parts parts = OneOfTheKeys();
    parts.require = {policy::AllOf{{*parts.require, Image(std::move(rule))}}};
    UseRule(std::move(parts));
  }
  std::string Say(const std::string& tag) {
    const Outcome outcome = VerifyOne("registry.example/app:" + tag, testing::kNow);
    return std::string(outcome.verdict.word()) + " " + outcome.verdict.reason;
  }
};

}  // namespace

TEST_CASE("an image's config is one more read, and only where a rule asks for it") {
  Fixture world;
  world.Sign(world.image.digest(), VerifyWorld::key());
  const auto reads = [&](const std::string& wanted) {
    const std::size_t before = world.store().calls();
    CHECK(world.Say("1") == wanted);
    return world.store().calls() - before;
  };
  const std::size_t plain = reads("allowed verified");
  world.Want(NotRoot());
  CHECK(reads("allowed verified") == plain + 1);
  policy::ImageRule size;
  size.max_bytes = 1000;
  world.Want(size);
  CHECK(reads("allowed verified") == plain);
  size.max_bytes = 1;
  world.Want(size);
  CHECK(world.Say("1") == "denied image-size");
}

TEST_CASE("an image that nobody who is trusted signed is not looked at") {
  Fixture world;
  world.Want(NotRoot());
  const std::size_t before = world.store().calls();
  CHECK(world.Say("all") == "unsigned unsigned");
  CHECK(world.store().calls() - before == 2);  // the index and its referrers
  world.Sign(world.index.digest(), VerifyWorld::stranger());
  world.store().FailOn(world.index.images[0].config.digest(), Error(ErrorCode::kUnavailable, "x"));
  CHECK(world.Say("all") == "denied untrusted-signer");
}

TEST_CASE("a config that cannot be had is unknown, one that is bad is a refusal") {
  Fixture world;
  world.Sign(world.image.digest(), VerifyWorld::key());
  world.Want(NotRoot());
  SECTION("unreachable") {
    world.store().FailOn(world.image.config.digest(), Error(ErrorCode::kUnavailable, "reset"));
    CHECK(world.Say("1") == "unknown unreachable");
  }
  SECTION("other bytes") {
    world.store().ReplaceBytes(world.image.config.digest(), ToBytes("{}"));
    CHECK(world.Say("1") == "denied image-root");
  }
}

TEST_CASE("of an index every image has to be as the rule wants it") {
  Fixture world;
  world.Sign(world.index.digest(), VerifyWorld::key());
  world.Want(NotRoot());
  CHECK(world.Say("all") == "allowed verified");
  SECTION("one is not") {
    world.store().ReplaceBytes(world.index.images[1].config.digest(), ToBytes("{}"));
    CHECK(world.Say("all") == "denied image-root");
  }
  SECTION("one cannot be read") {
    world.store().FailOn(world.index.images[2].digest(), Error(ErrorCode::kUnavailable, "reset"));
    CHECK(world.Say("all") == "unknown unreachable");
  }
}

TEST_CASE("of an index more images than are read are a gap") {
  Fixture world;
  std::string entries;
  for (std::size_t i = 0; i <= kMaxImagesRead; ++i) {
    const oci::Digest digest =
        oci::Digest::Of(crypto::HashAlgorithm::kSha256, AsBytes(std::to_string(i)));
    entries +=
        std::string(i == 0 ? "" : ",") +
        R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","size":100,"digest":")" +
        digest.ToString() + R"(","platform":{"os":"linux","architecture":"a)" + std::to_string(i) +
        R"("}})";
  }
  const std::string media_type = "application/vnd.oci.image.index.v1+json";
  const oci::Content large = oci::Content::Describe(
      media_type, ToBytes(R"({"schemaVersion":2,"mediaType":")" + media_type +
                          R"(","manifests":[)" + entries + "]}"));
  testing::Must(world.store().PushManifest(testing::PatientContext(), world.repository(), large));
  testing::Must(world.store().Tag(testing::PatientContext(), world.repository(), large, "large"));
  world.Sign(large.digest(), VerifyWorld::key());
  world.Want(NotRoot());
  CHECK(world.Say("large") == "unknown limit");
}

}  // namespace hallmark::verify
