// Layouts made by real tools, outside this tree: skipped, saying so, when they are not there.
#include "hallmark/oci/manifest.h"
#include "tests/support/catch.h"
#include "tests/support/store_contract.h"
#include "tests/unit/store/layout/layout_test.h"

namespace hallmark::testing {
namespace {

constexpr std::string_view kBundle = "application/vnd.dev.sigstore.bundle.v0.3+json";

}  // namespace

TEST_CASE("cosign's layouts give their image and their bundles") {
  const auto folder = SharedFolder() / "interop" / "cosign3";
  if (!std::filesystem::exists(folder)) {
    WARN("skipped: no " << folder);
    return;
  }
  struct Expected {
    std::string name;
    std::size_t bundles;
  };
  const auto expected = GENERATE(
      values<Expected>({{"bundle-p256", 1}, {"bundle-p256-tag", 1}, {"bundle-two-keys", 2}}));
  INFO(expected.name);
  const Context context = PatientContext();
  const auto store = Must(store::LayoutStore::Open(folder / expected.name));
  const oci::Repository repository = Repo("registry.example/app");
  const auto subject = Must(store::Resolve(context, *store, TagRef(repository, "v1")));
  CHECK(Must(store->OnlyImage(context)) == subject.digest());
  const auto listing = store->Referrers(context, repository, subject.digest(), kBundle);
  CHECK_FALSE(listing.gap.has_value());
  CHECK(listing.entries.size() == expected.bundles);
  for (const oci::Descriptor& entry : listing.entries) {
    CHECK(entry.artifact_type == kBundle);
    const auto manifest = Must(store->Fetch(context, repository, entry));
    CHECK(oci::ParseDocument(manifest).ok());
  }
}

TEST_CASE("every layout of the real tools can be read") {
  const auto folder = SharedFolder() / "interop" / "cosign3";
  if (!std::filesystem::exists(folder)) {
    WARN("skipped: no " << folder);
    return;
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    INFO(entry.path().filename());
    const auto store = Must(store::LayoutStore::Open(entry.path()));
    const auto image = Must(store->OnlyImage(PatientContext()));
    const auto listing =
        store->Referrers(PatientContext(), Repo("registry.example/app"), image, {});
    CHECK_FALSE(listing.gap.has_value());
    CHECK_FALSE(listing.entries.empty());
  }
}

}  // namespace hallmark::testing
