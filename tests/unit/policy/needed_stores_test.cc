// Which trust stores of the Notary Project's trustpolicy.json are read, and what becomes of the
// rules whose stores are not.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "hallmark/policy/trust_policy.h"
#include "tests/support/catch.h"
#include "tests/support/world.h"
#include "tests/support/x509_authority.h"
#include "tests/unit/policy/evidence.h"

namespace hallmark::policy {
namespace {

using testing::Must;
using testing::Ref;
using testing::SubjectAsked;
using trust::StoreKind;
using Names = std::vector<std::string>;

// Statements for the app, the db and everything else; all have the store "shared".
constexpr std::string_view kText = R"({"version":"1.0","trustPolicies":[
{"name":"app","registryScopes":["registry.example/app"],"signatureVerification":{"level":"strict"},
 "trustStores":["ca:app","ca:shared","tsa:shared"],"trustedIdentities":["*"]},
{"name":"db","registryScopes":["registry.example/db"],"signatureVerification":{"level":"audit"},
 "trustStores":["ca:db","ca:shared"],"trustedIdentities":["*"]},
{"name":"free","registryScopes":["registry.example/free"],
 "signatureVerification":{"level":"skip"}},
{"name":"rest","registryScopes":["*"],"signatureVerification":{"level":"audit"},
 "trustStores":["signingAuthority:rest","ca:shared"],"trustedIdentities":["*"]}]})";

// Trust stores that remember which of them was opened; the one called `broken` cannot be read.
class Shelf {
 public:
  explicit Shelf(std::string broken = "") : broken_(std::move(broken)) {}

  Result<TrustPolicy> Parse() {
    return TrustPolicy::Parse(AsBytes(kText), "trustpolicy.json", testing::LoadTestKey, Loader());
  }
  Result<TrustPolicy> ParseFor(const Names& images, std::string_view text = kText) {
    std::vector<oci::Repository> repositories;
    for (const std::string& image : images) repositories.push_back(Ref(image).repository());
    return TrustPolicy::ParseFor(repositories, AsBytes(text), "trustpolicy.json",
                                 testing::LoadTestKey, Loader());
  }
  Names Opened() {
    std::sort(opened_.begin(), opened_.end());
    return std::exchange(opened_, {});
  }

 private:
  StoreLoader Loader() {
    return [this](StoreKind kind, const std::string& name) {
      return Load(std::string(trust::ToName(kind)) + ":" + name);
    };
  }
  Result<std::vector<x509::Certificate>> Load(const std::string& store) {
    static const x509::Certificate kRoot = testing::SelfSigned(testing::RootSpec()).certificate();
    opened_.push_back(store);
    if (store == broken_) return Error(ErrorCode::kConfig, "no such folder");
    if (store == "ca:empty") return std::vector<x509::Certificate>();
    return std::vector<x509::Certificate>{kRoot};
  }

  std::string broken_;
  Names opened_;
};

const Rule& RuleOf(const TrustPolicy& policy, std::string_view image) {
  return policy.RuleFor(Ref(image));
}

TEST_CASE("a policy read whole reads every store, and each of them once") {
  Shelf shelf;
  const TrustPolicy policy = Must(shelf.Parse());
  CHECK(shelf.Opened() ==
        Names{"ca:app", "ca:db", "ca:shared", "signingAuthority:rest", "tsa:shared"});
  CHECK(policy.trust_root().authorities().size() == 3);
  CHECK(policy.trust_root().authorities()[1].signing.size() == 2);
}

TEST_CASE("only the stores of the rules that decide about the images are read") {
  Shelf shelf;
  REQUIRE(shelf.ParseFor({"registry.example/app:1"}).ok());
  CHECK(shelf.Opened() == Names{"ca:app", "ca:shared", "tsa:shared"});
  REQUIRE(shelf.ParseFor({"registry.example/free:1"}).ok());
  CHECK(shelf.Opened().empty());
  REQUIRE(shelf.ParseFor({}).ok());
  CHECK(shelf.Opened().empty());
}

TEST_CASE("the stores of the global statement are read for an image that falls to it") {
  Shelf shelf;
  const TrustPolicy policy = Must(shelf.ParseFor({"registry.example/other:1"}));
  CHECK(shelf.Opened() == Names{"ca:shared", "signingAuthority:rest"});
  CHECK_FALSE(RuleOf(policy, "registry.example/other:2").parts().is_unread);
  CHECK(RuleOf(policy, "registry.example/app:1").parts().is_unread);
}

TEST_CASE("several images have the stores of all their rules") {
  Shelf shelf;
  const TrustPolicy policy = Must(
      shelf.ParseFor({"registry.example/db:1", "registry.example/app:1", "registry.example/db:2"}));
  CHECK(shelf.Opened() == Names{"ca:app", "ca:db", "ca:shared", "tsa:shared"});
  CHECK(policy.TrustRootFor(RuleOf(policy, "registry.example/app:1")).authorities().size() == 1);
  CHECK(policy.TrustRootFor(RuleOf(policy, "registry.example/db:1")).authorities().size() == 1);
}

TEST_CASE("a store that cannot be read stops whom it concerns, at its place") {
  Shelf shelf("ca:db");
  CHECK(shelf.ParseFor({"registry.example/app:1"}).ok());
  const auto whole = shelf.Parse();
  const auto concerned = shelf.ParseFor({"registry.example/app:1", "registry.example/db:1"});
  for (const auto* refused : {&whole, &concerned}) {
    REQUIRE_FALSE(refused->ok());
    CHECK(refused->error().code() == ErrorCode::kConfig);
    CHECK(refused->error().message() ==
          "trustpolicy.json:5:17: trustPolicies[1].trustStores[0]: no such folder");
  }
}

TEST_CASE("a store without a certificate asks nothing of anybody, and is refused") {
  std::string text(kText);
  text.replace(text.find("ca:db"), 5, "ca:empty");
  Shelf shelf;
  CHECK(shelf.ParseFor({"registry.example/app:1"}, text).ok());
  const auto policy = shelf.ParseFor({"registry.example/db:1"}, text);
  REQUIRE_FALSE(policy.ok());
  CHECK(policy.error().message().find("holds no certificate") != std::string::npos);
}

TEST_CASE("all of a policy is checked but the stores that are not needed") {
  std::string text(kText);
  text.replace(text.find("ca:db"), 5, "cc:db");
  Shelf shelf;
  const auto policy = shelf.ParseFor({"registry.example/app:1"}, text);
  REQUIRE_FALSE(policy.ok());
  CHECK(policy.error().message().find("trustPolicies[1].trustStores[0]") != std::string::npos);
}

// What somebody whom the whole policy trusts for the image would have to show.
Evidence Convincing(const store::Subject& subject) {
  Shelf shelf;
  const TrustPolicy whole = Must(shelf.Parse());
  std::vector<std::string> sets = {"--key", ""};
  for (const trust::TrustedAuthority& authority : whole.trust_root().authorities()) {
    sets.push_back(authority.signer_set);
  }
  Evidence evidence = testing::EvidenceOf(
      {testing::Verified(testing::ClaimFor(subject), testing::SignerAt(0, std::move(sets)))});
  CHECK(whole.RuleFor(subject.asked()).Decide(subject, evidence, testing::kNow).allowed());
  return evidence;
}

void CheckRefusesAll(const TrustPolicy& policy, std::string_view image) {
  INFO(image);
  const auto subject = SubjectAsked(image);
  const Rule& rule = policy.RuleFor(subject.asked());
  REQUIRE(rule.parts().is_unread);
  CHECK(policy.TrustRootFor(rule).authorities().empty());
  CHECK(policy.TrustRootFor(rule).keys().empty());
  // Level audit would let this one through.
  const Evidence failed =
      testing::EvidenceOf({testing::Failed(signature::Check::kAuthenticity, "chain")});
  for (const Evidence& evidence : {Convincing(subject), failed, Evidence{}}) {
    const Verdict verdict = rule.Decide(subject, evidence, testing::kNow);
    CHECK(verdict.word() == "denied");
    CHECK(verdict.reason == "config");
  }
  CHECK_FALSE(rule.DecideUnresolved(Error(ErrorCode::kNotFound, "gone")).allowed());
}

TEST_CASE("a rule whose stores were not read denies whatever it is shown") {
  Shelf shelf;
  const TrustPolicy policy = Must(shelf.ParseFor({"registry.example/app:1"}));
  const TrustPolicy tight = Must(policy.WithAnnotations({{"env", "prod"}}));
  for (const TrustPolicy& one : {policy, tight, Must(shelf.ParseFor({}))}) {
    CheckRefusesAll(one, "registry.example/db:1");
    CheckRefusesAll(one, "registry.example/other:1");
  }
  CheckRefusesAll(Must(shelf.ParseFor({"registry.example/other:1"})), "registry.example/app:1");
}

TEST_CASE("a rule of another policy, and one that skips, trust nobody") {
  Shelf shelf;
  const TrustPolicy whole = Must(shelf.Parse());
  const TrustPolicy policy = Must(shelf.ParseFor({"registry.example/app:1"}));
  CHECK(policy.TrustRootFor(RuleOf(whole, "registry.example/db:1")).authorities().empty());
  CHECK(policy.TrustRootFor(RuleOf(policy, "registry.example/free:1")).authorities().empty());
  CHECK(whole.TrustRootFor(RuleOf(whole, "registry.example/free:1")).authorities().empty());
}

TEST_CASE("a policy of ours is read whole for any image") {
  const std::string text =
      R"({"schema":"hallmark.policy/v1","keySets":{"ci":{"keys":[{"file":"k1.pub"}]}},"rules":[],)"
      R"("default":{"require":{"signedBy":"ci"}}})";
  Shelf shelf;
  const TrustPolicy policy = Must(shelf.ParseFor({}, text));
  const Rule& rule = RuleOf(policy, "registry.example/app:1");
  CHECK_FALSE(rule.parts().is_unread);
  CHECK(policy.TrustRootFor(rule).keys().size() == 1);
}

}  // namespace
}  // namespace hallmark::policy
