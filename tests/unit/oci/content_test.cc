#include "hallmark/oci/content.h"

#include "hallmark/oci/media_types.h"
#include "tests/support/catch.h"

namespace hallmark::oci {
namespace {

TEST_CASE("described content has its digest and size") {
  const Content content = Content::Describe("text/plain", ToBytes("hello"));
  CHECK(content.descriptor().media_type == "text/plain");
  CHECK(content.descriptor().size == 5);
  CHECK(content.digest() == Digest::Of(Digest::Algorithm::kSha256, AsBytes("hello")));
  CHECK(AsText(content.bytes()) == "hello");
  CHECK(Content::Describe("a/b", {}, Digest::Algorithm::kSha512).digest().algorithm_name() ==
        "sha512");
}

TEST_CASE("content must match its descriptor") {
  const Descriptor descriptor = Content::Describe("text/plain", ToBytes("hello")).descriptor();
  CHECK(Content::Check(descriptor, ToBytes("hello")).ok());
  CHECK(Content::Check(descriptor, ToBytes("hellp")).error().code() == ErrorCode::kMismatch);
  CHECK(Content::Check(descriptor, ToBytes("hell")).error().code() == ErrorCode::kMismatch);
  CHECK(Content::Check(descriptor, ToBytes("hello!")).error().code() == ErrorCode::kMismatch);
  CHECK(Content::Check(descriptor, {}).error().code() == ErrorCode::kMismatch);
}

TEST_CASE("every bit counts, by every algorithm") {
  const auto algorithm =
      GENERATE(Digest::Algorithm::kSha256, Digest::Algorithm::kSha384, Digest::Algorithm::kSha512);
  const Bytes bytes = ToBytes("{\"schemaVersion\":2}");
  const Descriptor descriptor = Content::Describe("a/b", bytes, algorithm).descriptor();
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    Bytes flipped = bytes;
    flipped[bit / 8] = static_cast<std::uint8_t>(flipped[bit / 8] ^ (1U << (bit % 8)));
    CHECK_FALSE(Content::Check(descriptor, std::move(flipped)).ok());
  }
  CHECK(Content::Check(descriptor, bytes).ok());
}

TEST_CASE("platforms are written with slashes") {
  CHECK(Platform{"linux", "amd64", "", ""}.ToString() == "linux/amd64");
  CHECK(Platform{"linux", "arm64", "v8", ""}.ToString() == "linux/arm64/v8");
}

TEST_CASE("the four media types of manifests and indexes") {
  CHECK(IsManifestType(kOciManifest));
  CHECK(IsManifestType(kDockerManifest));
  CHECK(IsIndexType(kOciIndex));
  CHECK(IsIndexType(kDockerList));
  CHECK_FALSE(IsManifestType(kOciIndex));
  CHECK_FALSE(IsIndexType(kDockerManifest));
  CHECK_FALSE(IsManifestType(kEmptyJson));
  CHECK_FALSE(IsManifestType(""));
  CHECK_FALSE(IsManifestType("application/vnd.oci.image.manifest.v1+json; charset=utf-8"));
}

}  // namespace
}  // namespace hallmark::oci
