#include <stdlib.h>

#include <filesystem>
#include <string>

#include "hallmark/crypto/private_key.h"
#include "hallmark/encoding/pem.h"
#include "hallmark/keys/pkcs11/pkcs11_key.h"
#include "tests/support/catch.h"
#include "tests/support/world/must.h"
#include "tests/support/world/temp_folder.h"
#include "tests/unit/keys/file/passphrases.h"

namespace hallmark::keys {
namespace {

using crypto::PrivateKey;
using testing::Must;
using testing::TempFolder;
using testing::WriteFile;
using Kind = PrivateKey::Kind;

bool Runs(const std::string& command) {
  return system((command + " >/dev/null 2>&1").c_str()) == 0;
}

bool HasSoftHsm() {
  if (Runs("softhsm2-util --version")) return true;
  WARN("softhsm2-util is not installed (softhsm2): skipped");
  return false;
}

// A token of SoftHSM2 in a folder of its own.
class SoftToken {
 public:
  SoftToken() {
    const std::string config = (folder_.path() / "softhsm2.conf").native();
    const std::filesystem::path tokens = folder_.path() / "tokens";
    std::filesystem::create_directory(tokens);
    WriteFile(config, "directories.tokendir = " + tokens.native() +
                          "\nobjectstore.backend = file\nlog.level = ERROR\n");
    REQUIRE(setenv("SOFTHSM2_CONF", config.c_str(), 1) == 0);
    REQUIRE(Runs("softhsm2-util --init-token --free --label soft --pin 1234 --so-pin 123456"));
  }

  void Import(const PrivateKey& key, const std::string& label, const std::string& id) const {
    const std::string path = (folder_.path() / "key.pem").native();
    const Secret pem = encoding::ToSecretPem("PRIVATE KEY", key.ToPkcs8());
    WriteFile(path, std::string(AsText(pem.ExposeSecret())));
    REQUIRE(Runs("softhsm2-util --import " + path + " --token soft --pin 1234 --label " + label +
                 " --id " + id));
  }

  Pkcs11Uri Uri(const std::string& path) const {
    return Must(Pkcs11Uri::Parse("pkcs11:token=soft;" + path + "?module-name=softhsm2"));
  }

 private:
  TempFolder folder_;
};

TEST_CASE("SoftHSM2 signs by every scheme of every key type") {
  if (!HasSoftHsm()) return;
  const SoftToken token;
  FixedPassphrase pins("1234");
  for (const Kind kind : {Kind::kEcdsaP256, Kind::kEcdsaP384, Kind::kEd25519, Kind::kRsa3072}) {
    const PrivateKey key = Must(PrivateKey::Generate(kind));
    const std::string id = "0" + std::to_string(static_cast<int>(kind));
    token.Import(key, "k" + id, id);
    const auto first = [](const crypto::PublicKey& k) { return k.DefaultSchemes().front(); };
    const auto signer = Must(OpenPkcs11Signer(token.Uri("object=k" + id), first, pins));
    CHECK(signer->public_key().fingerprint() == key.public_key().fingerprint());
    const std::string name(ToName(key.public_key().type()));
    for (int number = 1; number <= static_cast<int>(crypto::Scheme::kRsaPssSha512); ++number) {
      const auto scheme = static_cast<crypto::Scheme>(number);
      const bool can = key.public_key().CanUse(scheme) && scheme != crypto::Scheme::kEd25519ph;
      INFO(name << " by " << ToName(scheme));
      const Result<Bytes> signature = signer->SignBy(scheme, AsBytes("message"));
      REQUIRE(signature.ok() == can);
      if (can) CHECK(key.public_key().Verify(scheme, AsBytes("message"), signature.value()));
    }
    CHECK(Must(LoadPkcs11PublicKey(token.Uri("object=k" + id), nullptr)).fingerprint() ==
          key.public_key().fingerprint());
  }
}

TEST_CASE("SoftHSM2: keys are told apart by label and id, and a wrong PIN opens none") {
  if (!HasSoftHsm()) return;
  const SoftToken token;
  const PrivateKey one = Must(PrivateKey::Generate(Kind::kEcdsaP256));
  const PrivateKey two = Must(PrivateKey::Generate(Kind::kEcdsaP256));
  token.Import(one, "same", "01");
  token.Import(two, "same", "02");
  const auto first = [](const crypto::PublicKey& k) { return k.DefaultSchemes().front(); };
  FixedPassphrase pins("1234");
  const auto both = OpenPkcs11Signer(token.Uri("object=same"), first, pins);
  REQUIRE_FALSE(both.ok());
  CHECK(both.error().message().find("id 01") != std::string::npos);
  CHECK(both.error().message().find("id 02") != std::string::npos);
  CHECK_FALSE(LoadPkcs11PublicKey(token.Uri("object=same"), nullptr).ok());
  {  // A login counts for all sessions of a process: this one ends before a wrong PIN is tried.
    const auto second = Must(OpenPkcs11Signer(token.Uri("id=%02"), first, pins));
    CHECK(second->public_key().fingerprint() == two.public_key().fingerprint());
  }
  CHECK_FALSE(OpenPkcs11Signer(token.Uri("object=other"), first, pins).ok());
  FixedPassphrase wrong("4321");
  const auto refused = OpenPkcs11Signer(token.Uri("id=%02"), first, wrong);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code() == ErrorCode::kDenied);
  CHECK(wrong.asked() == 1);
}

}  // namespace
}  // namespace hallmark::keys
