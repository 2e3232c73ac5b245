#ifndef HALLMARK_TESTS_SUPPORT_STORE_CONTRACT_H_
#define HALLMARK_TESTS_SUPPORT_STORE_CONTRACT_H_

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "hallmark/oci/media_types.h"
#include "hallmark/store/limits.h"
#include "hallmark/store/store.h"
#include "tests/support/catch.h"
#include "tests/support/world.h"

// What every Reader and Writer promises (hallmark/store/store.h), as one suite. Called from a
// TEST_CASE that makes an empty store each time it is entered:
//
//   TEST_CASE("the layout keeps the store contract") {
//     ...
//     CheckStoreContract(store, store, Repo("registry.example/app"));
//   }
namespace hallmark::testing {

inline constexpr std::string_view kContractType = "application/vnd.example.signature";

inline bool Lists(const store::Listing& listing, const oci::Digest& digest) {
  return std::any_of(listing.entries.begin(), listing.entries.end(),
                     [&](const oci::Descriptor& entry) { return entry.digest == digest; });
}

inline oci::Reference TagRef(const oci::Repository& repository, std::string_view tag) {
  return oci::Reference::Of(repository, std::string(tag), std::nullopt);
}

inline oci::Reference DigestRef(const oci::Repository& repository, const oci::Digest& digest) {
  return oci::Reference::Of(repository, std::nullopt, digest);
}

inline void CheckReading(store::Reader& reader, store::Writer& writer,
                         const oci::Repository& repository) {
  const Context context = PatientContext();
  const Image image = MakeImage("contract");

  SECTION("a pushed image is found by tag and by digest") {
    Put(writer, repository, image, "1.4");
    const auto by_tag = Must(reader.FetchManifest(context, TagRef(repository, "1.4")));
    CHECK(by_tag.digest() == image.digest());
    CHECK(AsText(by_tag.bytes()) == AsText(image.manifest.bytes()));
    CHECK(by_tag.descriptor().media_type == oci::kOciManifest);
    const auto by_digest =
        Must(reader.FetchManifest(context, DigestRef(repository, image.digest())));
    CHECK(by_digest.digest() == image.digest());
    CHECK(by_digest.descriptor().media_type == oci::kOciManifest);
    const auto layer = Must(reader.Fetch(context, repository, image.layers.front().descriptor()));
    CHECK(AsText(layer.bytes()) == AsText(image.layers.front().bytes()));
  }
  SECTION("with a digest the tag beside it is not asked") {
    Put(writer, repository, image, "1.4");
    Put(writer, repository, MakeImage("other"), "2.0");
    const auto both = oci::Reference::Of(repository, "2.0", image.digest());
    CHECK(Must(reader.FetchManifest(context, both)).digest() == image.digest());
  }
  SECTION("a child of an index is found by its digest") {
    const Index index = MakeIndex("contract");
    Put(writer, repository, index, "multi");
    const auto subject = Must(store::Resolve(context, reader, TagRef(repository, "multi")));
    CHECK(subject.digest() == index.digest());
    const auto& document = std::get<oci::ImageIndex>(subject.document());
    REQUIRE(document.manifests.size() == index.images.size());
    const auto child =
        Must(store::ResolveChild(context, reader, subject, document.manifests.front()));
    CHECK(child.digest() == index.images.front().digest());
    CHECK(child.asked().tag() == "multi");
    const auto direct = reader.FetchManifest(context, DigestRef(repository, child.digest()));
    CHECK(Must(direct).digest() == child.digest());
  }
  SECTION("what is not there is answered with authority") {
    Put(writer, repository, image, "1.4");
    const auto tag = reader.FetchManifest(context, TagRef(repository, "2.0"));
    REQUIRE_FALSE(tag.ok());
    CHECK(tag.error().code() == ErrorCode::kNotFound);
    const auto digest =
        reader.FetchManifest(context, DigestRef(repository, MakeImage("absent").digest()));
    REQUIRE_FALSE(digest.ok());
    CHECK(digest.error().code() == ErrorCode::kNotFound);
    const auto blob = reader.Fetch(context, repository, MakeImage("absent").config.descriptor());
    REQUIRE_FALSE(blob.ok());
    CHECK(blob.error().code() == ErrorCode::kNotFound);
  }
  SECTION("a descriptor with the wrong size is refused") {
    Put(writer, repository, image, "1.4");
    for (const std::uint64_t size : {image.config.bytes().size() + 1, std::size_t{1}}) {
      oci::Descriptor wrong = image.config.descriptor();
      wrong.size = size;
      CHECK_FALSE(reader.Fetch(context, repository, wrong).ok());
    }
  }
  SECTION("a blob over the limit is refused before it is read") {
    oci::Descriptor huge = image.config.descriptor();
    huge.size = store::kMaxBlobBytes + 1;
    const auto blob = reader.Fetch(context, repository, huge);
    REQUIRE_FALSE(blob.ok());
    CHECK(blob.error().code() == ErrorCode::kLimit);
  }
  SECTION("nothing is done after the deadline") {
    Put(writer, repository, image, "1.4");
    const Context late = ExpiredContext();
    const auto manifest = reader.FetchManifest(late, TagRef(repository, "1.4"));
    REQUIRE_FALSE(manifest.ok());
    CHECK(manifest.error().code() == ErrorCode::kTimeout);
    const auto listing = reader.Referrers(late, repository, image.digest(), kContractType);
    REQUIRE(listing.gap.has_value());
    CHECK(listing.gap->code() == ErrorCode::kTimeout);
    CHECK_FALSE(writer.PushBlob(late, repository, MakeImage("late").config).ok());
  }
}

inline void CheckReferrers(store::Reader& reader, store::Writer& writer,
                           const oci::Repository& repository) {
  const Context context = PatientContext();
  const Image image = MakeImage("contract");
  const oci::Descriptor subject = image.manifest.descriptor();
  Put(writer, repository, image, "1.4");

  SECTION("an image without referrers has none, by authority") {
    const auto listing = reader.Referrers(context, repository, image.digest(), kContractType);
    CHECK(listing.entries.empty());
    CHECK_FALSE(listing.gap.has_value());
    CHECK_FALSE(listing.asked.empty());
  }
  SECTION("pushed referrers are found with their type, and not under another image") {
    const Referrer first = MakeReferrer(subject, kContractType, "one");
    const Referrer second = MakeReferrer(subject, kContractType, "two");
    const Image other = MakeImage("other");
    Put(writer, repository, first);
    Put(writer, repository, other, "2.0");
    Put(writer, repository, second);
    Put(writer, repository, MakeReferrer(other.manifest.descriptor(), kContractType, "three"));
    const auto listing = reader.Referrers(context, repository, image.digest(), kContractType);
    CHECK_FALSE(listing.gap.has_value());
    REQUIRE(listing.entries.size() == 2);
    CHECK(Lists(listing, first.digest()));
    CHECK(Lists(listing, second.digest()));
    CHECK(listing.entries.front().artifact_type == kContractType);
    CHECK(listing.entries.front().media_type == oci::kOciManifest);
    const auto found = Must(reader.Fetch(context, repository, listing.entries.front()));
    CHECK(found.digest() == listing.entries.front().digest);
  }
  SECTION("a referrer that is pushed twice is listed once") {
    const Referrer referrer = MakeReferrer(subject, kContractType, "one");
    Put(writer, repository, referrer);
    Put(writer, repository, referrer);
    Must(writer.Tag(context, repository, image.manifest, "1.4"));
    const auto listing = reader.Referrers(context, repository, image.digest(), kContractType);
    CHECK(listing.entries.size() == 1);
  }
  SECTION("an index has referrers as well") {
    const Index index = MakeIndex("contract", 2);
    Put(writer, repository, index, "multi");
    const Referrer referrer = MakeReferrer(index.manifest.descriptor(), kContractType, "one");
    Put(writer, repository, referrer);
    CHECK(Lists(reader.Referrers(context, repository, index.digest(), kContractType),
                referrer.digest()));
  }
  SECTION("the referrer of an image that is not there yet is kept") {
    const Image later = MakeImage("later");
    const Referrer referrer = MakeReferrer(later.manifest.descriptor(), kContractType, "early");
    Put(writer, repository, referrer);
    CHECK(Lists(reader.Referrers(context, repository, later.digest(), kContractType),
                referrer.digest()));
  }
  SECTION("writers at the same time lose nothing") {
    std::vector<Referrer> referrers;
    for (int i = 0; i < 8; ++i) {
      referrers.push_back(MakeReferrer(subject, kContractType, "signer " + std::to_string(i)));
    }
    {
      std::vector<std::jthread> threads;
      for (const Referrer& referrer : referrers) {
        threads.emplace_back([&] { Put(writer, repository, referrer); });
      }
    }
    const auto listing = reader.Referrers(context, repository, image.digest(), kContractType);
    CHECK_FALSE(listing.gap.has_value());
    CHECK(listing.entries.size() == referrers.size());
    for (const Referrer& referrer : referrers) CHECK(Lists(listing, referrer.digest()));
  }
}

inline void CheckTags(store::Reader& reader, store::Writer& writer,
                      const oci::Repository& repository) {
  const Context context = PatientContext();
  const Image first = MakeImage("first");
  const Image second = MakeImage("second");
  Put(writer, repository, first, "stable");
  Put(writer, repository, second, "edge");

  SECTION("a tag moves, and others stay") {
    Must(writer.Tag(context, repository, second.manifest, "stable"));
    for (const std::string_view tag : {"stable", "edge"}) {
      const auto found = Must(reader.FetchManifest(context, TagRef(repository, tag)));
      CHECK(found.digest() == second.digest());
    }
    const auto old = reader.FetchManifest(context, DigestRef(repository, first.digest()));
    CHECK(Must(old).digest() == first.digest());
  }
  SECTION("one image has several tags, and tagging again changes nothing") {
    Must(writer.Tag(context, repository, first.manifest, "1.0"));
    Must(writer.Tag(context, repository, first.manifest, "1.0"));
    for (const std::string_view tag : {"stable", "1.0"}) {
      const auto found = Must(reader.FetchManifest(context, TagRef(repository, tag)));
      CHECK(found.digest() == first.digest());
    }
  }
}

// A document behind a tag in its simplest form: an index whose annotations are words, one a writer.
class Words final : public store::TagMerge {
 public:
  explicit Words(std::string mine) : mine_(std::move(mine)) { seen_.insert(mine_); }

  static std::set<std::string> In(const oci::Content& content) {
    const auto document = Must(oci::ParseDocument(content));
    std::set<std::string> words;
    for (const auto& [word, _] : std::get<oci::ImageIndex>(document).annotations) {
      words.insert(word);
    }
    return words;
  }
  static oci::Content Note() { return oci::Content::Describe("text/plain", ToBytes("a note")); }

  Result<Done> See(const std::optional<oci::Content>& current) override {
    current_.clear();
    if (!current) return Done{};
    if (current->descriptor().media_type != oci::kOciIndex) {
      return Error(ErrorCode::kProtocol, "no words");
    }
    current_ = In(*current);
    seen_.insert(current_.begin(), current_.end());
    return Done{};
  }
  bool IsComplete() const override { return current_ == seen_; }
  Result<Version> Merged() const override {
    if (seen_.contains("full")) return Error(ErrorCode::kLimit, "full");
    std::string text;
    for (const std::string& word : seen_) text += (text.empty() ? "\"" : ",\"") + word + R"(":"1")";
    text = R"({"schemaVersion":2,"mediaType":")" + std::string(oci::kOciIndex) +
           R"(","manifests":[],"annotations":{)" + text + "}}";
    return Version{oci::Content::Describe(std::string(oci::kOciIndex), ToBytes(text)), {Note()}};
  }

 private:
  const std::string mine_;
  std::set<std::string> current_;
  std::set<std::string> seen_;
};

inline void CheckEditedTags(store::Reader& reader, store::Writer& writer,
                            const oci::Repository& repository) {
  const Context context = PatientContext();
  const auto edit = [&](const std::string& word) {
    Words words(word);
    return writer.EditTag(context, repository, "words", words);
  };
  const auto found = [&] {
    return Must(reader.FetchManifest(context, TagRef(repository, "words")));
  };

  SECTION("the first edit makes the document, with its blobs") {
    const oci::Digest first = Must(edit("one"));
    CHECK(found().digest() == first);
    CHECK(Words::In(found()) == std::set<std::string>{"one"});
    CHECK(Must(reader.Fetch(context, repository, Words::Note().descriptor())).digest() ==
          Words::Note().digest());
  }
  SECTION("further ones add, and the same again changes nothing") {
    Must(edit("one"));
    const oci::Digest both = Must(edit("two"));
    CHECK(Words::In(found()) == std::set<std::string>{"one", "two"});
    CHECK(Must(edit("one")) == both);
    CHECK(found().digest() == both);
    CHECK(reader.Referrers(context, repository, both, kContractType).entries.empty());
  }
  SECTION("a tag that holds something else, or is full, stays as it is") {
    const Image image = MakeImage("contract");
    Put(writer, repository, image, "words");
    CHECK(edit("one").error().code() == ErrorCode::kProtocol);
    CHECK(found().digest() == image.digest());
    Words full("full");
    CHECK(writer.EditTag(context, repository, "other", full).error().code() == ErrorCode::kLimit);
    const auto other = reader.FetchManifest(context, TagRef(repository, "other"));
    REQUIRE_FALSE(other.ok());
    CHECK(other.error().code() == ErrorCode::kNotFound);
    Words words("one");
    CHECK(writer.EditTag(context, repository, "no tag", words).error().code() ==
          ErrorCode::kMalformed);
    CHECK(writer.EditTag(ExpiredContext(), repository, "late", words).error().code() ==
          ErrorCode::kTimeout);
  }
  SECTION("writers at the same time lose nothing") {
    std::set<std::string> all;
    {
      std::vector<std::jthread> threads;
      for (int i = 0; i < 8; ++i) {
        const std::string word = "writer " + std::to_string(i);
        all.insert(word);
        threads.emplace_back([&, word] { Must(edit(word)); });
      }
    }
    CHECK(Words::In(found()) == all);
  }
}

inline void CheckStoreContract(store::Reader& reader, store::Writer& writer,
                               const oci::Repository& repository) {
  SECTION("reading") { CheckReading(reader, writer, repository); }
  SECTION("referrers") { CheckReferrers(reader, writer, repository); }
  SECTION("tags") { CheckTags(reader, writer, repository); }
  SECTION("edited tags") { CheckEditedTags(reader, writer, repository); }
}

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_SUPPORT_STORE_CONTRACT_H_
