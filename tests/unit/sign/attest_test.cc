#include "hallmark/sign/attest.h"

#include "hallmark/signature/bundle/bundle_format.h"
#include "hallmark/signature/cosign/cosign_format.h"
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
  signature::BundleFormat bundle;
  signature::CosignFormat cosign;
  std::vector<const signature::AttestingFormat*> formats = {&bundle};
  crypto::PrivateKey key = testing::MakeKey();
  std::unique_ptr<crypto::Signer> signer = testing::MakeTestSigner(key);
  trust::TrustRoot trust = Must(trust::TrustRoot::Of({{"ci", "ci.pub", key.public_key(), {}, {}}}));
  Context context = testing::PatientContext();

  World() { testing::Put(store, repository, image, "1.4"); }

  std::size_t Writes() const {
    return store.calls(MemoryStore::Call::kPushBlob) +
           store.calls(MemoryStore::Call::kPushManifest) + store.calls(MemoryStore::Call::kEditTag);
  }

  AttestReport Attest(std::string_view predicate, bool dry_run = false,
                      std::string_view reference = "registry.example/app:1.4") {
    const auto attestation =
        Must(signature::Attestation::Of(std::string(kType), ToBytes(predicate)));
    return sign::Attest(context, {store, store}, formats, testing::Ref(reference), attestation,
                        *signer, {dry_run}, kNow);
  }

  // Whether the format finds exactly the artifact, as an attestation of this world's key.
  bool Finds(const signature::Format& by, const oci::Digest& artifact) {
    const auto subject =
        Must(store::Resolve(context, store, testing::Ref("registry.example/app:1.4")));
    const auto found = by.Find(context, store, subject, {kType, trust});
    if (found.candidates.size() != 1) return false;
    const auto loaded = by.Load(context, store, subject, found.candidates[0]);
    const auto* signature = std::get_if<signature::Signature>(&loaded);
    if (signature == nullptr || signature->artifact.digest != artifact) return false;
    const auto assessment = by.Assess(*signature, subject, trust, kNow);
    return assessment.verified && assessment.verified->claim().predicate_type == kType;
  }
};

TEST_CASE("an attestation is found by its type and proved by its key") {
  World world;
  const AttestReport report = world.Attest(R"({"passed": true})");
  CHECK(report.errors.empty());
  REQUIRE(report.done.size() == 1);
  CHECK(report.done[0].subject == world.image.manifest.digest());
  CHECK(report.done[0].format == signature::FormatId::kSigstoreBundle);
  CHECK(world.Finds(world.bundle, report.done[0].artifact.value()));
}

TEST_CASE("an attestation goes into each format that is asked for") {
  World world;
  world.formats = {&world.bundle, &world.cosign};
  const AttestReport report = world.Attest("{}");
  CHECK(report.errors.empty());
  REQUIRE(report.done.size() == 2);
  CHECK(world.Finds(world.bundle, report.done[0].artifact.value()));
  CHECK(report.done[1].format == signature::FormatId::kCosign);
  CHECK(world.Finds(world.cosign, report.done[1].artifact.value()));
}

TEST_CASE("attestations behind one tag stay beside one another") {
  World world;
  world.formats = {&world.cosign};
  CHECK(world.Attest("{}").errors.empty());
  CHECK(world.Attest("{ }").errors.empty());
  const auto subject =
      Must(store::Resolve(world.context, world.store, testing::Ref("registry.example/app:1.4")));
  const auto found = world.cosign.Find(world.context, world.store, subject, {kType, world.trust});
  CHECK(found.candidates.size() == 2);
  CHECK(world.cosign
            .Find(world.context, world.store, subject, {signature::kSignPredicate, world.trust})
            .candidates.empty());
}

TEST_CASE("an attestation in a dry run is made and not stored") {
  World world;
  world.formats = {&world.bundle, &world.cosign};
  const std::size_t before = world.Writes();
  const AttestReport report = world.Attest("{}", true);
  REQUIRE(report.done.size() == 2);
  CHECK(report.done[0].artifact);
  CHECK_FALSE(report.done[1].artifact);
  CHECK(world.Writes() == before);
}

TEST_CASE("an image that is not there is not attested") {
  World world;
  const AttestReport report = world.Attest("{}", false, "registry.example/app:none");
  CHECK(report.done.empty());
  REQUIRE(report.errors.size() == 1);
  CHECK(report.errors[0].code() == ErrorCode::kNotFound);
}

}  // namespace
}  // namespace hallmark::sign
