#include "hallmark/keys/plugin/plugin_key.h"

#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "hallmark/encoding/base64.h"
#include "tests/support/catch.h"
#include "tests/support/world/must.h"
#include "tests/support/world/temp_folder.h"
#include "tests/support/x509_authority.h"

namespace hallmark::keys {
namespace {

using testing::Identity;
using testing::kTestTime;
using testing::Must;
using testing::ReadFile;
using testing::TempFolder;
using testing::TestKey;
using testing::WriteFile;

// The fake plugin, installed in a folder of its own with a key and certificates.
class FakePlugin {
 public:
  FakePlugin() : FakePlugin("P-256", "EC-256") {}
  FakePlugin(const std::string& kind, const std::string& spec) : spec_(spec) {
    const Identity root = testing::SelfSigned(testing::RootSpec());
    const TestKey key = TestKey::Make(kind);
    const Identity leaf = testing::Issue(testing::SignerSpec(), root, key);
    const Secret der = key.private_key().ToPkcs8();
    WriteFile(data() / "key.der", AsText(der.ExposeSecret()));
    WriteChain("chain", {leaf.der, root.der});
    const Identity other = testing::Issue(testing::SignerSpec("other"), root, key);
    WriteChain("other-chain", {other.der, root.der});
    std::filesystem::create_directories(file().parent_path());
    std::filesystem::copy_file(HALLMARK_FAKE_PLUGIN, file());
  }

  std::filesystem::path file() const { return folder_.path() / "plugins/fake/notation-fake"; }
  std::filesystem::path data() const { return folder_.path(); }
  int Calls() const {
    if (!std::filesystem::exists(data() / "calls")) return 0;
    const std::string text = ReadFile(data() / "calls");
    return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  }

  void WriteChain(const char* name, const std::vector<Bytes>& chain) const {
    std::string text;
    for (const Bytes& der : chain) text += encoding::ToBase64(der) + "\n";
    WriteFile(data() / name, text);
  }

  Result<std::unique_ptr<PluginSigner>> Open(const std::string& fault,
                                             const std::string& at) const {
    PluginRef ref{"fake", "my key", {{"folder", data().native()}, {"spec", spec_}}};
    ref.config.emplace_back("fault", fault);
    ref.config.emplace_back("at", at);
    return OpenRef(ref);
  }
  Result<std::unique_ptr<PluginSigner>> OpenRef(const PluginRef& ref) const {
    const PluginWorld world{{folder_.path() / "nowhere", folder_.path() / "plugins"},
                            {"PATH=/usr/bin:/bin", "GIVEN=1"},
                            deadline_};
    return OpenPlugin(ref, world, kTestTime);
  }
  Error Refusal(const std::string& fault, const std::string& at) const {
    INFO(fault << " " << at);
    Result<std::unique_ptr<PluginSigner>> signer = Open(fault, at);
    REQUIRE_FALSE(signer.ok());
    CHECK(signer.error().message().starts_with("plugin fake: "));
    CHECK(signer.error().message().find('\x1B') == std::string::npos);
    return std::move(signer).error();
  }
  void set_deadline(std::chrono::milliseconds deadline) { deadline_ = deadline; }

 private:
  TempFolder folder_;
  std::string spec_;
  std::chrono::milliseconds deadline_{20000};
};

void SetMode(const std::filesystem::path& file, mode_t mode) {
  REQUIRE(chmod(file.c_str(), mode) == 0);
}

TEST_CASE("a plugin signs by the one scheme of its key, and its certificates come along") {
  for (const auto& [kind, spec, scheme] :
       {std::tuple("P-256", "EC-256", crypto::Scheme::kEcdsaP256Sha256),
        std::tuple("P-384", "EC-384", crypto::Scheme::kEcdsaP384Sha384),
        std::tuple("P-521", "EC-521", crypto::Scheme::kEcdsaP521Sha512),
        std::tuple("RSA-3072", "RSA-3072", crypto::Scheme::kRsaPssSha384)}) {
    const FakePlugin plugin(kind, spec);
    const auto signer = Must(plugin.Open("", ""));
    CHECK(signer->scheme() == scheme);
    REQUIRE(signer->certificate_chain().size() == 2);
    CHECK(Must(signer->certificate_chain()[0].public_key()).fingerprint() ==
          signer->public_key().fingerprint());
    const Bytes large(1'000'000, 7);
    for (const ByteView message : {ByteView(), ByteView(large)}) {
      const Bytes signature = Must(signer->Sign(message));
      CHECK(signer->public_key().IsSignedBy(scheme, message, signature));
    }
    CHECK(signer->SignBy(crypto::Scheme::kEd25519, {}).error().code() == ErrorCode::kUnsupported);
    CHECK(ReadFile(plugin.data() / "calls") ==
          "get-plugin-metadata\ndescribe-key\ngenerate-signature\ngenerate-signature\n"
          "generate-signature\n");
  }
}

TEST_CASE("a plugin sees the environment that it is given and no other") {
  const FakePlugin plugin;
  REQUIRE(setenv("HALLMARK_PASSWORD", "geheim", 1) == 0);
  CHECK(plugin.Open("", "").ok());
  CHECK(ReadFile(plugin.data() / "environment") == "PATH=/usr/bin:/bin\nGIVEN=1\n");
}

TEST_CASE("a plugin that lies about its key, algorithm or certificates is found out") {
  FakePlugin plugin;
  for (const char* fault : {"lies", "der", "short", "other-algorithm", "other-key", "no-chain",
                            "long-chain", "bad-certificate", "bad-base64", "reversed"}) {
    CHECK(plugin.Refusal(fault, "generate-signature").code() == ErrorCode::kProtocol);
  }
  CHECK(plugin.Refusal("other-key", "describe-key").code() == ErrorCode::kProtocol);
  const FakePlugin other("P-384", "EC-256");
  CHECK(other.Refusal("", "").code() == ErrorCode::kProtocol);
  const FakePlugin rsa("RSA-3072", "RSA-3072");
  CHECK(rsa.Refusal("pkcs1", "").code() == ErrorCode::kProtocol);
}

TEST_CASE("a plugin that lies later is found out then") {
  FakePlugin plugin;
  for (const char* fault : {"lies", "other-chain", "other-algorithm", "die", "denied"}) {
    std::filesystem::remove(plugin.data() / "calls");
    const auto signer = Must(plugin.Open(fault, "later"));
    const Result<Bytes> signature = signer->Sign({});
    REQUIRE_FALSE(signature.ok());
    CHECK(signature.error().message().starts_with("plugin fake: "));
  }
}

TEST_CASE("certificates of a plugin follow the rules of the Notary Project") {
  const FakePlugin plugin;
  const TestKey key = TestKey::Make("P-256");
  const Secret der = key.private_key().ToPkcs8();
  WriteFile(plugin.data() / "key.der", AsText(der.ExposeSecret()));
  const Identity root = testing::SelfSigned(testing::RootSpec());
  const auto spec = testing::SignerSpec();
  auto expired = spec;
  expired.not_after = kTestTime - std::chrono::hours(1);
  for (const auto& leaf :
       {testing::Issue(expired, root, key),
        testing::Issue(spec.With("extendedKeyUsage", "serverAuth"), root, key)}) {
    plugin.WriteChain("chain", {leaf.der, root.der});
    CHECK(plugin.Refusal("", "").message().find("its certificates: ") != std::string::npos);
  }
  plugin.WriteChain("chain", {testing::Issue(spec, root, key).der});
  CHECK(plugin.Refusal("", "").code() == ErrorCode::kProtocol);
}

TEST_CASE("a plugin that hangs, floods, dies or answers nothing is ended and told") {
  FakePlugin plugin;
  for (const char* at : {"get-plugin-metadata", "describe-key", "generate-signature"}) {
    CHECK(plugin.Refusal("flood", at).code() == ErrorCode::kLimit);
    CHECK(plugin.Refusal("die", at).message().ends_with("ended by a signal"));
    for (const char* fault : {"no-json", "array", "empty"}) {
      CHECK(plugin.Refusal(fault, at).code() == ErrorCode::kProtocol);
    }
  }
  plugin.set_deadline(std::chrono::milliseconds(200));
  CHECK(plugin.Refusal("hang", "get-plugin-metadata").code() == ErrorCode::kTimeout);
}

TEST_CASE("a plugin's own errors are told, and what it says besides is not") {
  const FakePlugin plugin;
  const Error denied = plugin.Refusal("denied", "describe-key");
  CHECK(denied.code() == ErrorCode::kDenied);
  CHECK(denied.message().find("ACCESS_DENIED: log in ") != std::string::npos);
  CHECK(plugin.Refusal("throttled", "").code() == ErrorCode::kThrottled);
  CHECK(plugin.Refusal("complains", "").message() == "plugin fake: exit status 1");
}

TEST_CASE("a plugin of another name, contract or capability is not used") {
  const FakePlugin plugin;
  for (const char* fault : {"other-name", "other-contract", "no-raw"}) {
    CHECK(plugin.Refusal(fault, "").code() == ErrorCode::kConfig);
  }
  CHECK(plugin.Refusal("other-spec", "").code() == ErrorCode::kUnsupported);
}

TEST_CASE("a plugin is a regular file that only its owner writes to") {
  const FakePlugin plugin;
  const auto refused = [&](const char* why) {
    const auto signer = plugin.Open("", "");
    REQUIRE_FALSE(signer.ok());
    CHECK(signer.error().code() == ErrorCode::kConfig);
    CHECK(signer.error().message().find(why) != std::string::npos);
  };
  SetMode(plugin.file(), 0757);
  refused("by anybody");
  SetMode(plugin.file(), 0644);
  refused("not executable");
  SetMode(plugin.file(), 0755);
  const auto moved = plugin.data() / "elsewhere";
  std::filesystem::rename(plugin.file(), moved);
  std::filesystem::create_symlink(moved, plugin.file());
  refused("not a regular file");
  std::filesystem::remove(plugin.file());
  refused("no program fake/notation-fake");
  CHECK(plugin.Calls() == 0);
}

}  // namespace
}  // namespace hallmark::keys
