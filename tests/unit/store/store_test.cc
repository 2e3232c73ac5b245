#include "hallmark/store/store.h"

#include "hallmark/oci/media_types.h"
#include "hallmark/store/referrer.h"
#include "tests/support/catch.h"
#include "tests/support/store_contract.h"
#include "tests/support/world.h"

namespace hallmark::testing {
namespace {

// A Reader that answers every question with one manifest, whatever was asked.
class StubbornReader final : public store::Reader {
 public:
  explicit StubbornReader(oci::Content answer) : answer_(std::move(answer)) {}
  Result<oci::Content> FetchManifest(const Context&, const oci::Reference&) override {
    return answer_;
  }
  Result<oci::Content> Fetch(const Context&, const oci::Repository&,
                             const oci::Descriptor&) override {
    return answer_;
  }
  store::Listing Referrers(const Context&, const oci::Repository&, const oci::Digest&,
                           std::string_view) override {
    return {};
  }

 private:
  oci::Content answer_;
};

}  // namespace

TEST_CASE("the store in memory keeps the store contract") {
  MemoryStore store;
  CheckStoreContract(store, store, Repo("registry.example/app"));
}

TEST_CASE("Resolve pins a name to the manifest it found, with one read") {
  MemoryStore store;
  const Image image = MakeImage("a");
  Put(store, Repo("registry.example/app"), image, "1.4");
  const auto subject =
      Must(store::Resolve(PatientContext(), store, Ref("registry.example/app:1.4")));
  CHECK(subject.digest() == image.digest());
  CHECK(subject.asked().tag() == "1.4");
  CHECK(std::holds_alternative<oci::ImageManifest>(subject.document()));
  CHECK(store.calls(MemoryStore::Call::kFetchManifest) == 1);
}

TEST_CASE("Resolve refuses another image than the one that was asked for (A06)") {
  const Image image = MakeImage("a");
  const Image other = MakeImage("b");
  StubbornReader reader(other.manifest);
  const oci::Repository repository = Repo("registry.example/app");
  const auto subject =
      store::Resolve(PatientContext(), reader, DigestRef(repository, image.digest()));
  REQUIRE_FALSE(subject.ok());
  CHECK(subject.error().code() == ErrorCode::kMismatch);
}

TEST_CASE("Resolve refuses bytes that do not match, and documents of two meanings") {
  MemoryStore store;
  const oci::Repository repository = Repo("registry.example/app");
  const Image image = MakeImage("a");
  Put(store, repository, image, "1.4");
  SECTION("other bytes under the digest") {
    store.ReplaceBytes(image.digest(), ToBytes("{}"));
    const auto subject = store::Resolve(PatientContext(), store, Ref("registry.example/app:1.4"));
    REQUIRE_FALSE(subject.ok());
    CHECK(subject.error().code() == ErrorCode::kMismatch);
  }
  SECTION("an image that is served as an index (A13)") {
    store.ServeAs(image.digest(), std::string(oci::kOciIndex));
    const auto subject = store::Resolve(PatientContext(), store, Ref("registry.example/app:1.4"));
    REQUIRE_FALSE(subject.ok());
    CHECK(subject.error().code() == ErrorCode::kMalformed);
  }
  SECTION("a store that cannot be asked") {
    store.FailOn(MemoryStore::Call::kFetchManifest, Error(ErrorCode::kUnavailable, "reset"));
    const auto subject = store::Resolve(PatientContext(), store, Ref("registry.example/app:1.4"));
    REQUIRE_FALSE(subject.ok());
    CHECK(subject.error().code() == ErrorCode::kUnavailable);
  }
}

TEST_CASE("ResolveChild refuses another child than the index names") {
  MemoryStore store;
  const Index index = MakeIndex("a", 2);
  Put(store, Repo("registry.example/app"), index, "multi");
  const auto subject =
      Must(store::Resolve(PatientContext(), store, Ref("registry.example/app:multi")));
  StubbornReader reader(index.images.at(1).manifest);
  const auto child = store::ResolveChild(PatientContext(), reader, subject,
                                         index.images.at(0).manifest.descriptor());
  REQUIRE_FALSE(child.ok());
  CHECK(child.error().code() == ErrorCode::kMismatch);
}

TEST_CASE("the fallback tag is cut as the specification says") {
  const auto short_one = oci::Digest::Of(crypto::HashAlgorithm::kSha256, AsBytes("a"));
  CHECK(store::FallbackTag(short_one) == "sha256-" + short_one.hex());
  const auto long_one = oci::Digest::Of(crypto::HashAlgorithm::kSha512, AsBytes("a"));
  CHECK(store::FallbackTag(long_one) == "sha512-" + long_one.hex().substr(0, 64));
}

TEST_CASE("a referrer without artifactType has its config's type") {
  const Referrer referrer =
      MakeReferrer(MakeImage("a").manifest.descriptor(), "application/vnd.example", "x");
  oci::ImageManifest manifest =
      std::get<oci::ImageManifest>(Must(oci::ParseDocument(referrer.manifest)));
  CHECK(store::ArtifactTypeOf(manifest) == "application/vnd.example");
  manifest.artifact_type.clear();
  CHECK(store::ArtifactTypeOf(manifest) == oci::kEmptyJson);
}

}  // namespace hallmark::testing
