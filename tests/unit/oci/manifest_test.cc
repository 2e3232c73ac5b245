#include "hallmark/oci/manifest.h"

#include <string>

#include "hallmark/oci/limits.h"
#include "hallmark/oci/media_types.h"
#include "tests/support/catch.h"

namespace hallmark::oci {
namespace {

const std::string kHex = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

std::string DescriptorText(std::string_view more = "") {
  return R"({"mediaType":"application/x","digest":"sha256:)" + kHex + R"(","size":5)" +
         std::string(more) + "}";
}

// An object of "schemaVersion": 2 and the members given.
std::string Doc(const std::string& members) { return "{\"schemaVersion\":2," + members + "}"; }

std::string Manifest(const std::string& more = "") {
  return Doc("\"config\":" + DescriptorText() + ",\"layers\":[" + DescriptorText() + "]" + more);
}

std::string Index(const std::string& more = "") {
  return Doc("\"manifests\":[" + DescriptorText() + "]" + more);
}

std::string Typed(std::string_view type) { return ",\"mediaType\":\"" + std::string(type) + "\""; }

Result<Document> ParseAs(std::string_view type, std::string_view text) {
  return ParseDocument(Content::Describe(std::string(type), ToBytes(text)));
}

std::string Complaint(std::string_view type, std::string_view text) {
  const auto document = ParseAs(type, text);
  REQUIRE_FALSE(document.ok());
  CHECK(document.error().code() == ErrorCode::kMalformed);
  return document.error().message();
}

TEST_CASE("an OCI manifest is read whole") {
  const auto document = ParseAs(
      kOciManifest, Manifest(Typed(kOciManifest) + R"(,"artifactType":"application/y","subject":)" +
                             DescriptorText() + R"(,"annotations":{"a":"1","":"2"})"));
  REQUIRE(document.ok());
  const auto& manifest = std::get<ImageManifest>(document.value());
  CHECK(manifest.media_type == kOciManifest);
  CHECK(manifest.artifact_type == "application/y");
  REQUIRE(manifest.config);
  CHECK(manifest.config->media_type == "application/x");
  CHECK(manifest.config->size == 5);
  CHECK(manifest.config->digest.hex() == kHex);
  CHECK(manifest.layers.size() == 1);
  REQUIRE(manifest.subject);
  CHECK(manifest.annotations == std::map<std::string, std::string>{{"a", "1"}, {"", "2"}});
}

TEST_CASE("an OCI index is read whole") {
  const std::string child = DescriptorText(
      R"(,"artifactType":"a/b","annotations":{"k":"v"},"platform":{"os":"linux","architecture":"arm64",)"
      R"("variant":"v8","os.version":"10.0","os.features":["x"]})");
  const auto document =
      ParseAs(kOciIndex, Doc("\"manifests\":[" + child + "," + DescriptorText() + "]"));
  REQUIRE(document.ok());
  const auto& index = std::get<ImageIndex>(document.value());
  CHECK(index.media_type == kOciIndex);
  REQUIRE(index.manifests.size() == 2);
  CHECK(index.manifests[0].artifact_type == "a/b");
  CHECK(index.manifests[0].annotations.at("k") == "v");
  CHECK(index.manifests[0].platform == Platform{"linux", "arm64", "v8", "10.0"});
  CHECK_FALSE(index.manifests[1].platform);
  CHECK(ParseAs(kOciIndex, Doc("\"manifests\":[]")).ok());
}

TEST_CASE("Docker schema 2 documents name themselves and know no subject") {
  const auto manifest = ParseAs(
      kDockerManifest, Manifest(Typed(kDockerManifest) + ",\"subject\":" + DescriptorText()));
  REQUIRE(manifest.ok());
  CHECK_FALSE(std::get<ImageManifest>(manifest.value()).subject);
  CHECK(ParseAs(kDockerList, Index(Typed(kDockerList))).ok());
  CHECK_FALSE(ParseAs(kDockerManifest, Manifest()).ok());
  CHECK_FALSE(ParseAs(kDockerList, Index()).ok());
}

TEST_CASE("a document that is manifest and index at once is refused (A12)") {
  const std::string both = GENERATE_COPY(
      Manifest(",\"manifests\":[]"), Index(",\"config\":" + DescriptorText()),
      Index(",\"layers\":[]"), Index(",\"config\":null"), Manifest(",\"manifests\":null"));
  const std::string declared = GENERATE(std::string(), Typed(kOciManifest), Typed(kOciIndex),
                                        Typed(kDockerManifest), Typed(kDockerList));
  const std::string text = both.substr(0, both.size() - 1) + declared + "}";
  for (const std::string_view type : {kOciManifest, kOciIndex, kDockerManifest, kDockerList}) {
    CHECK(Complaint(type, text).find("manifest and index at once") != std::string::npos);
  }
  CHECK_FALSE(DetectMediaType(AsBytes(text)).ok());
}

TEST_CASE("media types must agree, each pair in turn (A13)") {
  for (const std::string_view described : {kOciManifest, kOciIndex, kDockerManifest, kDockerList}) {
    for (const std::string_view declared :
         {kOciManifest, kOciIndex, kDockerManifest, kDockerList}) {
      const bool agree = described == declared;
      CHECK(ParseAs(described, Manifest(Typed(declared))).ok() ==
            (agree && IsManifestType(declared)));
      CHECK(ParseAs(described, Index(Typed(declared))).ok() == (agree && IsIndexType(declared)));
    }
  }
}

TEST_CASE("content of another type is no manifest") {
  const std::string_view type = GENERATE(as<std::string_view>{}, "", "application/json", kEmptyJson,
                                         "application/vnd.docker.distribution.manifest.v1+json");
  CHECK_FALSE(ParseAs(type, Manifest()).ok());
  CHECK_FALSE(ParseAs(type, Index()).ok());
  CHECK_FALSE(ParseAs(kOciManifest, Manifest(Typed(type))).ok());
}

TEST_CASE("names that other readers take for ours are refused (A15)") {
  const std::string_view name =
      GENERATE(as<std::string_view>{}, "Layers", "MANIFESTS", "Config", "mediatype", "Subject",
               "schemaversion", "artifacttype", "layer\xC5\xBF", "\xC5\xBFubject");
  CHECK(Complaint(kOciManifest, Manifest(",\"" + std::string(name) + "\":1")).find("elsewhere") !=
        std::string::npos);
}

TEST_CASE("other members are ignored") {
  CHECK(
      ParseAs(kOciManifest, Manifest(R"(,"x":[1,{"y":null}],"urls":["http://127.0.0.1/"])")).ok());
}

TEST_CASE("foreign locations and inline data are not looked at (A85)") {
  const std::string layer = DescriptorText(R"(,"urls":["file:///etc/passwd"],"data":"AAAA")");
  const auto document =
      ParseAs(kOciManifest, Doc("\"config\":" + DescriptorText() + ",\"layers\":[" + layer + "]"));
  REQUIRE(document.ok());
  CHECK(std::get<ImageManifest>(document.value()).layers[0].size == 5);
}

TEST_CASE("schema versions other than 2 are refused") {
  CHECK(Complaint(kOciManifest, R"({"schemaVersion":1,"fsLayers":[]})").find("schema 1") !=
        std::string::npos);
  CHECK(Complaint(kOciManifest, R"({"schemaVersion":2,"fsLayers":[]})").find("schema 1") !=
        std::string::npos);
  const std::string version =
      GENERATE("0", "3", "-2", "2.0", "2e0", "\"2\"", "null", "[2]", "true");
  const std::string text = "{\"schemaVersion\":" + version + ",\"manifests\":[]}";
  CHECK(Complaint(kOciIndex, text).find("schemaVersion") != std::string::npos);
  CHECK(Complaint(kOciIndex, "{\"manifests\":[]}").find("schemaVersion") != std::string::npos);
}

TEST_CASE("required parts are required, of their kind") {
  const std::string members = GENERATE_COPY(
      std::string("\"layers\":[]"), "\"config\":" + DescriptorText(),
      "\"config\":" + DescriptorText() + ",\"layers\":{}",
      std::string("\"config\":[],\"layers\":[]"),
      "\"config\":" + DescriptorText() + ",\"layers\":null",
      "\"config\":" + DescriptorText() + ",\"layers\":[null]", std::string("\"x\":1"));
  CHECK(ParseAs(kOciManifest, Doc(members)).error().code() == ErrorCode::kMalformed);
  const std::string manifests = GENERATE("null", "{}", "[1]", "[[]]", "\"x\"");
  CHECK_FALSE(ParseAs(kOciIndex, Doc("\"manifests\":" + manifests)).ok());
}

TEST_CASE("optional parts are of their kind, or absent") {
  const std::string more =
      GENERATE(",\"subject\":null", ",\"subject\":{}", ",\"subject\":[]", ",\"annotations\":null",
               ",\"annotations\":[]", ",\"annotations\":{\"a\":1}", ",\"annotations\":{\"a\":null}",
               ",\"artifactType\":1", ",\"artifactType\":\"x\"", ",\"artifactType\":\"a/\\n\"",
               ",\"mediaType\":null", ",\"mediaType\":1");
  INFO(more);
  CHECK_FALSE(ParseAs(kOciManifest, Manifest(more)).ok());
  CHECK(ParseAs(kOciManifest, Manifest(",\"artifactType\":\"\"")).ok());
}

TEST_CASE("sizes are integers from 0 to 2^53-1 (A16)") {
  const std::string size =
      GENERATE("-1", "1e3", "1.0", "\"1\"", "9007199254740992", "9007199254740993",
               "9223372036854775808", "18446744073709551616", "null", "true", "[]");
  const std::string text =
      R"({"mediaType":"a/b","digest":"sha256:)" + kHex + "\",\"size\":" + size + "}";
  CHECK(Complaint(kOciIndex, Doc("\"manifests\":[" + text + "]")).find("manifests[0].size") !=
        std::string::npos);
}

TEST_CASE("leading zeros are no JSON and the greatest size is fine (A16)") {
  const std::string start =
      R"("manifests":[{"mediaType":"a/b","digest":"sha256:)" + kHex + "\",\"size\":";
  CHECK_FALSE(ParseAs(kOciIndex, Doc(start + "01}]")).ok());
  CHECK(ParseAs(kOciIndex, Doc(start + "9007199254740991}]")).ok());
  CHECK(ParseAs(kOciIndex, Doc(start + "0}]")).ok());
}

TEST_CASE("descriptors need a media type and a digest that is one") {
  const std::string descriptor =
      GENERATE_COPY(std::string(R"({"mediaType":"a/b","size":1})"),
                    std::string(R"({"mediaType":"a/b","digest":"sha256:../../x","size":1})"),
                    std::string(R"({"mediaType":"a/b","digest":"md5:00","size":1})"),
                    R"({"digest":"sha256:)" + kHex + R"(","size":1})",
                    R"({"mediaType":"","digest":"sha256:)" + kHex + R"(","size":1})",
                    R"({"mediaType":"ab","digest":"sha256:)" + kHex + R"(","size":1})",
                    R"({"mediaType":"a/\u001b","digest":"sha256:)" + kHex + R"(","size":1})",
                    R"({"mediaType":"a/b","digest":"sha256:)" + kHex + R"("})",
                    DescriptorText(R"(,"platform":[])"), DescriptorText(R"(,"platform":{"os":1})"),
                    DescriptorText(R"(,"platform":{"os":"lin\u0000ux"})"),
                    DescriptorText(R"(,"platform":{"os":"linux/amd64"})"),
                    DescriptorText(R"(,"platform":{"os":"\u202e"})"));
  INFO(descriptor);
  CHECK(ParseAs(kOciIndex, Doc("\"manifests\":[" + descriptor + "]")).error().code() ==
        ErrorCode::kMalformed);
}

TEST_CASE("a repeated member anywhere is refused (A14)") {
  const std::string text = GENERATE_COPY(
      Manifest(",\"layers\":[]"), Manifest(",\"\\u006cayers\":[]"), Index(",\"schemaVersion\":2"),
      Manifest(R"(,"annotations":{"a":"1","a":"2"})"), Manifest(R"(,"x":{"y":1,"y":1})"));
  CHECK(ParseAs(kOciManifest, text).error().code() == ErrorCode::kMalformed);
}

TEST_CASE("trailing bytes, a byte order mark and other JSON values are refused") {
  const std::string text = GENERATE_COPY(
      Manifest() + "x", Manifest() + Manifest(), Manifest() + std::string(1, '\0'),
      "\xEF\xBB\xBF" + Manifest(), std::string(), std::string("null"), std::string("[]"));
  CHECK(ParseAs(kOciManifest, text).error().code() == ErrorCode::kMalformed);
}

TEST_CASE("size, depth and count are limits of their own (A17, A79)") {
  std::string large = Manifest();
  large.append(kMaxManifestBytes - large.size(), ' ');
  CHECK(ParseAs(kOciManifest, large).ok());
  CHECK(ParseAs(kOciManifest, large + " ").error().code() == ErrorCode::kLimit);
  const std::string deep = std::string(100'000, '[');
  CHECK(ParseAs(kOciManifest, "{\"x\":" + deep).error().code() == ErrorCode::kLimit);
  std::string many = "[1";
  for (std::size_t i = 0; i < kMaxManifestValues; ++i) many += ",1";
  CHECK(ParseAs(kOciManifest, Manifest(",\"x\":" + many + "]")).error().code() ==
        ErrorCode::kLimit);
}

TEST_CASE("the message names the place") {
  const std::string text = "{\"schemaVersion\": 2,\n \"manifests\": [\n  {\"mediaType\": 7}]}";
  CHECK(Complaint(kOciIndex, text) == "3:4: manifest.manifests[0].mediaType: want a string");
}

TEST_CASE("unnamed bytes declare their type or show it") {
  CHECK(DetectMediaType(AsBytes(Manifest())).value() == kOciManifest);
  CHECK(DetectMediaType(AsBytes(Index())).value() == kOciIndex);
  CHECK(DetectMediaType(AsBytes(Manifest(Typed(kDockerManifest)))).value() == kDockerManifest);
  CHECK(DetectMediaType(AsBytes(Index(Typed(kDockerList)))).value() == kDockerList);
  CHECK_FALSE(DetectMediaType(AsBytes(Index(Typed(kOciManifest)))).ok());
  CHECK_FALSE(DetectMediaType(AsBytes(Manifest(Typed("application/json")))).ok());
  CHECK_FALSE(DetectMediaType(AsBytes("{\"schemaVersion\":2}")).ok());
  CHECK_FALSE(DetectMediaType(AsBytes("hello")).ok());
}

}  // namespace
}  // namespace hallmark::oci
