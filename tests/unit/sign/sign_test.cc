#include "hallmark/sign/sign.h"

#include <string>
#include <utility>

#include "hallmark/signature/bundle/bundle_format.h"
#include "hallmark/signature/cosign/cosign_format.h"
#include "tests/support/catch.h"
#include "tests/support/world.h"

namespace hallmark::sign {
namespace {

using testing::MemoryStore;
using testing::Must;
using testing::Ref;

constexpr UnixTime kNow{std::chrono::seconds{1'780'315'200}};
constexpr std::chrono::hours kHour{1};

const crypto::PrivateKey& Key() {
  static const crypto::PrivateKey key = testing::MakeKey();
  return key;
}

struct World {
  MemoryStore store;
  oci::Repository repository = testing::Repo("registry.example/app");
  testing::Image image = testing::MakeImage("one");
  testing::Index index = testing::MakeIndex("multi", 3);
  signature::BundleFormat format;
  signature::CosignFormat cosign;
  std::vector<const signature::SigningFormat*> formats = {&format};
  Options options;
  std::unique_ptr<crypto::Signer> signer = testing::MakeTestSigner(Key());

  World() {
    testing::Put(store, repository, image, "1.4");
    testing::Put(store, repository, index, "multi");
  }

  Report Sign(std::string_view reference = "registry.example/app:1.4", UnixTime now = kNow) {
    return sign::Sign(testing::PatientContext(), {store, store}, formats, Ref(reference), *signer,
                      options, now);
  }
  std::size_t Writes() const {
    return store.calls(MemoryStore::Call::kPushBlob) +
           store.calls(MemoryStore::Call::kPushManifest) + store.calls(MemoryStore::Call::kEditTag);
  }

  // Every verified claim about the digest, by the key of this world.
  std::vector<signature::Claim> Claims(const oci::Digest& digest) { return Claims(digest, format); }
  std::vector<signature::Claim> Claims(const oci::Digest& digest, const signature::Format& by) {
    const Context context = testing::PatientContext();
    const auto subject =
        Must(store::Resolve(context, store, oci::Reference::Of(repository, std::nullopt, digest)));
    const auto trust = Must(trust::TrustRoot::Of({{"ci", "ci.pub", Key().public_key(), {}, {}}}));
    std::vector<signature::Claim> claims;
    for (const auto& candidate :
         by.Find(context, store, subject, {signature::kSignPredicate, trust}).candidates) {
      const auto loaded = by.Load(context, store, subject, candidate);
      const auto assessment =
          by.Assess(std::get<signature::Signature>(loaded), subject, trust, kNow);
      if (assessment.verified) claims.push_back(assessment.verified->claim());
    }
    return claims;
  }
};

}  // namespace

TEST_CASE("a signature says what was asked for") {
  World world;
  world.options.annotations = {{"env", "prod"}};
  world.options.expires_in = kHour;
  const Report report = world.Sign();
  REQUIRE(report.errors.empty());
  REQUIRE(report.done.size() == 1);
  CHECK(report.done[0].subject == world.image.digest());
  CHECK_FALSE(report.done[0].was_there);
  const auto claims = world.Claims(world.image.digest());
  REQUIRE(claims.size() == 1);
  CHECK(claims[0].predicate_type == signature::kSignPredicate);
  CHECK(claims[0].annotations.at("env") == "prod");
  CHECK(claims[0].repository == "registry.example/app");
  CHECK(claims[0].tag == "1.4");
  CHECK(claims[0].signed_at == kNow);
  CHECK(claims[0].expires == kNow + kHour);
}

TEST_CASE("signing reads the manifest once and writes three times") {
  World world;
  const std::size_t before = world.store.calls();
  REQUIRE(world.Sign().errors.empty());
  CHECK(world.store.calls() - before == 4);
}

TEST_CASE("a digest has no tag to sign") {
  World world;
  REQUIRE(world.Sign("registry.example/app@" + world.image.digest().ToString()).errors.empty());
  const auto claims = world.Claims(world.image.digest());
  REQUIRE(claims.size() == 1);
  CHECK(claims[0].repository == "registry.example/app");
  CHECK_FALSE(claims[0].tag);
  CHECK_FALSE(claims[0].expires);
}

TEST_CASE("another identity is signed when asked for") {
  World world;
  world.options.identity = Identity{Ref("prod.example/app").repository(), "stable"};
  REQUIRE(world.Sign().errors.empty());
  const auto claims = world.Claims(world.image.digest());
  REQUIRE(claims.size() == 1);
  CHECK(claims[0].repository == "prod.example/app");
  CHECK(claims[0].tag == "stable");
}

TEST_CASE("another identity without a tag keeps the tag that was asked") {
  World world;
  world.options.identity = Identity{Ref("prod.example/app").repository(), std::nullopt};
  REQUIRE(world.Sign().errors.empty());
  const auto claims = world.Claims(world.image.digest());
  REQUIRE(claims.size() == 1);
  CHECK(claims[0].repository == "prod.example/app");
  CHECK(claims[0].tag == "1.4");
}

TEST_CASE("the path of a layout is not signed") {
  World world;
  const oci::Repository layout = Must(oci::Repository::ForLayout("/home/somebody/images"));
  testing::Put(world.store, layout, world.image, "1.4");
  const Report report = sign::Sign(testing::PatientContext(), {world.store, world.store},
                                   world.formats, oci::Reference::Of(layout, "1.4", std::nullopt),
                                   *world.signer, world.options, kNow);
  REQUIRE(report.errors.empty());
  world.repository = layout;
  const auto claims = world.Claims(world.image.digest());
  REQUIRE(claims.size() == 1);
  CHECK_FALSE(claims[0].repository);
  CHECK(claims[0].tag == "1.4");
}

TEST_CASE("recursive signing does the images first and the index last") {
  World world;
  world.options.recursive = true;
  const std::size_t before = world.store.calls();
  const Report report = world.Sign("registry.example/app:multi");
  REQUIRE(report.errors.empty());
  REQUIRE(report.done.size() == 4);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(report.done[i].subject == world.index.images[i].digest());
    REQUIRE(report.done[i].platform);
    CHECK(world.Claims(report.done[i].subject).size() == 1);
  }
  CHECK(report.done[3].subject == world.index.digest());
  CHECK_FALSE(report.done[3].platform);
  // Four manifests read once each, three writes an image; Claims above read more.
  CHECK(before > 0);
  CHECK(world.store.calls(MemoryStore::Call::kPushManifest) >= 4);
}

TEST_CASE("without recursion an index is signed alone") {
  World world;
  const std::size_t before = world.store.calls();
  const Report report = world.Sign("registry.example/app:multi");
  REQUIRE(report.done.size() == 1);
  CHECK(report.done[0].subject == world.index.digest());
  CHECK(world.store.calls() - before == 4);
}

TEST_CASE("what failed is told with what was done before") {
  World world;
  world.options.recursive = true;
  world.store.FailOn(world.index.images[1].digest(), Error(ErrorCode::kUnavailable, "reset"));
  const Report report = world.Sign("registry.example/app:multi");
  REQUIRE(report.errors.size() == 1);
  CHECK(report.errors[0].code() == ErrorCode::kUnavailable);
  CHECK(report.errors[0].message().find(world.index.images[1].digest().ToString()) !=
        std::string::npos);
  CHECK(report.done.size() == 1);
  CHECK(world.Claims(world.index.digest()).empty());
}

TEST_CASE("an image that cannot be resolved is not signed") {
  World world;
  const Report report = world.Sign("registry.example/app:missing");
  REQUIRE(report.errors.size() == 1);
  CHECK(report.errors[0].code() == ErrorCode::kNotFound);
  CHECK(report.done.empty());
}

TEST_CASE("a dry run writes nothing") {
  World world;
  world.options.dry_run = true;
  const std::size_t before = world.Writes();
  const Report report = world.Sign();
  REQUIRE(report.errors.empty());
  CHECK(report.done.size() == 1);
  CHECK(world.Writes() == before);
  CHECK(world.Claims(world.image.digest()).empty());
}

TEST_CASE("skip-if-signed finds the signature that says the same") {
  World world;
  world.options.skip_if_signed = true;
  world.options.expires_in = kHour;
  const Report first = world.Sign();
  REQUIRE(first.done.size() == 1);
  CHECK_FALSE(first.done[0].was_there);
  const std::size_t writes = world.Writes();

  SECTION("the same claim later") {
    const Report again = world.Sign("registry.example/app:1.4", kNow + kHour);
    REQUIRE(again.errors.empty());
    REQUIRE(again.done.size() == 1);
    CHECK(again.done[0].was_there);
    CHECK(again.done[0].artifact == first.done[0].artifact);
    CHECK(world.Writes() == writes);
  }
  SECTION("not when it has expired") {
    const Report again =
        world.Sign("registry.example/app:1.4", kNow + kHour + std::chrono::seconds{1});
    CHECK_FALSE(again.done.at(0).was_there);
  }
  SECTION("not for other annotations") {
    world.options.annotations = {{"env", "prod"}};
    CHECK_FALSE(world.Sign().done.at(0).was_there);
  }
  SECTION("not for another name") {
    world.options.identity = Identity{Ref("registry.example/app").repository(), "1.5"};
    CHECK_FALSE(world.Sign().done.at(0).was_there);
  }
  SECTION("not by another key") {
    world.signer = testing::MakeTestSigner();
    CHECK_FALSE(world.Sign().done.at(0).was_there);
  }
  SECTION("not when it could not be found out") {
    world.options.identity = Identity{Ref("registry.example/app").repository(), "1.5"};
    world.store.AddGap(Error(ErrorCode::kThrottled, "later"));
    const Report again = world.Sign();
    REQUIRE(again.errors.size() == 1);
    CHECK(again.errors[0].code() == ErrorCode::kThrottled);
    CHECK(world.Writes() == writes);
  }
}

TEST_CASE("an annotation that cannot be written is refused before anything is stored") {
  World world;
  world.options.annotations = {{"bad", "\xff"}};
  const std::size_t writes = world.Writes();
  const Report report = world.Sign();
  REQUIRE(report.errors.size() == 1);
  CHECK(report.errors[0].code() == ErrorCode::kConfig);
  CHECK(world.Writes() == writes);
}

TEST_CASE("several formats: the image resolved once, a signature each, in order") {
  World world;
  world.formats = {&world.cosign, &world.format};
  world.options.annotations = {{"env", "prod"}};
  world.options.expires_in = kHour;
  const std::size_t before = world.store.calls(MemoryStore::Call::kFetchManifest);
  const Report report = world.Sign();
  REQUIRE(report.errors.empty());
  CHECK(world.store.calls(MemoryStore::Call::kFetchManifest) - before == 1);
  REQUIRE(report.done.size() == 2);
  CHECK(report.done[0].format == signature::FormatId::kCosign);
  CHECK(report.done[1].format == signature::FormatId::kSigstoreBundle);
  for (const signature::Format* format : {static_cast<const signature::Format*>(&world.cosign),
                                          static_cast<const signature::Format*>(&world.format)}) {
    const auto claims = world.Claims(world.image.digest(), *format);
    REQUIRE(claims.size() == 1);
    CHECK(claims[0].annotations == world.options.annotations);
    CHECK(claims[0].repository == "registry.example/app");
    CHECK(claims[0].tag == "1.4");
    CHECK(claims[0].signed_at == kNow);
    CHECK(claims[0].expires == kNow + kHour);
  }
}

TEST_CASE("a format that fails leaves the others, and signs no index without its images") {
  World world;
  world.formats = {&world.cosign, &world.format};
  world.options.recursive = true;
  world.store.FailOn(MemoryStore::Call::kEditTag, Error(ErrorCode::kDenied, "no"), 1, 1);
  const Report report = world.Sign("registry.example/app:multi");
  REQUIRE(report.errors.size() == 1);
  CHECK(report.errors[0].code() == ErrorCode::kDenied);
  CHECK(report.errors[0].message().find(world.index.images[1].digest().ToString() + " as cosign") !=
        std::string::npos);
  CHECK(report.done.size() == 5);
  CHECK(world.Claims(world.index.digest()).size() == 1);
  CHECK(world.Claims(world.index.images[0].digest(), world.cosign).size() == 1);
  CHECK(world.Claims(world.index.images[2].digest(), world.cosign).empty());
  CHECK(world.Claims(world.index.digest(), world.cosign).empty());
}

TEST_CASE("when every format has failed the other images are left alone") {
  World world;
  world.formats = {&world.cosign};
  world.options.recursive = true;
  world.store.FailOn(MemoryStore::Call::kEditTag, Error(ErrorCode::kDenied, "no"));
  const Report report = world.Sign("registry.example/app:multi");
  CHECK(report.errors.size() == 1);
  CHECK(report.done.empty());
  CHECK(world.store.calls(MemoryStore::Call::kEditTag) == 1);
}

TEST_CASE("skip-if-signed is decided for each format") {
  World world;
  world.options.skip_if_signed = true;
  REQUIRE(world.Sign().errors.empty());
  world.formats = {&world.format, &world.cosign};
  const Report both = world.Sign();
  REQUIRE(both.done.size() == 2);
  CHECK(both.done[0].was_there);
  CHECK_FALSE(both.done[1].was_there);
  const Report again = world.Sign("registry.example/app:1.4", kNow + kHour);
  REQUIRE(again.done.size() == 2);
  CHECK(again.done[1].was_there);
  CHECK(again.done[1].artifact == both.done[1].artifact);
  CHECK(world.Claims(world.image.digest(), world.cosign).size() == 1);
}

TEST_CASE("a dry run knows no manifest that would be merged") {
  World world;
  world.formats = {&world.cosign, &world.format};
  world.options.dry_run = true;
  const std::size_t writes = world.Writes();
  const Report report = world.Sign();
  REQUIRE(report.done.size() == 2);
  CHECK_FALSE(report.done[0].artifact);
  CHECK(report.done[1].artifact);
  CHECK(world.Writes() == writes);
}

}  // namespace hallmark::sign
