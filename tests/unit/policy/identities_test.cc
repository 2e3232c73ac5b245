// Rules of our own policies that ask for holders of certificates.
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

using testing::ClaimFor;
using testing::EvidenceOf;
using testing::kNow;
using testing::Must;
using testing::Ref;
using testing::SignerAt;
using testing::SubjectAsked;
using testing::Verified;
using trust::StoreKind;

constexpr std::string_view kAcme =
    R"("acme":{"trustStores":["ca:acme","tsa:stamps"],"subjects":["C=US, ST=WA, O=Acme"]})";

// A store of any name but "gone" has one root; what was opened is remembered.
Result<TrustPolicy> Parse(
    const std::string& identities, const std::string& rules,
    std::vector<std::string>* opened = nullptr,
    const std::string& keys = R"("keySets":{"ci":{"keys":[{"file":"k0.pub"}]}},)") {
  static const x509::Certificate kRoot = testing::SelfSigned(testing::RootSpec()).certificate();
  const StoreLoader load =
      [opened](StoreKind kind, const std::string& name) -> Result<std::vector<x509::Certificate>> {
    if (opened != nullptr) opened->push_back(std::string(trust::ToName(kind)) + ":" + name);
    if (name == "gone") return Error(ErrorCode::kConfig, "no such folder");
    return std::vector<x509::Certificate>{kRoot};
  };
  const std::string text = R"({"schema":"hallmark.policy/v1",)" + keys + R"("identities":{)" +
                           identities + R"(},"rules":[)" + rules + R"(],"default":"deny"})";
  return TrustPolicy::Parse(AsBytes(text), "policy.json", testing::LoadTestKey, load);
}

std::string RuleFor(const std::string& name, const std::string& require) {
  return R"({"name":")" + name + R"(","images":["r.example/)" + name + R"("],"require":)" +
         require + "}";
}

std::string Refusal(const std::string& identities,
                    const std::string& require = R"({"identity":"acme"})") {
  const Result<TrustPolicy> policy = Parse(identities, RuleFor("a", require));
  if (policy.ok()) return "accepted";
  CHECK(policy.error().code() == ErrorCode::kConfig);
  CHECK(policy.error().message().starts_with("policy.json:"));
  return policy.error().message();
}

TEST_CASE("an identity is a requirement like a key set") {
  std::vector<std::string> opened;
  const TrustPolicy policy = Must(Parse(
      std::string(kAcme),
      RuleFor("a", R"({"allOf":[{"signedBy":"ci"},{"identity":"acme","count":2}]})"), &opened));
  CHECK(opened == std::vector<std::string>{"ca:acme", "tsa:stamps"});
  const Rule& rule = policy.RuleFor(Ref("r.example/a"));
  CHECK(rule.Wants() == "(1 of key set ci and 2 of identity acme)");
  const store::Subject subject = SubjectAsked("r.example/a:1");
  const auto signed_by = [&](std::size_t key, std::string set) {
    return Verified(ClaimFor(subject), SignerAt(key, {std::move(set)}));
  };
  const Evidence enough = EvidenceOf(
      {signed_by(0, "ci"), signed_by(1, "identity acme"), signed_by(2, "identity acme")});
  CHECK(rule.Decide(subject, enough, kNow).reason == "verified");
  const Evidence one = EvidenceOf({signed_by(0, "ci"), signed_by(1, "identity acme")});
  CHECK(rule.Decide(subject, one, kNow).reason == "threshold");
  const Evidence other = EvidenceOf(
      {signed_by(0, "ci"), signed_by(1, "identity acme"), signed_by(2, "identity other")});
  CHECK_FALSE(rule.Decide(subject, other, kNow).allowed());
}

TEST_CASE("the fix for an identity names a certificate") {
  const TrustPolicy policy =
      Must(Parse(std::string(kAcme), RuleFor("a", R"({"identity":"acme"})"), nullptr, ""));
  const store::Subject subject = SubjectAsked("r.example/a:1");
  const Verdict verdict = policy.RuleFor(Ref("r.example/a")).Decide(subject, EvidenceOf({}), kNow);
  CHECK(verdict.word() == "unsigned");
  CHECK(verdict.fix.find("--cert-chain CHAIN") != std::string::npos);
}

TEST_CASE("a rule trusts the identities that it names and no other") {
  const std::string other = R"("other":{"trustStores":["signingAuthority:other"],"anySubject":true,
    "timestamp":"afterCertificateExpiry"})";
  const TrustPolicy policy = Must(
      Parse(std::string(kAcme) + "," + other,
            RuleFor("a", R"({"identity":"acme"})") + "," + RuleFor("b", R"({"signedBy":"ci"})") +
                "," + RuleFor("c", R"({"anyOf":[{"identity":"other"},{"identity":"acme"}]})") +
                "," + RuleFor("d", R"({"identity":"other"})")));
  const auto trusted = [&](const std::string& name) {
    std::vector<std::string> sets;
    const trust::TrustRoot& root = policy.TrustRootFor(policy.RuleFor(Ref("r.example/" + name)));
    for (const trust::TrustedAuthority& authority : root.authorities()) {
      sets.push_back(authority.signer_set);
    }
    CHECK(root.keys().size() == 1);
    return sets;
  };
  CHECK(trusted("a") == std::vector<std::string>{"identity acme"});
  CHECK(trusted("b").empty());
  CHECK(trusted("c") == std::vector<std::string>{"identity acme", "identity other"});
  CHECK(trusted("d") == std::vector<std::string>{"identity other"});
  CHECK(policy.trust_root().authorities().size() == 2);
  const trust::TrustedAuthority& last =
      policy.TrustRootFor(policy.RuleFor(Ref("r.example/d"))).authorities()[0];
  CHECK(last.any_subject);
  CHECK(last.timestamp_use == trust::TimestampUse::kAfterCertificateExpiry);
  CHECK(last.signing.empty());
  CHECK(last.signing_authorities.size() == 1);
}

TEST_CASE("a policy read for some images opens their stores, and the other rules deny") {
  const std::string text = R"({"schema":"hallmark.policy/v1","identities":{)" + std::string(kAcme) +
                           R"(,"gone":{"trustStores":["ca:gone"],"anySubject":true}},"rules":[)" +
                           RuleFor("a", R"({"identity":"acme"})") + "," +
                           RuleFor("b", R"({"identity":"gone"})") + "," +
                           RuleFor("c", R"({"anyOf":[{"identity":"acme"},{"identity":"gone"}]})") +
                           R"(],"default":"deny"})";
  const StoreLoader load = [](StoreKind,
                              const std::string& name) -> Result<std::vector<x509::Certificate>> {
    if (name == "gone") return Error(ErrorCode::kConfig, "no such folder");
    return std::vector<x509::Certificate>{testing::SelfSigned(testing::RootSpec()).certificate()};
  };
  const auto parse_for = [&](const std::string& name) {
    return TrustPolicy::ParseFor({Ref("r.example/" + name).repository()}, AsBytes(text),
                                 "policy.json", testing::LoadTestKey, load);
  };
  CHECK_FALSE(TrustPolicy::Parse(AsBytes(text), "policy.json", testing::LoadTestKey, load).ok());
  CHECK_FALSE(parse_for("b").ok());
  CHECK_FALSE(parse_for("c").ok());
  const TrustPolicy policy = Must(parse_for("a"));
  CHECK(policy.TrustRootFor(policy.RuleFor(Ref("r.example/a"))).authorities().size() == 1);
  for (const std::string name : {"b", "c"}) {
    const Rule& rule = policy.RuleFor(Ref("r.example/" + name));
    const store::Subject subject = SubjectAsked("r.example/" + name + ":1");
    const auto signature = Verified(ClaimFor(subject), SignerAt(0, {"identity acme"}));
    CHECK(rule.Decide(subject, EvidenceOf({signature}), kNow).reason == "config");
    CHECK(policy.TrustRootFor(rule).authorities().empty());
  }
  CHECK(Must(parse_for("elsewhere")).trust_root().authorities().empty());
}

TEST_CASE("key sets and identities are two kinds of name") {
  CHECK(Refusal(std::string(kAcme), R"({"signedBy":"acme"})").find("unknown key set \"acme\"") !=
        std::string::npos);
  CHECK(Refusal(std::string(kAcme), R"({"signedBy":"identity acme"})")
            .find("unknown key set \"identity acme\"") != std::string::npos);
  CHECK(Refusal(std::string(kAcme), R"({"identity":"ci"})").find("unknown identity \"ci\"") !=
        std::string::npos);
  CHECK(Refusal(std::string(kAcme), R"({"identity":"acne"})").find("did you mean \"acme\"?") !=
        std::string::npos);
}

TEST_CASE("what is unclear in an identity is refused with its place (A70, A72)") {
  const auto [identities, words] = GENERATE(table<std::string, std::string>({
      {"", "identities: want at least one identity"},
      {R"("a b":{"trustStores":["ca:x"],"anySubject":true})", "identities.a b: want a name"},
      {R"("acme":{"trustStores":["ca:x"]})", "want \"subjects\" or \"anySubject\""},
      {R"("acme":{"trustStores":["ca:x"],"subjects":[]})", "subjects: want at least one"},
      {R"("acme":{"trustStores":["ca:x"],"anySubject":false})", "anySubject: want true"},
      {R"("acme":{"trustStores":["ca:x"],"anySubject":"true"})", "anySubject: want true"},
      {R"("acme":{"trustStores":["ca:x"],"anySubject":true,"subjects":["C=US, ST=WA, O=A"]})",
       "one of the two"},
      {R"("acme":{"trustStores":["ca:x"],"subjects":["O=A"]})", "subjects[0]: "},
      {R"("acme":{"trustStores":["ca:x"],"subjects":["C=US, ST=WA, O=A","C=US, ST=WA, O=A, CN=b"]})",
       "subjects[1]: overlaps"},
      {R"("acme":{"trustStores":["x"],"anySubject":true})", "trustStores[0]: want \"ca:NAME\""},
      {R"("acme":{"trustStores":["ca:../x"],"anySubject":true})", "trustStores[0]: want"},
      {R"("acme":{"trustStores":["tsa:x"],"anySubject":true})", "store too"},
      {R"("acme":{"trustStores":["ca:gone"],"anySubject":true})", "no such folder"},
      {R"("acme":{"trustStores":["ca:x","ca:x"],"anySubject":true})", "stands in the list already"},
      {R"("acme":{"trustStores":["ca:x"],"anySubject":true,"timestamp":"never"})",
       "timestamp: want"},
      {R"("acme":{"trustStore":["ca:x"],"anySubject":true})", "did you mean \"trustStores\"?"},
  }));
  CAPTURE(identities);
  const std::string refusal = Refusal(identities);
  CAPTURE(refusal);
  CHECK(refusal.find(words) != std::string::npos);
}

TEST_CASE("a policy that trusts nobody is none") {
  const std::string text =
      R"({"schema":"hallmark.policy/v1","rules":[],"default":{"require":{"signedBy":"ci"}}})";
  const Result<TrustPolicy> policy =
      TrustPolicy::Parse(AsBytes(text), "policy.json", testing::LoadTestKey);
  REQUIRE_FALSE(policy.ok());
  CHECK(policy.error().message().find("say whom to trust") != std::string::npos);
  const Result<TrustPolicy> without_stores = TrustPolicy::Parse(
      AsBytes(R"({"schema":"hallmark.policy/v1","identities":{"a":{"trustStores":["ca:x"],
        "anySubject":true}},"rules":[],"default":{"require":{"identity":"a"}}})"),
      "policy.json", testing::LoadTestKey);
  REQUIRE_FALSE(without_stores.ok());
  CHECK(without_stores.error().message().find("there are no trust stores here") !=
        std::string::npos);
}

}  // namespace
}  // namespace hallmark::policy
