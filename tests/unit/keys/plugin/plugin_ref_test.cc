#include "hallmark/keys/plugin/plugin_ref.h"

#include <string>

#include "tests/support/catch.h"
#include "tests/support/world/must.h"

namespace hallmark::keys {
namespace {

using testing::Must;

TEST_CASE("a plugin's key has a name, an identifier and a configuration") {
  const PluginRef ref = Must(PluginRef::Parse(
      "plugin:com.example.kms-1_A?key=arn:aws:signer:eu:1:/profiles/x=y&config.region=eu&"
      "config.a%20b=c%26%2Bd%2fe&config.empty="));
  CHECK(ref.name == "com.example.kms-1_A");
  CHECK(ref.key_id == "arn:aws:signer:eu:1:/profiles/x=y");
  REQUIRE(ref.config.size() == 3);
  CHECK(ref.config[0] == std::pair<std::string, std::string>("region", "eu"));
  CHECK(ref.config[1] == std::pair<std::string, std::string>("a b", "c&+d/e"));
  CHECK(ref.config[2].second.empty());
  CHECK(Must(PluginRef::Parse("plugin:a?config.k=v&key=https://vault/keys/k?v=1")).key_id ==
        "https://vault/keys/k?v=1");
}

TEST_CASE("what names no plugin's key is refused, and no message tells its configuration") {
  for (const char* bad : {"",
                          "plugin",
                          "plugin:",
                          "plugin:a",
                          "plugin:a?",
                          "plugin:a?key=",
                          "plugin:?key=a",
                          "plugin:a/b?key=a",
                          "plugin:../a?key=a",
                          "plugin:.a?key=a",
                          "plugin:a b?key=a",
                          "plugin:a?key=a&key=b",
                          "plugin:a?key=a&",
                          "plugin:a?&key=a",
                          "plugin:a?key=a&&config.a=b",
                          "plugin:a?keys=geheim",
                          "plugin:a?key=a&geheim",
                          "plugin:a?key=a&config.=geheim",
                          "plugin:a?key=a&config.a=geheim&config.a=geheim",
                          "plugin:a?key=a+b",
                          "plugin:a?key=%",
                          "plugin:a?key=%4",
                          "plugin:a?key=%4g",
                          "plugin:a?key=%00",
                          "plugin:a?key=%FF",
                          "plugin:a?key=a&config.a=geheim%"}) {
    INFO(bad);
    const Result<PluginRef> ref = PluginRef::Parse(bad);
    REQUIRE_FALSE(ref.ok());
    CHECK(ref.error().message().find("geheim") == std::string::npos);
    CHECK(ShownPluginRef(bad) == "plugin:...");
  }
  CHECK(PluginRef::Parse("plugin:a?key=" + std::string(9000, 'a')).error().code() ==
        ErrorCode::kLimit);
  std::string many = "plugin:a?key=a";
  for (int i = 0; i < 33; ++i) many += "&config.k" + std::to_string(i) + "=v";
  CHECK(PluginRef::Parse(many).error().code() == ErrorCode::kLimit);
  CHECK(ShownPluginRef("plugin:a?config.pw=geheim&key=k") == "plugin:a?key=k");
  CHECK(IsPluginRef("plugin:"));
  CHECK_FALSE(IsPluginRef("plugins/a.key"));
}

}  // namespace
}  // namespace hallmark::keys
