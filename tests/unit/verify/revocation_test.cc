#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hallmark/revocation/checker.h"
#include "hallmark/signature/notation/notation_format.h"
#include "hallmark/signature/notation/notation_signing_format.h"
#include "hallmark/verify/verifier.h"
#include "tests/support/catch.h"
#include "tests/support/http_servers.h"
#include "tests/support/revocation_authority.h"
#include "tests/support/world.h"

// What verification makes of revoked certificates.
namespace hallmark::verify {
namespace {

using signature::FormatId;
using std::chrono::hours;
using testing::HttpServers;
using testing::kCrlUrl;
using testing::kRootCrlUrl;
using testing::kTestTime;
using testing::MakeCrl;
using testing::Must;
using testing::RevocationAuthority;

// An image that a signer under `authority` signed, and the servers of its lists.
struct World {
  RevocationAuthority authority = RevocationAuthority::Make();
  testing::MemoryStore store;
  oci::Repository repository = testing::Repo("registry.example/app");
  HttpServers servers;
  revocation::Checker checker{servers, nullptr};

  World() {
    testing::Put(store, repository, testing::MakeImage("app"), "1");
    SayGood();
  }

  void SayGood() {
    servers.Put(kCrlUrl, MakeCrl(authority.intermediate, {}));
    servers.Put(kRootCrlUrl, MakeCrl(authority.root, {}));
  }
  void Revoke(const std::string& url, const testing::Identity& issuer,
              const testing::Identity& whom) {
    testing::CrlSpec spec;
    spec.entries = {testing::DerRevoked(whom.certificate(), {testing::DerReason(1)})};
    servers.Put(url, MakeCrl(issuer, spec));
  }
  void RevokeSigner() { Revoke(kCrlUrl, authority.intermediate, authority.signer); }
  void RevokeCa() { Revoke(kRootCrlUrl, authority.root, authority.intermediate); }

  std::vector<x509::Certificate> Chain() const {
    return {authority.signer.certificate(), authority.intermediate.certificate(),
            authority.root.certificate()};
  }
  void Sign(std::optional<UnixTime> expires = std::nullopt) {
    const auto subject = Must(
        store::Resolve(testing::PatientContext(), store, testing::Ref("registry.example/app:1")));
    signature::Claim claim{
        subject.digest(), std::string(signature::kSignPredicate), {}, {}, {}, kTestTime, {}};
    claim.expires = expires;
    const auto signer =
        crypto::MakeSigner(authority.signer.key.private_key(), crypto::Scheme::kEcdsaP256Sha256);
    const auto format = Must(signature::NotationSigningFormat::Of(
        FormatId::kNotationJws, {Chain(), "test", {}}, kTestTime));
    const auto made = Must(format.Sign(subject, claim, *signer, kTestTime));
    Must(format.Push(testing::PatientContext(), store, repository, made));
  }

  // By trustpolicy.json, with what it says under signatureVerification.
  Outcome Verify(const std::string& level = R"("level":"strict")", UnixTime now = kTestTime) {
    const auto policy = Must(policy::TrustPolicy::Parse(
        AsBytes(R"({"version":"1.0","trustPolicies":[{"name":"all","registryScopes":["*"],)"
                R"("signatureVerification":{)" +
                level + R"(},"trustStores":["ca:own"],"trustedIdentities":["*"]}]})"),
        "trustpolicy.json",
        [](const std::string&) {
          return Result<crypto::PublicKey>(Error(ErrorCode::kConfig, "no keys here"));
        },
        [this](trust::StoreKind, const std::string&) {
          return Result<std::vector<x509::Certificate>>({anchor.certificate()});
        }));
    const signature::NotationFormat format({FormatId::kNotationJws});
    Parts parts{store, {&format}, policy, asks ? &checker : nullptr};
    auto outcomes = verify::Verify(testing::PatientContext(), parts,
                                   testing::Ref("registry.example/app:1"), {}, now);
    return std::move(outcomes.front());
  }
  std::string Word(const std::string& level = R"("level":"strict")") {
    const Outcome outcome = Verify(level);
    return std::string(outcome.verdict.word()) + " " + outcome.verdict.reason;
  }

  testing::Identity anchor = authority.root;
  bool asks = true;
};

int AskedInAll(World& world) {
  return world.servers.asked(kCrlUrl) + world.servers.asked(kRootCrlUrl);
}

bool Says(const Outcome& outcome, const std::string& words) {
  return outcome.verdict.detail.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("every certificate below the root is looked up, and good ones count") {
  World world;
  world.Sign();
  const Outcome outcome = world.Verify();
  CHECK(outcome.verdict.reason == "verified");
  CHECK(world.servers.asked(kCrlUrl) == 1);
  CHECK(world.servers.asked(kRootCrlUrl) == 1);
  const auto& asked = outcome.evidence.asked;
  CHECK(std::find(asked.begin(), asked.end(), kCrlUrl) != asked.end());
  CHECK(std::find(asked.begin(), asked.end(), kRootCrlUrl) != asked.end());
}

TEST_CASE("a revoked certificate refuses, the signer's or one above it (A39)") {
  World world;
  world.Sign();
  world.RevokeSigner();
  const Outcome outcome = world.Verify();
  CHECK(outcome.verdict.word() == "denied");
  CHECK(outcome.verdict.reason == "revoked");
  CHECK(Says(outcome, "is revoked since 2026-05-01T00:00:00Z (keyCompromise)"));
  World above;
  above.Sign();
  above.RevokeCa();
  CHECK(above.Word() == "denied revoked");
}

TEST_CASE("what cannot be found out is unknown, never good (A39)") {
  World world;
  world.Sign();
  world.servers.TakeDown();
  const Outcome outcome = world.Verify();
  CHECK(outcome.verdict.word() == "unknown");
  CHECK(outcome.verdict.reason == "revocation");
  CHECK(Says(outcome, "no connection"));
  World revoked;
  revoked.Sign();
  revoked.servers.TakeDown();
  revoked.RevokeCa();  // and nobody knows about the signer
  CHECK(revoked.Word() == "denied revoked");
  World silent;
  silent.Sign();
  silent.asks = false;
  CHECK(silent.Word() == "unknown revocation");
  CHECK(AskedInAll(silent) == 0);
}

TEST_CASE("certificates above the anchor are looked up as well") {
  World world;
  world.anchor = world.authority.intermediate;
  world.Sign();
  CHECK(world.Word() == "allowed verified");
  CHECK(world.servers.asked(kRootCrlUrl) == 1);
  World revoked;
  revoked.anchor = revoked.authority.intermediate;
  revoked.Sign();
  revoked.RevokeCa();
  CHECK(revoked.Word() == "denied revoked");
}

TEST_CASE("the level says what a revocation is worth, and skip asks nobody") {
  World skipped;
  skipped.Sign();
  skipped.RevokeSigner();
  CHECK(skipped.Word(R"("level":"strict","override":{"revocation":"skip"})") == "allowed verified");
  CHECK(AskedInAll(skipped) == 0);
  World logged;
  logged.Sign();
  logged.RevokeSigner();
  const Outcome outcome = logged.Verify(R"("level":"permissive")");
  CHECK(outcome.verdict.reason == "verified");
  CHECK(outcome.verdict.judged.front().detail.find("although revoked: ") != std::string::npos);
  World down;
  down.Sign();
  down.servers.TakeDown();
  CHECK(down.Word(R"("level":"permissive")") == "allowed verified");
}

TEST_CASE("only signatures that hold are looked up") {
  World expired;
  expired.Sign(kTestTime + hours(1));
  const Outcome outcome = expired.Verify(R"("level":"strict")", kTestTime + hours(2));
  CHECK(outcome.verdict.reason == "expired");
  CHECK(AskedInAll(expired) == 0);
  World stranger;
  stranger.Sign();
  stranger.anchor = RevocationAuthority::Make().root;
  CHECK(stranger.Word() == "denied chain");
  CHECK(AskedInAll(stranger) == 0);
}

TEST_CASE("many images of one signer cost its lists once") {
  World world;
  world.Sign();
  for (int i = 0; i < 5; ++i) CHECK(world.Word() == "allowed verified");
  CHECK(AskedInAll(world) == 2);
}

}  // namespace hallmark::verify
