#include "hallmark/keys/kms/kms_key.h"

#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "hallmark/keys/kms/internal/protocol.h"
#include "tests/support/catch.h"
#include "tests/support/world/must.h"
#include "tests/support/world/temp_folder.h"
#include "tests/support/x509_authority.h"

namespace hallmark::keys {
namespace {

using crypto::Scheme;
using testing::Must;
using testing::ReadFile;
using testing::TempFolder;
using testing::TestKey;
using testing::WriteFile;

Scheme FirstScheme(const crypto::PublicKey& key) {
  return key.type() == crypto::KeyType::kEcdsaP384 ? Scheme::kEcdsaP384Sha256
                                                   : key.DefaultSchemes().front();
}

// The fake plugin, installed in a folder of its own with a key.
class FakeKms {
 public:
  explicit FakeKms(const std::string& kind = "P-256") : key_(TestKey::Make(kind)) {
    const Secret der = key_.private_key().ToPkcs8();
    WriteFile(folder_.path() / "key.der", AsText(der.ExposeSecret()));
    std::filesystem::create_directories(file().parent_path());
    std::filesystem::copy_file(HALLMARK_FAKE_KMS, file());
  }

  const std::filesystem::path& data() const { return folder_.path(); }
  std::filesystem::path file() const { return folder_.path() / "bin/sigstore-kms-fake"; }
  crypto::PublicKey key() const { return key_.private_key().public_key(); }
  std::string Calls() const { return ReadFile(data() / "calls"); }

  Result<std::unique_ptr<crypto::Signer>> Open(const std::string& fault = "") {
    WriteFile(data() / "fault", fault);
    return OpenKmsSigner({"fake", data().native()}, World(), FirstScheme);
  }
  KmsWorld World() const {
    return {"relative:" + (data() / "nowhere").native() + "::" + (data() / "bin").native(),
            {"PATH=/usr/bin:/bin", "GIVEN=1"},
            deadline_};
  }
  Error Refusal(const std::string& fault) {
    INFO(fault);
    auto signer = Open(fault);
    REQUIRE_FALSE(signer.ok());
    CHECK(signer.error().message().starts_with("sigstore-kms-fake: "));
    CHECK(signer.error().message().find('\x1B') == std::string::npos);
    CHECK(signer.error().message().find("geheim") == std::string::npos);
    return std::move(signer).error();
  }
  // Of the first signature, where the key was shown without a fault.
  Error RefusalToSign(const std::string& fault) {
    INFO(fault);
    const auto signer = Must(Open(fault + " signMessage"));
    Result<Bytes> signature = signer->Sign(AsBytes("message"));
    REQUIRE_FALSE(signature.ok());
    CHECK(signature.error().message().starts_with("sigstore-kms-fake: "));
    return std::move(signature).error();
  }
  void set_deadline(std::chrono::milliseconds deadline) { deadline_ = deadline; }

 private:
  TempFolder folder_;
  TestKey key_;
  std::chrono::milliseconds deadline_{20000};
};

TEST_CASE("calls are written as cosign 3.1 writes them") {
  const KmsRef ref{"fake", "my/key"};
  CHECK(PublicKeyCall(ref) ==
        R"({"initOptions":{"protocolVersion":"v1","keyResourceID":"my/key","hashFunc":5,)"
        R"("rpcOptions":{"keyVersion":"","remoteVerification":false}},"methodName":"publicKey",)"
        R"("publicKey":{"publicKeyOptions":{"rpcOptions":{"keyVersion":"",)"
        R"("remoteVerification":false}}}})");
  CHECK(SignCall(ref, crypto::HashAlgorithm::kSha256, AsBytes("data\n")) ==
        R"({"initOptions":{"protocolVersion":"v1","keyResourceID":"my/key","hashFunc":5,)"
        R"("rpcOptions":{"keyVersion":"","remoteVerification":false}},"methodName":"signMessage",)"
        R"("signMessage":{"signOptions":{"rpcOptions":{"keyVersion":"",)"
        R"("remoteVerification":false},"messageOptions":{)"
        R"("digest":"Zmey0aq2oAyqWu5a+K2fFGXlZ6vxwgnRVyfVez6Pbl8="}}}})");
  const std::string own = SignCall(ref, std::nullopt, AsBytes("data\n"));
  CHECK(own.find(R"("hashFunc":5,)") != std::string::npos);
  CHECK(own.find(R"("digest":null)") != std::string::npos);
}

TEST_CASE("a key service's plugin shows its key and signs by every kind of key") {
  for (const char* kind : {"P-256", "P-384", "P-521", "Ed25519", "RSA-3072"}) {
    INFO(kind);
    FakeKms kms(kind);
    const auto signer = Must(kms.Open());
    CHECK(signer->public_key().fingerprint() == kms.key().fingerprint());
    const Bytes large(1'000'000, 7);
    for (const ByteView message : {ByteView(), ByteView(large)}) {
      const Scheme scheme = kms.key().type() == crypto::KeyType::kEcdsaP521
                                ? Scheme::kEcdsaP521Sha256
                                : signer->scheme();
      const Bytes signature = Must(signer->SignBy(scheme, message));
      CHECK(kms.key().IsSignedBy(scheme, message, signature));
    }
    CHECK(kms.Calls() == "publicKey\nsignMessage\nsignMessage\n");
    CHECK(Must(LoadKmsPublicKey({"fake", kms.data().native()}, kms.World())).fingerprint() ==
          kms.key().fingerprint());
    CHECK(signer->certificates().empty());
  }
}

TEST_CASE("the hash is asked for, a padding cannot be") {
  FakeKms p384("P-384");
  const auto signer = Must(p384.Open());
  const Bytes signature = Must(signer->SignBy(Scheme::kEcdsaP384Sha384, AsBytes("message")));
  CHECK(p384.key().IsSignedBy(Scheme::kEcdsaP384Sha384, AsBytes("message"), signature));
  CHECK(ReadFile(p384.data() / "call.signMessage").find("\"hashFunc\":6") != std::string::npos);
  for (const Scheme other : {Scheme::kEcdsaP256Sha256, Scheme::kEd25519, Scheme::kRsaPssSha256}) {
    CHECK(signer->SignBy(other, {}).error().code() == ErrorCode::kUnsupported);
  }
  FakeKms rsa("RSA-3072");
  const auto rsa_signer = Must(rsa.Open());
  CHECK(rsa_signer->SignBy(Scheme::kRsaPssSha384, {}).error().code() == ErrorCode::kConfig);
  CHECK(rsa_signer->SignBy(Scheme::kRsaPkcs1Sha384, {}).ok());
  FakeKms ed("Ed25519");
  const auto ed_signer = Must(ed.Open());
  CHECK(ed_signer->SignBy(Scheme::kEd25519ph, {}).error().code() == ErrorCode::kUnsupported);
}

TEST_CASE("a signature that is not by the key that was shown is not handed out") {
  FakeKms kms;
  for (const char* fault : {"lies", "short", "no-key", "no-signature", "bad-base64", "no-member"}) {
    CHECK(kms.RefusalToSign(fault).code() == ErrorCode::kProtocol);
  }
  FakeKms rsa("RSA-3072");
  CHECK(rsa.RefusalToSign("pss").message().ends_with("by rsa-pkcs1-sha256"));
  // One that shows another key than it signs with.
  const auto signer = Must(kms.Open("lies publicKey"));
  CHECK(signer->Sign({}).error().code() == ErrorCode::kProtocol);
}

TEST_CASE("a key service's plugin that hangs, floods, dies or answers nothing is ended and told") {
  FakeKms kms;
  CHECK(kms.Refusal("flood").code() == ErrorCode::kLimit);
  CHECK(kms.Refusal("die").message().ends_with("ended by a signal"));
  CHECK(kms.Refusal("empty").message().ends_with("no answer, exit status 1"));
  for (const char* fault : {"no-json", "array", "two-answers", "no-member", "bad-base64", "no-key",
                            "odd-error", "empty"}) {
    CHECK(kms.Refusal(fault).code() == ErrorCode::kProtocol);
  }
  CHECK(kms.RefusalToSign("flood").code() == ErrorCode::kLimit);
  CHECK(kms.RefusalToSign("die").code() == ErrorCode::kUnavailable);
  kms.set_deadline(std::chrono::milliseconds(200));
  CHECK(kms.Refusal("hang").code() == ErrorCode::kTimeout);
}

TEST_CASE("a key service's own error is told in its words, made printable") {
  FakeKms kms;
  const Error denied = kms.Refusal("denied");
  CHECK(denied.code() == ErrorCode::kUnavailable);
  CHECK(denied.message().find("log in \\x1b[31mfirst") != std::string::npos);
  CHECK(kms.RefusalToSign("denied").code() == ErrorCode::kUnavailable);
}

TEST_CASE("a key service's plugin sees the environment that it is given and no other") {
  FakeKms kms;
  REQUIRE(setenv("HALLMARK_PASSWORD", "geheim", 1) == 0);
  CHECK(kms.Open().ok());
  CHECK(ReadFile(kms.data() / "environment") == "PATH=/usr/bin:/bin\nGIVEN=1\n");
}

TEST_CASE("a key service's plugin is a program in an absolute folder of the path") {
  FakeKms kms;
  const auto refused = [&](const char* why) {
    const Error error = kms.Refusal("");
    CHECK(error.code() == ErrorCode::kConfig);
    CHECK(error.message().find(why) != std::string::npos);
  };
  REQUIRE(chmod(kms.file().c_str(), 0757) == 0);
  refused("by anybody");
  REQUIRE(chmod(kms.file().c_str(), 0644) == 0);
  refused("no such program in PATH");
  REQUIRE(chmod(kms.file().c_str(), 0755) == 0);
  const auto moved = kms.data() / "elsewhere";
  std::filesystem::rename(kms.file(), moved);
  refused("no such program in PATH");
  std::filesystem::create_directory(kms.file());
  refused("no such program in PATH");
  std::filesystem::remove(kms.file());
  std::filesystem::create_symlink(moved, kms.file());
  CHECK(kms.Open().ok());
  const auto relative = std::filesystem::relative(kms.file().parent_path());
  const KmsWorld planted{relative.native(), {}, std::chrono::milliseconds(20000)};
  CHECK(LoadKmsPublicKey({"fake", kms.data().native()}, planted).error().code() ==
        ErrorCode::kConfig);
}

}  // namespace
}  // namespace hallmark::keys
