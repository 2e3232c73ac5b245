#include "hallmark/oci/media_types.h"
#include "hallmark/store/limits.h"
#include "hallmark/store/referrer.h"
#include "tests/support/catch.h"
#include "tests/support/store_contract.h"
#include "tests/unit/store/layout/layout_test.h"

namespace hallmark::testing {
namespace {

// An image in a layout, and a referrer whose blobs are there but which index.json does not list.
struct WithReferrer : OpenLayout {
  WithReferrer() {
    Put(*store, repository, image, "1.4");
    for (const oci::Content* content : {&referrer.config, &referrer.layer, &referrer.manifest}) {
      Must(store->PushBlob(PatientContext(), repository, *content));
    }
  }
  void ListEntries(const std::string& entries) const {
    WriteFile(path / "index.json",
              IndexText(EntryText(image.manifest.descriptor(), NameText("1.4")) + "," + entries));
  }
  // Puts an index of these entries under the fallback tag of the image.
  void ListInFallback(const std::string& entries) const {
    const auto index =
        oci::Content::Describe(std::string(oci::kOciIndex), ToBytes(IndexText(entries)));
    Must(store->PushBlob(PatientContext(), repository, index));
    ListEntries(EntryText(index.descriptor(), NameText(store::FallbackTag(image.digest()))));
  }
  store::Listing Found() const { return Referrers(image.digest()); }

  Image image = MakeImage("a");
  Referrer referrer = MakeReferrer(image.manifest.descriptor(), kType, "signature");
};

}  // namespace

TEST_CASE("referrers are found in index.json and under the fallback tag, once") {
  const WithReferrer layout;
  const oci::Descriptor entry = layout.referrer.manifest.descriptor();
  SECTION("in index.json, without a type") { layout.ListEntries(EntryText(entry)); }
  SECTION("in index.json, with a wrong type") {
    layout.ListEntries(EntryText(entry, R"(,"artifactType":"text/plain")"));
  }
  SECTION("under the fallback tag, as a peer writes it") {
    layout.ListInFallback(
        EntryText(entry, R"(,"artifactType":"application/vnd.oci.empty.v1+json")"));
  }
  SECTION("in both") {
    layout.ListInFallback(EntryText(entry));
    const std::string index = layout.index();
    WriteFile(layout.path / "index.json",
              index.substr(0, index.size() - 2) + "," + EntryText(entry) + "]}");
  }
  const auto listing = layout.Found();
  CHECK_FALSE(listing.gap.has_value());
  REQUIRE(listing.entries.size() == 1);
  CHECK(listing.entries.front().digest == layout.referrer.digest());
  CHECK(listing.entries.front().artifact_type == kType);
}

TEST_CASE("A07: only a manifest's own subject makes it a referrer") {
  const WithReferrer layout;
  const Referrer foreign =
      MakeReferrer(MakeImage("b").manifest.descriptor(), kType, "another image's");
  Must(layout.store->PushBlob(PatientContext(), layout.repository, foreign.manifest));
  const std::string entry =
      EntryText(foreign.manifest.descriptor(), R"(,"artifactType":")" + std::string(kType) + "\"");
  GENERATE(true, false) ? layout.ListEntries(entry) : layout.ListInFallback(entry);
  const auto listing = layout.Found();
  CHECK(listing.entries.empty());
  CHECK_FALSE(listing.gap.has_value());
}

TEST_CASE("a listed referrer that is broken is shown, not hidden") {
  const WithReferrer layout;
  const oci::Descriptor entry = layout.referrer.manifest.descriptor();
  const std::string typed = EntryText(entry, R"(,"artifactType":")" + std::string(kType) + "\"");
  const auto blob = layout.Blob(entry.digest);
  SECTION("flipped, in index.json") {
    layout.ListEntries(typed);
    WriteFile(blob, std::string(entry.size, 'x'));
  }
  SECTION("flipped, under the fallback tag with a type that says nothing") {
    layout.ListInFallback(
        EntryText(entry, R"(,"artifactType":"application/vnd.oci.empty.v1+json")"));
    WriteFile(blob, std::string(entry.size, 'x'));
  }
  SECTION("gone") {
    layout.ListEntries(typed);
    std::filesystem::remove(blob);
  }
  const auto listing = layout.Found();
  CHECK_FALSE(listing.gap.has_value());
  REQUIRE(listing.entries.size() == 1);
  CHECK_FALSE(
      layout.store->Fetch(PatientContext(), layout.repository, listing.entries.front()).ok());
}

TEST_CASE("a broken entry that is listed as an image is no referrer") {
  const WithReferrer layout;
  const oci::Descriptor absent = MakeImage("absent").manifest.descriptor();
  SECTION("named") { layout.ListEntries(EntryText(absent, NameText("other"))); }
  SECTION("for a platform") {
    layout.ListEntries(EntryText(absent, R"(,"platform":{"os":"linux","architecture":"amd64"})"));
  }
  SECTION("the subject itself") {
    layout.ListEntries(EntryText(layout.image.manifest.descriptor()));
    WriteFile(layout.Blob(layout.image.digest()),
              std::string(layout.image.manifest.descriptor().size, 'x'));
  }
  const auto listing = layout.Found();
  CHECK(listing.entries.empty());
  CHECK_FALSE(listing.gap.has_value());
}

TEST_CASE("a broken entry that may have been a referrer is a gap") {
  const WithReferrer layout;
  oci::Descriptor entry = layout.referrer.manifest.descriptor();
  SECTION("flipped") { WriteFile(layout.Blob(entry.digest), std::string(entry.size, 'x')); }
  SECTION("cut") { WriteFile(layout.Blob(entry.digest), "{"); }
  SECTION("gone") { std::filesystem::remove(layout.Blob(entry.digest)); }
  SECTION("too large") { entry.size = std::uint64_t{1} << 52; }
  SECTION("no manifest") {
    const auto junk = oci::Content::Describe(std::string(oci::kOciManifest), ToBytes("[]"));
    Must(layout.store->PushBlob(PatientContext(), layout.repository, junk));
    entry = junk.descriptor();
  }
  layout.ListEntries(EntryText(entry));
  const auto listing = layout.Found();
  CHECK(listing.entries.empty());
  CHECK(listing.gap.has_value());
}

TEST_CASE("a fallback index that cannot be read is a gap") {
  const WithReferrer layout;
  layout.ListInFallback(EntryText(layout.referrer.manifest.descriptor()));
  const auto tagged = Must(layout.store->FetchManifest(
      PatientContext(), TagRef(layout.repository, store::FallbackTag(layout.image.digest()))));
  SECTION("gone") { std::filesystem::remove(layout.Blob(tagged.digest())); }
  SECTION("flipped") {
    WriteFile(layout.Blob(tagged.digest()), std::string(tagged.bytes().size(), 'x'));
  }
  SECTION("no index") {
    layout.ListEntries(EntryText(layout.image.manifest.descriptor(),
                                 NameText(store::FallbackTag(layout.image.digest()))));
  }
  CHECK(layout.Found().gap.has_value());
}

TEST_CASE("more referrers than are read end the listing with a gap") {
  const WithReferrer layout;
  std::string entries;
  for (std::size_t i = 0; i <= store::kMaxReferrers; ++i) {
    // None of them is there: what counts is that each was listed as a referrer.
    const auto absent = oci::Content::Describe(std::string(oci::kOciManifest),
                                               ToBytes("absent " + std::to_string(i)));
    entries += (i == 0 ? "" : ",") +
               EntryText(absent.descriptor(), R"(,"artifactType":")" + std::string(kType) + "\"");
  }
  layout.ListEntries(entries);
  const auto listing = layout.Found();
  REQUIRE(listing.gap.has_value());
  CHECK(listing.gap->code() == ErrorCode::kLimit);
  CHECK(listing.entries.size() == store::kMaxReferrers);
}

TEST_CASE("an entry of an absurd size does not end the listing") {
  const WithReferrer layout;
  oci::Descriptor absurd = MakeImage("absent").manifest.descriptor();
  absurd.size = std::uint64_t{1} << 52;
  layout.ListEntries(EntryText(absurd) + "," + EntryText(layout.referrer.manifest.descriptor()));
  const auto listing = layout.Found();
  CHECK(listing.gap.has_value());
  CHECK(Lists(listing, layout.referrer.digest()));
}

}  // namespace hallmark::testing
