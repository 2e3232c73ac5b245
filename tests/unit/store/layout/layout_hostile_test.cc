// A90: a layout made by somebody else.
#include <sys/stat.h>

#include "tests/support/catch.h"
#include "tests/support/store_contract.h"
#include "tests/unit/store/layout/layout_test.h"

namespace hallmark::testing {
namespace {

ErrorCode CodeOfTag(const OpenLayout& layout) {
  const auto manifest =
      layout.store->FetchManifest(PatientContext(), TagRef(layout.repository, "1.4"));
  REQUIRE_FALSE(manifest.ok());
  return manifest.error().code();
}

}  // namespace

TEST_CASE("A90: digests that are paths are refused") {
  const OpenLayout layout;
  const std::string digest =
      GENERATE(as<std::string>{}, "sha256:../../x", "../../etc/passwd", "sha256:", "",
               "sha256:/etc/passwd", "sha256:%2e%2e", "md5:00", "sha256/../..:00");
  WriteFile(layout.path / "index.json",
            IndexText(R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","size":2,)"
                      R"("digest":")" +
                      digest + "\"" + NameText("1.4") + "}"));
  CHECK(CodeOfTag(layout) == ErrorCode::kMalformed);
}

TEST_CASE("A90: what is no regular file is refused, even when its bytes match") {
  const OpenLayout layout;
  const Image image = MakeImage("a");
  Put(*layout.store, layout.repository, image, "1.4");
  const auto blob = layout.Blob(image.digest());
  const auto outside = layout.temp.path() / "outside";
  std::filesystem::rename(blob, outside);
  SECTION("a link outward") { std::filesystem::create_symlink(outside, blob); }
  SECTION("a link within") {
    std::filesystem::rename(outside, layout.path / "inside");
    std::filesystem::create_symlink(layout.path / "inside", blob);
  }
  SECTION("a device") { std::filesystem::create_symlink("/dev/zero", blob); }
  SECTION("a pipe, without waiting for it") { REQUIRE(::mkfifo(blob.c_str(), 0600) == 0); }
  SECTION("a folder") { std::filesystem::create_directory(blob); }
  CHECK(CodeOfTag(layout) == ErrorCode::kMalformed);
  const auto pushed =
      layout.store->PushManifest(PatientContext(), layout.repository, image.manifest);
  REQUIRE_FALSE(pushed.ok());
  CHECK(pushed.error().code() == ErrorCode::kMalformed);
}

TEST_CASE("A90: a folder of blobs that is a link is refused, for reading and writing") {
  const OpenLayout layout;
  const Image image = MakeImage("a");
  Put(*layout.store, layout.repository, image, "1.4");
  const auto linked = GENERATE(as<std::string>{}, "blobs", "blobs/sha256");
  const auto outside = layout.temp.path() / "outside";
  std::filesystem::rename(layout.path / linked, outside);
  std::filesystem::create_directory_symlink(outside, layout.path / linked);
  const auto count = [&] {
    return std::distance(std::filesystem::recursive_directory_iterator(outside),
                         std::filesystem::recursive_directory_iterator());
  };
  const auto before = count();
  CHECK(CodeOfTag(layout) == ErrorCode::kMalformed);
  const auto pushed =
      layout.store->PushBlob(PatientContext(), layout.repository, MakeImage("b").config);
  CHECK_FALSE(pushed.ok());
  CHECK(count() == before);
}

TEST_CASE("A90: index.json that is a link or a pipe is refused") {
  const OpenLayout layout;
  const auto index = layout.path / "index.json";
  const auto outside = layout.temp.path() / "outside.json";
  std::filesystem::rename(index, outside);
  SECTION("a link") { std::filesystem::create_symlink(outside, index); }
  SECTION("a pipe") { REQUIRE(::mkfifo(index.c_str(), 0600) == 0); }
  CHECK(CodeOfTag(layout) == ErrorCode::kMalformed);
  const auto reopened = store::LayoutStore::Open(layout.path);
  REQUIRE_FALSE(reopened.ok());
  CHECK(reopened.error().code() == ErrorCode::kMalformed);
}

TEST_CASE("A90: a write does not go through a hard link") {
  const OpenLayout layout;
  const Image image = MakeImage("a");
  const auto outside = layout.temp.path() / "outside";
  WriteFile(outside, "precious");
  std::filesystem::create_hard_link(outside, layout.Blob(image.config.digest()));
  const auto read =
      layout.store->Fetch(PatientContext(), layout.repository, image.config.descriptor());
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().code() == ErrorCode::kMismatch);
  Put(*layout.store, layout.repository, image, "1.4");
  CHECK(ReadFile(outside) == "precious");
  CHECK(layout.store->Fetch(PatientContext(), layout.repository, image.config.descriptor()).ok());
}

TEST_CASE("a blob whose bytes do not match its name is refused") {
  const OpenLayout layout;
  const Image image = MakeImage("a");
  Put(*layout.store, layout.repository, image, "1.4");
  std::string text = ReadFile(layout.Blob(image.digest()));
  SECTION("one bit") { text.front() ^= 1; }
  SECTION("cut") { text.pop_back(); }
  SECTION("longer") { text += " "; }
  SECTION("empty") { text.clear(); }
  WriteFile(layout.Blob(image.digest()), text);
  CHECK(CodeOfTag(layout) == ErrorCode::kMismatch);
  const auto by_digest =
      layout.store->FetchManifest(PatientContext(), DigestRef(layout.repository, image.digest()));
  REQUIRE_FALSE(by_digest.ok());
  CHECK(by_digest.error().code() == ErrorCode::kMismatch);
}

TEST_CASE("a manifest that the index calls an index is refused as a document") {
  const OpenLayout layout;
  const Image image = MakeImage("a");
  Put(*layout.store, layout.repository, image, "1.4");
  oci::Descriptor lie = image.manifest.descriptor();
  lie.media_type = "application/vnd.oci.image.index.v1+json";
  WriteFile(layout.path / "index.json", IndexText(EntryText(lie, NameText("1.4"))));
  const auto subject =
      store::Resolve(PatientContext(), *layout.store, TagRef(layout.repository, "1.4"));
  REQUIRE_FALSE(subject.ok());
  CHECK(subject.error().code() == ErrorCode::kMalformed);
}

}  // namespace hallmark::testing
