#include "hallmark/keys/file/key_file.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "hallmark/encoding/pem.h"
#include "tests/support/catch.h"
#include "tests/support/world/keys.h"
#include "tests/support/world/must.h"
#include "tests/support/world/temp_folder.h"
#include "tests/unit/keys/file/passphrases.h"

namespace hallmark::keys {
namespace {

using testing::Must;
using testing::ReadFile;
using testing::TempFolder;
using testing::WriteFile;

constexpr std::size_t kMaxBytes = 65536;

Secret Plain(const crypto::PrivateKey& key) {
  return encoding::ToSecretPem("PRIVATE KEY", key.ToPkcs8());
}

mode_t ModeOf(const std::filesystem::path& path) {
  struct stat facts {};
  REQUIRE(stat(path.c_str(), &facts) == 0);
  return facts.st_mode & 07777;
}

std::vector<std::string> NamesIn(const TempFolder& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    names.push_back(entry.path().filename());
  }
  std::ranges::sort(names);
  return names;
}

template <class T>
void CheckRefusal(const Result<T>& result, ErrorCode code, const std::string& names) {
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().code() == code);
  CHECK(result.error().message().find(names) != std::string::npos);
}

TEST_CASE("a key file is read whole, up to 64 KiB") {
  const TempFolder folder;
  const auto path = folder.path() / "x.key";
  WriteFile(path, std::string(kMaxBytes, 'x'));
  CHECK(Must(ReadKeyFile(path)).size() == kMaxBytes);
  WriteFile(path, "");
  CHECK(Must(ReadKeyFile(path)).size() == 0);
  WriteFile(path, std::string(kMaxBytes + 1, 'x'));
  CheckRefusal(ReadKeyFile(path), ErrorCode::kConfig, path.native() + ": larger than 64 KiB");
}

TEST_CASE("what is no regular file is refused and never waited for") {
  const TempFolder folder;
  const auto fifo = folder.path() / "fifo";
  REQUIRE(mkfifo(fifo.c_str(), 0600) == 0);
  CheckRefusal(ReadKeyFile(fifo), ErrorCode::kConfig, fifo.native());
  CheckRefusal(ReadKeyFile(folder.path()), ErrorCode::kConfig, folder.path().native());
  CheckRefusal(ReadKeyFile("/dev/zero"), ErrorCode::kConfig, "/dev/zero");
  CheckRefusal(ReadKeyFile(folder.path() / "none"), ErrorCode::kConfig, "none");
}

TEST_CASE("a public key file loads") {
  const TempFolder folder;
  const crypto::PublicKey key = testing::MakeKey().public_key();
  WriteFile(folder.path() / "x.pub", key.ToPem());
  CHECK(Must(LoadPublicKey(folder.path() / "x.pub")).id() == key.id());
}

TEST_CASE("a private key where a public one belongs is told as such") {
  const TempFolder folder;
  const auto path = folder.path() / "x.pub";
  WriteFile(path, AsText(Plain(testing::MakeKey()).ExposeSecret()));
  CheckRefusal(LoadPublicKey(path), ErrorCode::kConfig, "holds a private key");
  WriteFile(path, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
  CheckRefusal(LoadPublicKey(path), ErrorCode::kConfig, path.native());
  WriteFile(path, "ssh-ed25519 AAAA");
  CheckRefusal(LoadPublicKey(path), ErrorCode::kConfig, path.native());
}

TEST_CASE("unencrypted private keys open without a passphrase") {
  const crypto::PrivateKey key = testing::MakeKey();
  FixedPassphrase passphrases("pw");
  CHECK(Must(ParsePrivateKey(Plain(key), "x", passphrases)).public_key().id() ==
        key.public_key().id());
  CHECK(passphrases.asked() == 0);
}

TEST_CASE("texts that hold no private key are refused without asking") {
  FixedPassphrase passphrases("pw");
  const auto refusal = [&](std::string_view text) {
    const auto key = ParsePrivateKey(ToSecret(text), "x.key", passphrases);
    REQUIRE_FALSE(key.ok());
    CHECK(key.error().message().starts_with("x.key: "));
    return key.error().code();
  };
  CHECK(refusal(testing::MakeKey().public_key().ToPem()) == ErrorCode::kMalformed);
  CHECK(refusal("") == ErrorCode::kMalformed);
  CHECK(refusal("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n") ==
        ErrorCode::kUnsupported);
  CHECK(refusal("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n") ==
        ErrorCode::kMalformed);
  CHECK(refusal("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----"
                "\n") == ErrorCode::kMalformed);
  CHECK(passphrases.asked() == 0);
}

TEST_CASE("a key pair is written with narrow permissions") {
  const TempFolder folder;
  const mode_t old = umask(0);
  const crypto::PrivateKey key = testing::MakeKey();
  Must(WriteKeyPair(folder.path() / "ci", Plain(key), key.public_key()));
  umask(old);
  CHECK(NamesIn(folder) == std::vector<std::string>{"ci.key", "ci.pub"});
  CHECK(ModeOf(folder.path() / "ci.key") == 0600);
  CHECK(ModeOf(folder.path() / "ci.pub") == 0644);
  CHECK(ReadFile(folder.path() / "ci.key") == AsText(Plain(key).ExposeSecret()));
  CHECK(ReadFile(folder.path() / "ci.pub") == key.public_key().ToPem());
}

TEST_CASE("nothing is overwritten, and nothing else is left") {
  const TempFolder folder;
  const std::string taken = GENERATE("ci.key", "ci.pub");
  const crypto::PrivateKey key = testing::MakeKey();
  SECTION("a file") {
    WriteFile(folder.path() / taken, "mine");
    CheckRefusal(WriteKeyPair(folder.path() / "ci", Plain(key), key.public_key()),
                 ErrorCode::kConfig, taken);
    CHECK(ReadFile(folder.path() / taken) == "mine");
  }
  SECTION("a symbolic link to nowhere") {
    std::filesystem::create_symlink("nowhere", folder.path() / taken);
    CheckRefusal(WriteKeyPair(folder.path() / "ci", Plain(key), key.public_key()),
                 ErrorCode::kConfig, taken);
  }
  CHECK(NamesIn(folder) == std::vector<std::string>{taken});
}

TEST_CASE("of many writers of one name exactly one wins") {
  const TempFolder folder;
  std::vector<crypto::PrivateKey> keys;
  for (int i = 0; i < 8; ++i) keys.push_back(testing::MakeKey());
  std::atomic<int> won = 0;
  {
    std::vector<std::jthread> threads;
    for (const crypto::PrivateKey& key : keys) {
      threads.emplace_back([&] {
        won += WriteKeyPair(folder.path() / "ci", Plain(key), key.public_key()).ok() ? 1 : 0;
      });
    }
  }
  CHECK(won == 1);
  FixedPassphrase passphrases("");
  const Secret text = Must(ReadKeyFile(folder.path() / "ci.key"));
  CHECK(Must(ParsePrivateKey(text, "ci.key", passphrases)).public_key().id() ==
        Must(LoadPublicKey(folder.path() / "ci.pub")).id());
  CHECK(NamesIn(folder).size() == 2);
}

TEST_CASE("a folder that cannot be written is told with the path") {
  const TempFolder folder;
  const crypto::PrivateKey key = testing::MakeKey();
  const auto prefix = folder.path() / "missing" / "ci";
  CheckRefusal(WriteKeyPair(prefix, Plain(key), key.public_key()), ErrorCode::kStorage,
               prefix.native());
  CHECK(NamesIn(folder).empty());
}

// Stands for a full disk: a write ends short and the next one fails.
class SmallFilesOnly {
 public:
  explicit SmallFilesOnly(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    REQUIRE(getrlimit(RLIMIT_FSIZE, &old_) == 0);
    const rlimit small{bytes, old_.rlim_max};
    REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
  }
  SmallFilesOnly(const SmallFilesOnly&) = delete;
  SmallFilesOnly& operator=(const SmallFilesOnly&) = delete;
  ~SmallFilesOnly() {
    setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit old_{};
  void (*handler_)(int);
};

TEST_CASE("a disk that fills up leaves neither file") {
  const TempFolder folder;
  const crypto::PrivateKey key = testing::MakeKey();
  const Secret text = Plain(key);
  Result<Done> written = Done();
  {
    const SmallFilesOnly limit(100);
    written = WriteKeyPair(folder.path() / "ci", text, key.public_key());
  }
  CheckRefusal(written, ErrorCode::kStorage, "ci.key");
  CHECK(NamesIn(folder).empty());
  {
    const SmallFilesOnly limit(200);  // the longer of the two is now the second
    written = WriteKeyPair(folder.path() / "ci", ToSecret("short"),
                           testing::MakeKey(crypto::PrivateKey::Kind::kEcdsaP384).public_key());
  }
  CheckRefusal(written, ErrorCode::kStorage, "ci.pub");
  CHECK(NamesIn(folder).empty());
}

TEST_CASE("file: and bare paths open a signer") {
  const TempFolder folder;
  const crypto::PrivateKey key = testing::MakeKey(crypto::PrivateKey::Kind::kEcdsaP384);
  const auto path = folder.path() / "x.key";
  WriteFile(path, AsText(Plain(key).ExposeSecret()));
  FileKeySource source;
  FixedPassphrase passphrases("");
  for (const std::string& uri : {path.native(), "file:" + path.native()}) {
    const auto signer = Must(source.Open(Context{}, uri, passphrases));
    CHECK(signer->public_key().id() == key.public_key().id());
    CHECK(signer->scheme() == crypto::Scheme::kEcdsaP384Sha384);
  }
  CheckRefusal(source.Open(Context{}, "file:" + path.native() + "x", passphrases),
               ErrorCode::kConfig, path.native());
}

TEST_CASE("env: opens a signer from the variable given") {
  const crypto::PrivateKey key = testing::MakeKey();
  const std::string text(AsText(Plain(key).ExposeSecret()));
  EnvKeySource source(
      [&](const std::string& name) { return name == "KEY" ? text.c_str() : nullptr; });
  FixedPassphrase passphrases("");
  CHECK(Must(source.Open(Context{}, "env:KEY", passphrases))->public_key().id() ==
        key.public_key().id());
  CheckRefusal(source.Open(Context{}, "env:OTHER", passphrases), ErrorCode::kConfig, "OTHER");
}

}  // namespace
}  // namespace hallmark::keys
