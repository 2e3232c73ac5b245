#include "hallmark/plugin/verify_signature.h"

#include <filesystem>
#include <string>

#include "hallmark/plugin/internal/protocol.h"
#include "tests/support/catch.h"
#include "tests/support/world/must.h"
#include "tests/support/world/temp_folder.h"

namespace hallmark::plugin {
namespace {

using testing::Must;
using testing::ReadFile;
using testing::TempFolder;
using testing::WriteFile;

// The fake plugin as a verifier, installed in a folder of its own.
class FakeVerifier {
 public:
  FakeVerifier() {
    std::filesystem::create_directories(folder_.path() / "plugins/fake");
    std::filesystem::copy_file(HALLMARK_FAKE_PLUGIN, folder_.path() / "plugins/fake/notation-fake");
    Set("");
  }

  std::string Asked() const { return ReadFile(folder_.path() / "asked"); }
  void Set(const std::string& more) const {
    const bool says_what = more.find("can ") != std::string::npos;
    WriteFile(
        folder_.path() / "plugins/fake/settings",
        "folder " + folder_.path().native() + "\n" + more + (says_what ? "" : "can both-checks\n"));
  }
  Result<Verifier> Open(std::optional<std::string> min_version = {}) const {
    return OpenVerifier({"fake", std::move(min_version)},
                        {{folder_.path() / "plugins"}, {"GIVEN=1"}, deadline_});
  }
  ErrorCode Refusal(const std::string& fault) const {
    INFO(fault);
    const Verifier verifier = Must(Open());
    Set("fault " + fault + "\nat verify-signature\n");
    const auto results = VerifySignature(verifier, Order());
    Set("");
    REQUIRE_FALSE(results.ok());
    return results.error().code();
  }
  static VerifyOrder Order() {
    VerifyOrder order;
    order.required = {"fake", "1.0.0"};
    order.content_type = "application/vnd.cncf.notary.payload.v1+json";
    order.signing_scheme = "notary.x509.signingAuthority";
    order.authentic_signing_time = UnixTime(std::chrono::seconds(1780272000));
    order.expiry = UnixTime(std::chrono::seconds(1780272060));
    order.extended = {{"io.example.job", "17"}, {"io.example.profile", "a"}};
    order.certificate_chain = {ToBytes("leaf"), ToBytes("root")};
    order.trusted_identities = {"x509.subject: C=US, ST=WA, O=Hallmark Test"};
    order.checks = {Capability::kRevocationCheck, Capability::kTrustedIdentity};
    return order;
  }
  void set_deadline(std::chrono::milliseconds deadline) { deadline_ = deadline; }

 private:
  TempFolder folder_;
  std::chrono::milliseconds deadline_{20000};
};

TEST_CASE("a verification plugin is asked what the specification has, and answers each check") {
  const FakeVerifier fake;
  const Verifier verifier = Must(fake.Open("1.0.0-rc.1"));
  CHECK(verifier.metadata.version == "1.0.0");
  const auto results = Must(VerifySignature(verifier, FakeVerifier::Order()));
  REQUIRE(results.size() == 2);
  CHECK(results[0].check == Capability::kRevocationCheck);
  CHECK(results[0].passed);
  CHECK(results[1].check == Capability::kTrustedIdentity);
  CHECK(results[1].passed);
  CHECK(fake.Asked() ==
        R"({"contractVersion":"1.0","signature":{"criticalAttributes":{)"
        R"("contentType":"application/vnd.cncf.notary.payload.v1+json",)"
        R"("signingScheme":"notary.x509.signingAuthority","verificationPlugin":"fake",)"
        R"("verificationPluginMinVersion":"1.0.0","expiry":"2026-06-01T00:01:00Z",)"
        R"("authenticSigningTime":"2026-06-01T00:00:00Z",)"
        R"("extendedAttributes":{"io.example.job":"17","io.example.profile":"a"}},)"
        R"("unprocessedAttributes":["io.example.job","io.example.profile"],)"
        R"("certificateChain":["bGVhZg==","cm9vdA=="]},"trustPolicy":{"trustedIdentities":)"
        R"(["x509.subject: C=US, ST=WA, O=Hallmark Test"],"signatureVerification":)"
        R"(["SIGNATURE_VERIFIER.REVOCATION_CHECK","SIGNATURE_VERIFIER.TRUSTED_IDENTITY"]}})");
}

TEST_CASE(
    "a check of a verification plugin that fails is a result, with its reason made printable") {
  const FakeVerifier fake;
  const Verifier verifier = Must(fake.Open());
  fake.Set("fault refuses\n");
  for (const CheckResult& result : Must(VerifySignature(verifier, FakeVerifier::Order()))) {
    CHECK_FALSE(result.passed);
    CHECK(result.reason == "revoked \\x1b[31mtoday");
  }
  fake.Set("fault no-reason\n");
  for (const CheckResult& result : Must(VerifySignature(verifier, FakeVerifier::Order()))) {
    CHECK_FALSE(result.passed);
    CHECK(result.reason == "without a reason");
  }
}

TEST_CASE("attributes alone may be handed to a verification plugin") {
  const FakeVerifier fake;
  const Verifier verifier = Must(fake.Open());
  VerifyOrder order = FakeVerifier::Order();
  order.checks.clear();
  CHECK(Must(VerifySignature(verifier, order)).empty());
  fake.Set("fault unprocessed\n");
  CHECK(VerifySignature(verifier, order).error().code() == ErrorCode::kProtocol);
}

TEST_CASE(
    "a verification plugin answers exactly the checks and attributes that it was handed (A111)") {
  FakeVerifier fake;
  for (const char* fault : {"extra-check", "missing-check", "no-bool", "unprocessed",
                            "processed-more", "no-json", "array", "empty"}) {
    CHECK(fake.Refusal(fault) == ErrorCode::kProtocol);
  }
  CHECK(fake.Refusal("flood") == ErrorCode::kLimit);
  CHECK(fake.Refusal("die") == ErrorCode::kUnavailable);
  CHECK(fake.Refusal("denied") == ErrorCode::kDenied);
  CHECK(fake.Refusal("throttled") == ErrorCode::kThrottled);
  const Verifier verifier = Must(fake.Open());
  VerifyOrder twice = FakeVerifier::Order();
  twice.checks = {Capability::kTrustedIdentity, Capability::kTrustedIdentity};
  CHECK(VerifySignature(verifier, twice).error().code() == ErrorCode::kInternal);
  fake.set_deadline(std::chrono::milliseconds(300));
  CHECK(fake.Refusal("hang") == ErrorCode::kTimeout);
}

TEST_CASE("a verification plugin has the name, capability and version that the signature demands") {
  const FakeVerifier fake;
  CHECK(fake.Open("1.0.1").error().code() == ErrorCode::kConfig);
  CHECK(fake.Open("1.0").error().code() == ErrorCode::kMalformed);
  fake.Set("version v1\n");
  CHECK(fake.Open().ok());
  CHECK(fake.Open("1.0.0").error().code() == ErrorCode::kMalformed);
  fake.Set("can SIGNATURE_GENERATOR.RAW\n");
  CHECK(fake.Open().error().code() == ErrorCode::kConfig);
  fake.Set("can SIGNATURE_VERIFIER.TRUSTED_IDENTITY\n");
  const Verifier one = Must(fake.Open());
  CHECK(VerifySignature(one, FakeVerifier::Order()).error().code() == ErrorCode::kConfig);
  for (const char* fault : {"other-name", "other-contract"}) {
    fake.Set("fault " + std::string(fault) + "\n");
    CHECK(fake.Open().error().code() == ErrorCode::kConfig);
  }
  const World world{{"/nowhere"}, {}, std::chrono::seconds(1)};
  for (const char* name : {"", "..", ".a", "../fake", "a/b", "a b"}) {
    CHECK(OpenVerifier({name, {}}, world).error().code() == ErrorCode::kMalformed);
  }
  CHECK(OpenVerifier({"fake", {}}, world).error().code() == ErrorCode::kConfig);
}

TEST_CASE("versions of plugins have the precedence of SemVer 2.0.0") {
  // Section 11, and builds that do not count.
  const char* rising[] = {"0.9.10",           "1.0.0-1",
                          "1.0.0-alpha",      "1.0.0-alpha.1",
                          "1.0.0-alpha.beta", "1.0.0-beta",
                          "1.0.0-beta.2",     "1.0.0-beta.11",
                          "1.0.0-rc.1",       "1.0.0",
                          "1.0.1-0",          "1.2.0",
                          "1.10.0",           "99999999999999999999.0.0"};
  for (std::size_t i = 0; i < std::size(rising); ++i) {
    for (std::size_t j = 0; j < std::size(rising); ++j) {
      INFO(rising[i] << " " << rising[j]);
      CHECK(CheckVersion({rising[i], rising[j]}).ok() == (i >= j));
    }
  }
  CHECK(CheckVersion({"1.0.0+a", "1.0.0+b.2"}).ok());
  for (const char* bad : {"", "1", "1.0", "1.0.0.0", "v1.0.0", "01.0.0", "1.00.0", "1.0.0-",
                          "1.0.0-01", "1.0.0-a..b", "1.0.0+", "1.0.0+a_b", "1.0.-1", " 1.0.0"}) {
    INFO(bad);
    CHECK(CheckVersion({bad, "1.0.0"}).error().code() == ErrorCode::kMalformed);
    CHECK(CheckVersion({"1.0.0", bad}).error().code() == ErrorCode::kMalformed);
  }
}

}  // namespace
}  // namespace hallmark::plugin
