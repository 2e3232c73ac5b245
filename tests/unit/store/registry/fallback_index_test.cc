#include "hallmark/store/registry/internal/fallback_index.h"

#include "hallmark/oci/media_types.h"
#include "hallmark/store/limits.h"
#include "tests/support/catch.h"
#include "tests/support/world.h"

namespace hallmark::store::registry {
namespace {

oci::Descriptor EntryNamed(std::string_view name) {
  return {std::string(oci::kOciManifest),
          oci::Digest::Of(oci::Digest::Algorithm::kSha256, AsBytes(name)),
          name.size(),
          "application/vnd.example.signature",
          {{"k", "v"}},
          std::nullopt};
}

oci::Content AsIndex(std::string_view text) {
  return oci::Content::Describe(std::string(oci::kOciIndex), ToBytes(text));
}

// What a tag holds after one writer alone.
oci::Content IndexOf(std::string_view name) {
  FallbackIndex index(EntryNamed(name));
  testing::Must(index.See(std::nullopt));
  return testing::Must(index.Merged()).manifest;
}

bool Holds(const oci::Content& index, std::string_view name) {
  return AsText(index.bytes()).find(EntryNamed(name).digest.hex()) != std::string_view::npos;
}

}  // namespace

TEST_CASE("a first entry makes an index that parses and is complete") {
  FallbackIndex index(EntryNamed("mine"));
  testing::Must(index.See(std::nullopt));
  CHECK_FALSE(index.IsComplete());
  const oci::Content merged = testing::Must(index.Merged()).manifest;
  testing::Must(index.See(merged));
  CHECK(index.IsComplete());
  const auto document = testing::Must(oci::ParseDocument(merged));
  const auto& entry = std::get<oci::ImageIndex>(document).manifests.front();
  CHECK(entry.artifact_type == "application/vnd.example.signature");
  CHECK(entry.annotations.at("k") == "v");
}

TEST_CASE("what was seen once comes back, whoever dropped it") {
  FallbackIndex index(EntryNamed("mine"));
  testing::Must(index.See(IndexOf("theirs")));
  testing::Must(index.See(IndexOf("others")));
  CHECK_FALSE(index.IsComplete());
  const oci::Content merged = testing::Must(index.Merged()).manifest;
  for (const char* name : {"mine", "theirs", "others"}) CHECK(Holds(merged, name));
  testing::Must(index.See(IndexOf("mine")));
  CHECK_FALSE(index.IsComplete());
  testing::Must(index.See(merged));
  CHECK(index.IsComplete());
}

TEST_CASE("our entry in another shape is corrected, once") {
  std::string wrong(AsText(IndexOf("mine").bytes()));
  const std::string type = "application/vnd.example.signature";
  wrong.replace(wrong.find(type), type.size(), "application/vnd.oci.empty.v1+json");
  FallbackIndex index(EntryNamed("mine"));
  testing::Must(index.See(AsIndex(wrong)));
  CHECK_FALSE(index.IsComplete());
  CHECK(testing::Must(index.Merged()).manifest.digest() == IndexOf("mine").digest());
}

TEST_CASE("what is no index is not taken for one") {
  FallbackIndex index(EntryNamed("mine"));
  const std::string text =
      GENERATE(as<std::string>{}, "", "{}", "[]", "<html>", R"({"schemaVersion":2,"manifests":{}})",
               R"({"schemaVersion":2,"manifests":[],"config":{},"layers":[]})",
               R"({"schemaVersion":2,"manifests":[{"digest":"x"}]})",
               R"({"schemaVersion":2,"manifests":[]}x)");
  CHECK(index.See(AsIndex(text)).error().code() == ErrorCode::kProtocol);
  const auto typed =
      oci::Content::Describe("text/html", ToBytes(AsText(IndexOf("theirs").bytes())));
  CHECK(index.See(typed).error().code() == ErrorCode::kProtocol);
}

TEST_CASE("an index does not grow beyond what is read") {
  std::string entries;
  for (std::size_t i = 0; i < kMaxReferrers; ++i) {
    const oci::Descriptor entry = EntryNamed(std::to_string(i));
    entries += (i == 0 ? "" : ",") + std::string(R"({"mediaType":")") + entry.media_type +
               R"(","size":1,"digest":")" + entry.digest.ToString() + "\"}";
  }
  FallbackIndex index(EntryNamed("mine"));
  testing::Must(index.See(AsIndex(R"({"schemaVersion":2,"manifests":[)" + entries + "]}")));
  CHECK(index.Merged().error().code() == ErrorCode::kLimit);
}

}  // namespace hallmark::store::registry
