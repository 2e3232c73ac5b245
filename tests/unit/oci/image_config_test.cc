#include "hallmark/oci/image_config.h"

#include <string>

#include "hallmark/encoding/rfc3339.h"
#include "hallmark/oci/image_media_types.h"
#include "hallmark/oci/limits.h"
#include "tests/support/catch.h"

namespace hallmark::oci {
namespace {

const std::string kDiffId =
    "\"sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\"";
const std::string kRootFs = R"("rootfs":{"type":"layers","diff_ids":[)" + kDiffId + "]}";

// The members that must be there, and more.
std::string Config(const std::string& more = "") {
  return R"({"architecture":"amd64","os":"linux",)" + kRootFs + more + "}";
}

std::string Execution(const std::string& members) {
  return Config(",\"config\":{" + members + "}");
}

Result<ImageConfig> Parse(std::string_view text, std::string_view type = kOciConfig) {
  return ParseImageConfig(Content::Describe(std::string(type), ToBytes(text)));
}

ImageConfig Parsed(std::string_view text) {
  const Result<ImageConfig> config = Parse(text);
  INFO(text);
  if (!config.ok()) FAIL(config.error().message());
  return config.value();
}

std::string Complaint(std::string_view text) {
  INFO(text);
  const Result<ImageConfig> config = Parse(text);
  REQUIRE_FALSE(config.ok());
  CHECK(config.error().code() == ErrorCode::kMalformed);
  return config.error().message();
}

// Made with umoci 0.4.7: new, then config with user, env, label, exposedports and architecture.
constexpr std::string_view kUmoci =
    R"({"created":"2026-11-25T00:52:23.466577722Z","architecture":"arm64","os":"linux","config":{)"
    R"("User":"1000:1000","ExposedPorts":{"80/tcp":{}},"Env":["A=b"],"Labels":{"x":"y"}},)"
    R"("rootfs":{"type":"layers","diff_ids":[]},"history":[{"created":)"
    R"("2026-11-25T00:52:23.513148141Z","created_by":"umoci config","empty_layer":true}]})";

TEST_CASE("an image config of umoci is read whole") {
  const ImageConfig config = Parsed(kUmoci);
  CHECK(config.platform == Platform{"linux", "arm64", "", ""});
  CHECK(config.created == encoding::FromRfc3339("2026-11-25T00:52:23Z").value());
  CHECK(config.user == "1000:1000");
  CHECK(config.environment == std::vector<EnvironmentVariable>{{"A", "b"}});
  CHECK(config.labels == std::map<std::string, std::string>{{"x", "y"}});
  CHECK(config.layers == 0);
  CHECK(config.history == 1);
}

TEST_CASE("an image config in the shape of Docker's is read, nulls and all") {
  const ImageConfig config = Parsed(
      R"({"architecture":"arm","variant":"v7","os":"windows","os.version":"10.0.1","created":null,)"
      R"("docker_version":"24.0.7","container":"0","container_config":{"user":"x","User":"root"},)"
      R"("config":{"Hostname":"","User":"","Env":["PATH=/bin:/a=b","EMPTY=","BARE"],"Cmd":["sh"],)"
      R"("Volumes":null,"OnBuild":null,"Labels":null},"moby.buildkit.cache.v0":"bnVsbA==",)"
      R"("rootfs":{"type":"layers","diff_ids":[)" +
      kDiffId + "," + kDiffId + R"(]},"history":[{},{"empty_layer":true},{}]})");
  CHECK(config.platform == Platform{"windows", "arm", "v7", "10.0.1"});
  CHECK_FALSE(config.created);
  CHECK(config.user.empty());
  CHECK(config.environment ==
        std::vector<EnvironmentVariable>{{"PATH", "/bin:/a=b"}, {"EMPTY", ""}, {"BARE", ""}});
  CHECK(config.labels.empty());
  CHECK(config.layers == 2);
  CHECK(config.history == 3);
}

TEST_CASE("an image config may say no more than it must") {
  const std::string text =
      GENERATE_COPY(Config(), Config(R"(,"config":null,"history":null,"variant":null)"),
                    Config(R"(,"config":{})"), Execution(R"("User":null,"Env":null)"));
  const ImageConfig config = Parsed(text);
  CHECK(config.user.empty());
  CHECK(config.environment.empty());
  CHECK(config.layers == 1);
  CHECK(config.history == 0);
  CHECK(Parsed(R"({"architecture":"","os":"","rootfs":{"type":"layers","diff_ids":null}})")
            .platform == Platform{});
}

TEST_CASE("an image config has one of two media types") {
  CHECK(Parse(Config(), kDockerConfig).ok());
  const std::string_view type =
      GENERATE(as<std::string_view>{}, "", "application/vnd.oci.empty.v1+json", "application/json",
               "application/vnd.oci.image.manifest.v1+json");
  CHECK(Parse(Config(), type).error().code() == ErrorCode::kUnsupported);
}

TEST_CASE("the time of an image is an RFC 3339 time, or Go's zero for none") {
  const auto created = [](const std::string& text) { return Config(",\"created\":" + text); };
  CHECK(Parsed(created("\"1970-01-01T00:00:00Z\"")).created == UnixTime());
  CHECK(Parsed(created("\"2026-11-25T02:00:00+02:00\"")).created ==
        encoding::FromRfc3339("2026-11-25T00:00:00Z").value());
  CHECK_FALSE(Parsed(created("\"0001-01-01T00:00:00Z\"")).created);
  const std::string text = GENERATE("\"\"", "\"now\"", "\"1969-12-31T23:59:59Z\"", "1", "{}",
                                    "\"0001-01-01T00:00:01Z\"", "\"2026-13-01T00:00:00Z\"");
  CHECK(Complaint(created(text)).find("created") != std::string::npos);
}

TEST_CASE("an image config needs architecture, os and rootfs") {
  const std::string text = GENERATE_COPY(
      R"({"os":"linux",)" + kRootFs + "}", R"({"architecture":"amd64",)" + kRootFs + "}",
      std::string(R"({"architecture":"amd64","os":"linux"})"),
      R"({"architecture":null,"os":"linux",)" + kRootFs + "}",
      std::string(R"({"architecture":"amd64","os":"linux","rootfs":null})"),
      std::string(R"({"architecture":"amd64","os":"linux","rootfs":{"type":"layers"}})"),
      std::string(R"({"architecture":"amd64","os":"linux","rootfs":{"diff_ids":[]}})"),
      std::string(R"({"architecture":"amd64","os":"linux","rootfs":{"type":"x","diff_ids":[]}})"));
  Complaint(text);
}

TEST_CASE("members of an image config are of their kind") {
  const std::string text = GENERATE_COPY(
      Config(R"(,"config":[])"), Config(R"(,"config":"x")"), Config(R"(,"history":{})"),
      Config(R"(,"history":[1])"), Config(R"(,"variant":8)"), Config(R"(,"variant":"a/b")"),
      Config(R"(,"os.version":"\u202e")"), Execution(R"("User":0)"), Execution(R"("User":["x"])"),
      Execution(R"("Env":{})"), Execution(R"("Env":"A=b")"), Execution(R"("Env":["A=b",1])"),
      Execution(R"("Env":[null])"), Execution(R"("Labels":[])"), Execution(R"("Labels":{"a":1})"),
      Execution(R"("Labels":{"a":null})"), Execution("\"User\":\"a\\u0000b\""),
      std::string(R"({"architecture":1,"os":"linux",)" + kRootFs + "}"),
      std::string(R"({"architecture":"a","os":"l","rootfs":{"type":"layers","diff_ids":{}}})"),
      std::string(R"({"architecture":"a","os":"l","rootfs":{"type":"layers","diff_ids":[1]}})"),
      std::string(R"({"architecture":"a","os":"l","rootfs":{"type":"layers","diff_ids":["x"]}})"));
  Complaint(text);
}

TEST_CASE("names that other readers take for those of an image config are refused (A15)") {
  const std::string text = GENERATE_COPY(
      Execution(R"("User":"1000","user":"root")"), Execution(R"("USER":"root")"),
      Execution("\"u\xC5\xBF"
                "er\":\"root\""),
      Execution(R"("env":["A=b"])"), Execution(R"("labels":{})"), Config(R"(,"Config":{})"),
      Config(R"(,"Architecture":"arm64")"), Config(R"(,"OS":"linux")"), Config(R"(,"RootFS":{})"),
      Config(R"(,"created":null,"Created":1)"), Config(",\"o\xC5\xBF\":\"x\""));
  CHECK(Complaint(text).find("elsewhere") != std::string::npos);
  // U+212A is a k; no name that is read here holds one, and others may.
  CHECK(Parse(Config(",\"\xE2\x84\xAA\":1")).ok());
}

TEST_CASE("a repeated member of an image config is refused (A14)") {
  const std::string text =
      GENERATE_COPY(Config(R"(,"os":"linux")"), Execution(R"("User":"1000","\u0055ser":"root")"),
                    Execution(R"("Labels":{"a":"1","a":"2"})"), Config(R"(,"x":{"y":1,"y":1})"));
  Complaint(text);
}

TEST_CASE("an image config is one JSON object and nothing after it") {
  const std::string text =
      GENERATE_COPY(Config() + "x", Config() + Config(), "\xEF\xBB\xBF" + Config(), std::string(),
                    std::string("null"), std::string("[]"));
  Complaint(text);
}

TEST_CASE("size, depth and count of an image config are limits (A17, A79)") {
  std::string large = Config();
  large.append(kMaxConfigBytes - large.size(), ' ');
  CHECK(Parse(large).ok());
  CHECK(Parse(large + " ").error().code() == ErrorCode::kLimit);
  CHECK(Parse(Config(",\"x\":" + std::string(100'000, '['))).error().code() == ErrorCode::kLimit);
  std::string many = "[1";
  for (std::size_t i = 0; i < kMaxConfigValues; ++i) many += ",1";
  CHECK(Parse(Config(",\"x\":" + many + "]")).error().code() == ErrorCode::kLimit);
}

TEST_CASE("a complaint about an image config names the place") {
  CHECK(Complaint("{\"architecture\":\"a\",\"os\":\"l\",\n \"config\": {\"Env\": 1}}") ==
        "2:13: image config.config.Env: want an array");
}

TEST_CASE("media types of images, and those that are not") {
  for (const std::string_view suffix : {"", "+gzip", "+zstd"}) {
    CHECK(IsLayerType("application/vnd.oci.image.layer.v1.tar" + std::string(suffix)));
    CHECK(IsForeignLayerType("application/vnd.oci.image.layer.nondistributable.v1.tar" +
                             std::string(suffix)));
  }
  CHECK(IsLayerType("application/vnd.docker.image.rootfs.diff.tar.gzip"));
  CHECK(IsForeignLayerType("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"));
  CHECK_FALSE(IsForeignLayerType("application/vnd.docker.image.rootfs.diff.tar.gzip"));
  CHECK_FALSE(IsLayerType("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"));
  CHECK_FALSE(IsLayerType("application/vnd.oci.image.layer.v1.tar+GZIP"));
  CHECK_FALSE(IsLayerType("application/vnd.in-toto+json"));
  CHECK(IsImageConfigType(kOciConfig));
  CHECK_FALSE(IsImageConfigType("application/vnd.oci.empty.v1+json"));
}

}  // namespace
}  // namespace hallmark::oci
