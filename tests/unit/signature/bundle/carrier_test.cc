#include "hallmark/signature/bundle/internal/carrier.h"

#include <string>
#include <utility>

#include "hallmark/oci/media_types.h"
#include "tests/support/catch.h"
#include "tests/unit/signature/bundle/bundle_world.h"

namespace hallmark::signature::bundle {
namespace {

using testing::kNow;
using testing::Replaced;

constexpr std::string_view kType = "application/vnd.dev.sigstore.bundle.v0.3+json";

const oci::Content kImage =
    oci::Content::Describe(std::string(oci::kOciManifest), ToBytes("image"));
const oci::Content kBundle = oci::Content::Describe(std::string(kType), ToBytes("bundle"));

std::string Good() {
  const oci::Content carrier =
      WriteCarrier(kBundle.descriptor(), kImage.descriptor(), {kSignPredicate, "aGludA=="}, kNow);
  return std::string(AsText(carrier.bytes()));
}

Result<std::variant<oci::Descriptor, Unrelated>> Parse(std::string text) {
  return ParseCarrier(
      oci::Content::Describe(std::string(oci::kOciManifest), ToBytes(std::move(text))),
      kImage.digest());
}

ErrorCode CodeOf(const std::string& text) {
  const auto parsed = Parse(text);
  INFO(text);
  REQUIRE_FALSE(parsed.ok());
  return parsed.error().code();
}

oci::Descriptor Entry(std::string media_type, std::string artifact_type) {
  oci::Descriptor entry = kImage.descriptor();
  entry.media_type = std::move(media_type);
  entry.artifact_type = std::move(artifact_type);
  return entry;
}

}  // namespace

TEST_CASE("a carrier is written member for member as cosign 3.1 does, with the key hint") {
  const std::string digest_of_braces =
      "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
  CHECK(Good() ==
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",)"
        R"("config":{"mediaType":"application/vnd.oci.empty.v1+json","size":2,"digest":")" +
            digest_of_braces +
            R"(","artifactType":"application/vnd.dev.sigstore.bundle.v0.3+json"},)"
            R"("layers":[{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","size":6,)"
            R"("digest":")" +
            kBundle.digest().ToString() +
            R"("}],"annotations":{"dev.sigstore.bundle.content":"dsse-envelope",)"
            R"("dev.sigstore.bundle.predicateType":"https://sigstore.dev/cosign/sign/v1",)"
            R"("dev.hallmark.keyHint":"aGludA==",)"
            R"("org.opencontainers.image.created":"2026-06-01T12:00:00Z"},)"
            R"("subject":{"mediaType":"application/vnd.oci.image.manifest.v1+json","size":5,)"
            R"("digest":")" +
            kImage.digest().ToString() +
            R"("},"artifactType":"application/vnd.dev.sigstore.bundle.v0.3+json"})");
  CHECK(EmptyConfig().digest().ToString() == digest_of_braces);
}

TEST_CASE("a carrier leads to its bundle") {
  const auto parsed = Parse(Good());
  REQUIRE(parsed.ok());
  REQUIRE(std::holds_alternative<oci::Descriptor>(parsed.value()));
  CHECK(std::get<oci::Descriptor>(parsed.value()).digest == kBundle.digest());
  // image-spec: without an artifactType the config's media type says what it is.
  const std::string by_config = Replaced(
      Replaced(Good(), R"(,"artifactType":"application/vnd.dev.sigstore.bundle.v0.3+json"})", "}"),
      R"(},"artifactType":"application/vnd.dev.sigstore.bundle.v0.3+json"})", "}}");
  const auto parsed_by_config =
      Parse(Replaced(by_config, std::string(oci::kEmptyJson), std::string(kType)));
  REQUIRE(parsed_by_config.ok());
  CHECK(std::holds_alternative<oci::Descriptor>(parsed_by_config.value()));
}

TEST_CASE("a carrier about another image or none is a mismatch (A07)") {
  const std::string digest = kImage.digest().ToString();
  CHECK(CodeOf(Replaced(Good(), digest, "sha256:" + std::string(64, '0'))) == ErrorCode::kMismatch);
  const std::string good = Good();
  const std::size_t start = good.find("\"subject\"");
  const std::size_t end = good.find("},", start) + 2;
  CHECK(CodeOf(good.substr(0, start) + good.substr(end)) == ErrorCode::kMismatch);
  // Spelt otherwise it is not missing but wrong (A15).
  CHECK(CodeOf(Replaced(good, "\"subject\"", "\"Subject\"")) == ErrorCode::kMalformed);
}

TEST_CASE("what carries something else is unrelated, not bad") {
  std::string text = Good();
  const std::string type(kType);
  for (std::size_t at = text.rfind(type); at != std::string::npos; at = text.rfind(type)) {
    text.replace(at, type.size(), "application/spdx+json");
  }
  const auto parsed = Parse(text);
  REQUIRE(parsed.ok());
  REQUIRE(std::holds_alternative<Unrelated>(parsed.value()));
  CHECK(std::get<Unrelated>(parsed.value()).artifact_type == "application/spdx+json");

  const auto index =
      ParseCarrier(oci::Content::Describe(std::string(oci::kOciIndex),
                                          ToBytes(R"({"schemaVersion":2,"manifests":[]})")),
                   kImage.digest());
  REQUIRE(index.ok());
  CHECK(std::holds_alternative<Unrelated>(index.value()));
}

TEST_CASE("a carrier without exactly one bundle is malformed") {
  const std::string good = Good();
  const std::size_t start = good.find("\"layers\":[") + 10;
  const std::size_t end = good.find(']', start);
  const std::string layer = good.substr(start, end - start);
  CHECK(CodeOf(good.substr(0, start) + good.substr(end)) == ErrorCode::kMalformed);
  CHECK(CodeOf(good.substr(0, start) + layer + "," + layer + good.substr(end)) ==
        ErrorCode::kMalformed);
  CHECK(CodeOf(good.substr(0, start) + Replaced(layer, kType, "application/json") +
               good.substr(end)) == ErrorCode::kMalformed);
  CHECK(CodeOf(Replaced(good, "{\"schemaVersion\"", "{\"layers\":[],\"schemaVersion\"")) ==
        ErrorCode::kMalformed);
  CHECK(CodeOf("{}") == ErrorCode::kMalformed);
  CHECK(CodeOf("not json") == ErrorCode::kMalformed);
}

TEST_CASE("a bundle said to be large is not fetched (A79)") {
  CHECK(Parse(Replaced(Good(), "\"size\":6", "\"size\":100663296")).ok());
  CHECK(CodeOf(Replaced(Good(), "\"size\":6", "\"size\":100663297")) == ErrorCode::kLimit);
  CHECK(CodeOf(Replaced(Good(), "\"size\":6", "\"size\":134217728")) == ErrorCode::kLimit);
}

TEST_CASE("other bundle versions are unsupported (A20)") {
  const std::string good = Good();
  const std::size_t last = good.rfind("v0.3");
  CHECK(CodeOf(good.substr(0, last) + "v0.9" + good.substr(last + 4)) == ErrorCode::kUnsupported);
}

TEST_CASE("a listing's type is a hint that hides nothing it need not hide") {
  const std::string manifest(oci::kOciManifest);
  CHECK(MayBeBundle(Entry(manifest, std::string(kType))));
  CHECK(MayBeBundle(Entry(manifest, "application/vnd.dev.sigstore.bundle+json;version=0.3")));
  CHECK(MayBeBundle(Entry(manifest, "")));
  // What peers write into fallback indexes.
  CHECK(MayBeBundle(Entry(manifest, "application/vnd.oci.empty.v1+json")));
  CHECK_FALSE(MayBeBundle(Entry(manifest, "application/spdx+json")));
  CHECK_FALSE(MayBeBundle(Entry(std::string(oci::kOciIndex), "")));
  CHECK_FALSE(MayBeBundle(Entry("application/octet-stream", std::string(kType))));
}

}  // namespace hallmark::signature::bundle
