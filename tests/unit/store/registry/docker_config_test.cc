#include "hallmark/store/registry/docker_config.h"

#include <sys/stat.h>

#include "tests/support/catch.h"
#include "tests/unit/store/registry/registry_test.h"

namespace hallmark::store {
namespace {

DockerConfig Parsed(std::string_view text) {
  return testing::Must(DockerConfig::Parse(AsBytes(text), "config.json"));
}

// "user:secret", "none" or the error's word.
std::string Told(const Result<std::optional<Credential>>& found) {
  if (!found.ok()) return std::string(ToWord(found.error().code()));
  if (!found.value()) return "none";
  return found.value()->username + ":" + std::string(AsText(found.value()->secret.ExposeSecret())) +
         (found.value()->is_identity_token ? " token" : "");
}

std::string Login(const DockerConfig& config, std::string_view registry,
                  const HelperWorld& world = {}) {
  return Told(config.Find(testing::PatientContext(), world, registry));
}

// A folder with a helper "docker-credential-test" of these lines.
struct Helper {
  explicit Helper(const std::string& lines) {
    const auto file = folder.path() / "docker-credential-test";
    testing::WriteFile(file, "#!/bin/sh\n" + lines + "\n");
    chmod(file.c_str(), 0755);
    world.path = "relative::" + folder.path().string();
    world.environment = {"HELPER=yes"};
  }
  testing::TempFolder folder;
  HelperWorld world;
};

constexpr std::string_view kWithHelper =
    R"({"credHelpers":{"registry.example":"test"},"auths":{"registry.example":{"auth":"dTpw"}}})";

}  // namespace

TEST_CASE("logins of auths in their forms") {
  const DockerConfig config = Parsed(R"({
    "auths": {
      "registry.example": {"auth": "dXNlcjpwYTpzcw=="},
      "registry.example:5000": {"username": "u5000", "password": "p"},
      "https://quay.example/v1/": {"auth": "dTpw"},
      "Upper.Example:443/v2/": {"auth": "dTpw"},
      "token.example": {"auth": "dTpw", "identitytoken": "refresh"},
      "https://index.docker.io/v1/": {"auth": "aHViOnB3"},
      "helper.example": {},
      "namespace.example/team": {"auth": "dTpw"}
    },
    "HttpHeaders": {"User-Agent": "x"}, "detachKeys": "ctrl-e", "currentContext": "c"})");
  CHECK(Login(config, "registry.example") == "user:pa:ss");
  CHECK(Login(config, "registry.example:5000") == "u5000:p");
  CHECK(Login(config, "quay.example") == "u:p");
  CHECK(Login(config, "upper.example") == "u:p");
  CHECK(Login(config, "token.example") == "<token>:refresh token");
  CHECK(Login(config, "docker.io") == "hub:pw");
  CHECK(Login(config, "helper.example") == "none");
  CHECK(Login(config, "namespace.example") == "none");
}

TEST_CASE("A84: only the exact host and port") {
  const DockerConfig config =
      Parsed(R"({"auths":{"azurecr.io":{"auth":"dTpw"},"registry.example":{"auth":"dTpw"}}})");
  for (const char* other : {"azurecr.io.evil.com", "evilazurecr.io", "x.azurecr.io",
                            "registry.example:5000", "docker.io", "io", ""}) {
    CHECK(Login(config, other) == "none");
  }
}

TEST_CASE("A84: a namespace's login is not its host's") {
  for (const char* key : {"registry.example", "registry.example/", "registry.example/v1",
                          "registry.example/v1/", "registry.example/v2", "registry.example/v2/",
                          "https://registry.example", "https://registry.example/",
                          "http://registry.example/v1", "https://registry.example/v2/"}) {
    CHECK(RegistryOfKey(key) == "registry.example");
  }
  for (const char* key :
       {"registry.example/team", "registry.example/v2team", "registry.example/v1team/",
        "registry.example/v2/team", "registry.example/v2//", "registry.example//",
        "https://registry.example/team", "https://registry.example/v2team", "http:///v2/", "/v2",
        "https://http://registry.example", "https://index.docker.io/v1/access-token", ""}) {
    CHECK_FALSE(RegistryOfKey(key));
  }
  const DockerConfig config = Parsed(
      R"({"auths":{"registry.example/v2team":{"auth":"dTpw"}},
          "credHelpers":{"registry.example/v1team":"test"}})");
  CHECK(Login(config, "registry.example") == "none");
}

TEST_CASE("files that are not of the form are config errors that show no value") {
  const std::string text = GENERATE(
      as<std::string>{}, "", "[]", "{", R"({"auths":[]})", R"({"auths":{"a":"b3BlbnNlc2FtZQ=="}})",
      R"({"auths":{"a":{"auth":"opensesame!"}}})", R"({"auths":{"a":{"auth":"b3BlbnNlc2FtZQ=="}}})",
      R"({"auths":{"a":{"auth":7}}})", R"({"credHelpers":{"a":1}})", R"({"credHelpers":"x"})",
      R"({"credsStore":1})", R"({"auths":{},"auths":{}})");
  const auto config = DockerConfig::Parse(AsBytes(text), "config.json");
  REQUIRE_FALSE(config.ok());
  CHECK(config.error().code() == ErrorCode::kConfig);
  CHECK(config.error().message().starts_with("config.json: "));
  CHECK(config.error().message().find("opensesame") == std::string::npos);
  CHECK(config.error().message().find("b3Blbn") == std::string::npos);
}

TEST_CASE("a helper is asked by name, with the server on its input and our environment only") {
  const Helper helper(
      R"(read server; env_count=$(/usr/bin/env | /usr/bin/grep -vc -e '^PWD=' -e '^SHLVL=' -e '^_=')
echo "{\"ServerURL\":\"x\",\"Username\":\"$1 $server $HELPER $env_count\",\"Secret\":\"s3\"}")");
  CHECK(Login(Parsed(kWithHelper), "registry.example", helper.world) ==
        "get registry.example yes 1:s3");
  CHECK(Login(Parsed(R"({"credsStore":"test"})"), "docker.io", helper.world) ==
        "get https://index.docker.io/v1/ yes 1:s3");
}

TEST_CASE("a helper's identity token is told by its user name") {
  const Helper helper(R"(echo '{"Username":"<token>","Secret":"r"}')");
  CHECK(Login(Parsed(kWithHelper), "registry.example", helper.world) == "<token>:r token");
}

TEST_CASE("a helper that has nothing is no failure") {
  const Helper helper("echo credentials not found in native keychain; exit 1");
  CHECK(Login(Parsed(kWithHelper), "registry.example", helper.world) == "none");
  CHECK(Login(Parsed(R"({"credsStore":"test","auths":{"a.example":{"auth":"dTpw"}}})"), "a.example",
              helper.world) == "u:p");
}

TEST_CASE("A84: a helper's failure is the answer, and nothing else is tried") {
  const std::string lines =
      GENERATE(as<std::string>{}, "exit 1", "echo locked; exit 2", "kill -9 $$", "echo nonsense",
               "true", "echo '{\"Username\":\"u\"}'", "/usr/bin/head -c 70000 /dev/zero; exit 0");
  const Helper helper(lines);
  CHECK(Login(Parsed(kWithHelper), "registry.example", helper.world) == "auth");
  CHECK(Login(Parsed(R"({"credsStore":"test","auths":{"registry.example":{"auth":"dTpw"}}})"),
              "registry.example", helper.world) == "auth");
}

TEST_CASE("a helper that never answers ends with the deadline, and is killed") {
  const Helper helper("/usr/bin/sleep 600");
  const auto start = std::chrono::steady_clock::now();
  CHECK(Told(AskCredentialHelper(Within(std::chrono::milliseconds(200)), helper.world, "test",
                                 "registry.example")) == "timeout");
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(60));
}

TEST_CASE("a failing helper's words are shown, a login is not") {
  const Helper helper(R"(echo '{"Username":"u","Secret":"opensesame"}'; exit 1)");
  const auto found =
      AskCredentialHelper(testing::PatientContext(), helper.world, "test", "registry.example");
  CHECK(found.error().message().find("opensesame") == std::string::npos);
}

TEST_CASE("helpers are looked for without being run") {
  const Helper helper("exit 7");
  CHECK(Parsed(kWithHelper).CheckHelper(helper.world, "registry.example").ok());
  const auto check = [&](std::string_view text, std::string_view registry) {
    return Parsed(text).CheckHelper(helper.world, registry).ok();
  };
  CHECK(check(R"({"credsStore":"test"})", "any.example"));
  CHECK_FALSE(check(R"({"credsStore":"other"})", "any.example"));
  CHECK_FALSE(check(R"({"credsStore":"../test"})", "any.example"));
  CHECK(check(R"({"credHelpers":{"a.example":"other"}})", "b.example"));
  CHECK_FALSE(check(R"({"credHelpers":{"a.example":"other"}})", "a.example"));
  CHECK(check(R"({"credHelpers":{"a.example":"test"},"credsStore":"other"})", "a.example"));
}

TEST_CASE("helpers that are not there or have no such name are config errors") {
  const Helper helper("true");
  for (const char* name : {"", "absent", "../test", "a/b", "Test", "te st"}) {
    CHECK(Told(AskCredentialHelper(testing::PatientContext(), helper.world, name, "a")) ==
          "config");
  }
  HelperWorld relative = helper.world;
  relative.path = ".:";
  CHECK(Told(AskCredentialHelper(testing::PatientContext(), relative, "test", "a")) == "config");
}

TEST_CASE("several files are asked in their order") {
  std::vector<DockerConfig> configs;
  configs.push_back(Parsed(R"({"auths":{"a.example":{"auth":"YTox"}}})"));
  configs.push_back(
      Parsed(R"({"auths":{"a.example":{"auth":"YToy"},"b.example":{"auth":"Yjoy"}}})"));
  const CredentialLookup lookup = LookUpIn(std::move(configs), {});
  CHECK(Told(lookup(testing::PatientContext(), "a.example")) == "a:1");
  CHECK(Told(lookup(testing::PatientContext(), "b.example")) == "b:2");
  CHECK(Told(lookup(testing::PatientContext(), "c.example")) == "none");
}

}  // namespace hallmark::store
