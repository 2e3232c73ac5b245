#include "hallmark/store/layout/layout_store.h"

#include "tests/support/catch.h"
#include "tests/support/store_contract.h"
#include "tests/unit/store/layout/layout_test.h"

namespace hallmark::testing {

TEST_CASE("the layout keeps the store contract") {
  const OpenLayout layout;
  CheckStoreContract(*layout.store, *layout.store, layout.repository);
}

TEST_CASE("a folder that is no layout is the operator's mistake") {
  const TempFolder temp;
  const auto path = temp.path() / "layout";
  MakeEmptyLayout(path);
  SECTION("no such folder") { std::filesystem::remove_all(path); }
  SECTION("a file") {
    std::filesystem::remove_all(path);
    WriteFile(path, "");
  }
  SECTION("no oci-layout") { std::filesystem::remove(path / "oci-layout"); }
  SECTION("no index.json") { std::filesystem::remove(path / "index.json"); }
  SECTION("version 2") { WriteFile(path / "oci-layout", R"({"imageLayoutVersion":"2.0.0"})"); }
  SECTION("version 1.0") { WriteFile(path / "oci-layout", R"({"imageLayoutVersion":"1.0."})"); }
  const auto store = store::LayoutStore::Open(path);
  REQUIRE_FALSE(store.ok());
  CHECK(store.error().code() == ErrorCode::kConfig);
}

TEST_CASE("oci-layout is read strictly") {
  const TempFolder temp;
  const auto path = temp.path() / "layout";
  MakeEmptyLayout(path);
  const std::string text =
      GENERATE(as<std::string>{}, "", "1.0.0", "[]", "{}", R"({"imageLayoutVersion":1})",
               R"({"imageLayoutVersion":"1.0.0","imageLayoutVersion":"1.0.0"})",
               R"({"imageLayoutVersion":"1.0.0"} x)", std::string(5000, ' '));
  WriteFile(path / "oci-layout", text);
  CHECK_FALSE(store::LayoutStore::Open(path).ok());
}

TEST_CASE("a tag is the name of an entry, or the tag within it") {
  const OpenLayout layout;
  const Image first = MakeImage("first");
  const Image second = MakeImage("second");
  Put(*layout.store, layout.repository, first);
  Put(*layout.store, layout.repository, second);
  const oci::Descriptor one = first.manifest.descriptor();
  const oci::Descriptor two = second.manifest.descriptor();
  const auto tagged = [&](std::string_view tag) {
    return layout.store->FetchManifest(PatientContext(), TagRef(layout.repository, tag));
  };

  SECTION("a full reference") {
    WriteFile(layout.path / "index.json",
              IndexText(EntryText(one, NameText("registry.example:5000/app:1.4"))));
    CHECK(Must(tagged("1.4")).digest() == one.digest);
    CHECK(tagged("app").error().code() == ErrorCode::kNotFound);
  }
  SECTION("a full reference with tag and digest, or with a digest alone") {
    WriteFile(layout.path / "index.json",
              IndexText(EntryText(one, NameText("example/app:1.4@" + two.digest.ToString())) + "," +
                        EntryText(two, NameText("example/app@" + two.digest.ToString()))));
    CHECK(Must(tagged("1.4")).digest() == one.digest);
    CHECK(tagged(two.digest.hex()).error().code() == ErrorCode::kNotFound);
  }
  SECTION("the exact name comes first") {
    WriteFile(layout.path / "index.json", IndexText(EntryText(one, NameText("example/app:1.4")) +
                                                    "," + EntryText(two, NameText("1.4"))));
    CHECK(Must(tagged("1.4")).digest() == two.digest);
  }
  SECTION("two images of one tag are refused, in either order") {
    const std::string a = EntryText(one, NameText("1.4"));
    const std::string b = EntryText(two, NameText("1.4"));
    WriteFile(layout.path / "index.json",
              IndexText(GENERATE(true, false) ? a + "," + b : b + "," + a));
    CHECK(tagged("1.4").error().code() == ErrorCode::kMalformed);
  }
  SECTION("one image named twice is one image") {
    const std::string a = EntryText(one, NameText("1.4"));
    WriteFile(layout.path / "index.json", IndexText(a + "," + a));
    CHECK(Must(tagged("1.4")).digest() == one.digest);
  }
  SECTION("entries of one digest that disagree are refused") {
    oci::Descriptor other = one;
    other.media_type = "application/vnd.oci.image.index.v1+json";
    WriteFile(layout.path / "index.json",
              IndexText(EntryText(one, NameText("1.4")) + "," + EntryText(other)));
    CHECK(tagged("1.4").error().code() == ErrorCode::kMalformed);
  }
}

TEST_CASE("index.json is read strictly") {
  const OpenLayout layout;
  const Image image = MakeImage("a");
  Put(*layout.store, layout.repository, image);
  const std::string entry = EntryText(image.manifest.descriptor(), NameText("1.4"));
  const std::string text = GENERATE_COPY(
      std::string(), std::string("[]"), IndexText(entry) + "x",
      R"({"schemaVersion":2,"manifests":[],"manifests":[)" + entry + "]}",
      R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","manifests":[)" +
          entry + "]}",
      R"({"schemaVersion":2,"config":)" + entry + R"(,"layers":[],"manifests":[)" + entry + "]}");
  WriteFile(layout.path / "index.json", text);
  const auto manifest =
      layout.store->FetchManifest(PatientContext(), TagRef(layout.repository, "1.4"));
  REQUIRE_FALSE(manifest.ok());
  CHECK(manifest.error().code() == ErrorCode::kMalformed);
  const auto listing = layout.Referrers(image.digest());
  REQUIRE(listing.gap.has_value());
  CHECK(listing.gap->code() == ErrorCode::kMalformed);
}

TEST_CASE("an index.json over 4 MiB is refused") {
  const OpenLayout layout;
  WriteFile(layout.path / "index.json",
            IndexText("") + std::string(std::size_t{4} * 1024 * 1024, ' '));
  const auto manifest =
      layout.store->FetchManifest(PatientContext(), TagRef(layout.repository, "1.4"));
  REQUIRE_FALSE(manifest.ok());
  CHECK(manifest.error().code() == ErrorCode::kLimit);
}

TEST_CASE("the only image of a layout needs no name") {
  const OpenLayout layout;
  const Image image = MakeImage("a");
  const Index index = MakeIndex("b", 2);
  const auto only = [&] { return layout.store->OnlyImage(PatientContext()); };
  SECTION("none") { CHECK(only().error().code() == ErrorCode::kConfig); }
  SECTION("one, with referrers and attachment tags") {
    Put(*layout.store, layout.repository, image, "1.4");
    Put(*layout.store, layout.repository, MakeReferrer(image.manifest.descriptor(), kType, "x"));
    const Image attached = MakeImage("attached");
    Put(*layout.store, layout.repository, attached, "sha256-" + image.digest().hex() + ".sig");
    CHECK(Must(only()) == image.digest());
  }
  SECTION("one with two tags") {
    Put(*layout.store, layout.repository, image, "1.4");
    Put(*layout.store, layout.repository, image, "latest");
    CHECK(Must(only()) == image.digest());
  }
  SECTION("one index whose children are listed") {
    Put(*layout.store, layout.repository, index);
    WriteFile(layout.path / "index.json",
              IndexText(EntryText(index.images.at(0).manifest.descriptor()) + "," +
                        EntryText(index.manifest.descriptor()) + "," +
                        EntryText(index.images.at(1).manifest.descriptor())));
    CHECK(Must(only()) == index.digest());
  }
  SECTION("two, and the message names their tags") {
    Put(*layout.store, layout.repository, image, "1.4");
    Put(*layout.store, layout.repository, index, "multi");
    const auto found = only();
    REQUIRE_FALSE(found.ok());
    CHECK(found.error().code() == ErrorCode::kConfig);
    CHECK(found.error().message().find("1.4, multi") != std::string::npos);
  }
}

}  // namespace hallmark::testing
