#include "hallmark/sign/attest.h"

#include "hallmark/signature/bundle/bundle_format.h"
#include "tests/support/catch.h"
#include "tests/support/world.h"

namespace hallmark::sign {
namespace {

using testing::MemoryStore;
using testing::Must;

constexpr UnixTime kNow{std::chrono::seconds{1'780'315'200}};
constexpr std::string_view kType = "https://example.com/x";

struct World {
  MemoryStore store;
  oci::Repository repository = testing::Repo("registry.example/app");
  testing::Image image = testing::MakeImage("one");
  signature::BundleFormat format;
  crypto::PrivateKey key = testing::MakeKey();
  std::unique_ptr<crypto::Signer> signer = testing::MakeTestSigner(key);
  trust::TrustRoot trust = Must(trust::TrustRoot::Of({{"ci", "ci.pub", key.public_key(), {}, {}}}));
  Context context = testing::PatientContext();

  World() { testing::Put(store, repository, image, "1.4"); }

  Result<Attested> Attest(std::string_view predicate, bool dry_run = false) {
    const auto attestation =
        Must(signature::Attestation::Of(std::string(kType), ToBytes(predicate)));
    return sign::Attest(context, {store, store}, format, testing::Ref("registry.example/app:1.4"),
                        attestation, *signer, {dry_run}, kNow);
  }
};

TEST_CASE("an attestation is found by its type and proved by its key") {
  World world;
  const Attested made = Must(world.Attest(R"({"passed": true})"));
  CHECK(made.subject == world.image.manifest.digest());
  const auto subject =
      Must(store::Resolve(world.context, world.store, testing::Ref("registry.example/app:1.4")));
  const auto found = world.format.Find(world.context, world.store, subject, {kType, world.trust});
  REQUIRE(found.candidates.size() == 1);
  const oci::Descriptor& entry = found.candidates[0].artifact;
  CHECK(entry.digest == made.artifact);
  CHECK(entry.annotations.at("dev.sigstore.bundle.predicateType") == kType);
  const auto loaded = world.format.Load(world.context, world.store, subject, found.candidates[0]);
  const auto& signature = std::get<signature::Signature>(loaded);
  const auto assessment = world.format.Assess(signature, subject, world.trust, kNow);
  REQUIRE(assessment.verified);
  CHECK(assessment.verified->claim().predicate_type == kType);
}

TEST_CASE("an attestation in a dry run is made and not stored") {
  World world;
  const std::size_t before = world.store.calls(MemoryStore::Call::kPushBlob);
  CHECK(world.Attest("{}", true).ok());
  CHECK(world.store.calls(MemoryStore::Call::kPushBlob) == before);
}

TEST_CASE("an image that is not there is not attested") {
  World world;
  const auto attestation = Must(signature::Attestation::Of(std::string(kType), ToBytes("{}")));
  const auto made =
      sign::Attest(world.context, {world.store, world.store}, world.format,
                   testing::Ref("registry.example/app:none"), attestation, *world.signer, {}, kNow);
  REQUIRE_FALSE(made.ok());
  CHECK(made.error().code() == ErrorCode::kNotFound);
}

}  // namespace
}  // namespace hallmark::sign
