#include "hallmark/policy/trust_policy.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "hallmark/crypto/hash.h"
#include "hallmark/encoding/hex.h"
#include "hallmark/policy/limits.h"
#include "tests/support/catch.h"
#include "tests/support/world.h"
#include "tests/unit/policy/evidence.h"

namespace hallmark::policy {
namespace {

using testing::KeyAt;
using testing::LoadTestKey;
using testing::Must;
using testing::Needs;
using testing::Ref;
using testing::RuleParts;

Result<TrustPolicy> Parse(std::string_view text) {
  return TrustPolicy::Parse(AsBytes(text), "policy.json", LoadTestKey);
}

// The whole message; every refusal is kConfig and says where.
std::string Refusal(std::string_view text) {
  const Result<TrustPolicy> policy = Parse(text);
  if (policy.ok()) return "accepted";
  CHECK(policy.error().code() == ErrorCode::kConfig);
  CHECK(policy.error().message().starts_with("policy.json:"));
  CHECK(policy.error().message().size() < 600);
  return policy.error().message();
}

// A policy with one thing replaced.
struct Text {
  std::string head = R"("schema":"hallmark.policy/v1")";
  std::string keys = R"("ci":{"keys":[{"file":"k0.pub"},{"file":"k1.pub"}]})";
  std::string rules = R"({"name":"apps","images":["r.example/**"],"require":{"signedBy":"ci"}})";
  std::string fallback = R"("default":"deny")";
  std::string ToString() const {
    return "{" + head + ",\n\"keySets\":{" + keys + "},\n\"rules\":[" + rules + "],\n" + fallback +
           "}";
  }
};

std::string KeysRefusal(std::string keys) {
  Text text;
  text.keys = std::move(keys);
  return Refusal(text.ToString());
}
std::string RuleRefusal(std::string_view members) {
  Text text;
  text.rules = R"({"name":"apps","images":["r.example/**"],)" + std::string(members) + "}";
  return Refusal(text.ToString());
}
std::string RulesRefusal(std::string rules) {
  Text text;
  text.rules = std::move(rules);
  return Refusal(text.ToString());
}
std::string DefaultRefusal(const std::string& fallback) {
  Text text;
  text.fallback = "\"default\":" + fallback;
  return Refusal(text.ToString());
}

TEST_CASE("a policy is read whole") {
  const std::string text = R"({
  "schema": "hallmark.policy/v1",
  "keySets": {
    "ci": { "keys": [
      { "file": "k0.pub", "name": "builder", "validFrom": "2026-01-01T00:00:00Z",
        "validUntil": "2026-12-31T00:00:00Z", "scheme": "ecdsa-p256-sha256" },
      { "file": "k1.pub" } ] },
    "unused": { "comment": "for later", "keys": [ { "file": "k0.pub" } ] }
  },
  "rules": [
    { "name": "prod", "comment": "all of it", "images": ["r.example/prod/**", "nginx"],
      "require": { "allOf": [ { "signedBy": "ci", "count": 2 },
                              { "anyOf": [ { "signedBy": "unused" } ] } ] },
      "signedName": "exact", "annotations": { "env": "prod" }, "attestation": "spdx",
      "mode": "warn" }
  ],
  "default": { "require": { "signedBy": "ci" }, "signedName": "tag", "annotations": { "a": "" },
               "mode": "enforce" }
})";
  const TrustPolicy policy = Must(Parse(text));
  CHECK(policy.sha256() ==
        encoding::ToHex(crypto::Hash(crypto::HashAlgorithm::kSha256, AsBytes(text))));
  REQUIRE(policy.trust_root().keys().size() == 3);
  const trust::TrustedKey& key = policy.trust_root().keys()[0];
  CHECK(key.name == "builder");
  CHECK(key.key_set == "ci");
  CHECK(key.schemes == std::vector<crypto::Scheme>{crypto::Scheme::kEcdsaP256Sha256});
  CHECK(key.validity.from.has_value());
  CHECK(policy.trust_root().keys()[1].name == "k1.pub");
  REQUIRE(policy.rules().size() == 1);
  const Rule::Parts& rule = policy.rules()[0].parts();
  CHECK(rule.place == "policy.json:11");
  CHECK(rule.images.size() == 2);
  CHECK(rule.mode == Mode::kWarn);
  CHECK(rule.expectation.predicate_type == "https://spdx.dev/Document");
  CHECK(rule.expectation.signed_name == SignedName::kExact);
  CHECK(rule.expectation.annotations.at("env") == "prod");
  CHECK(policy.default_rule().name() == "default");
  CHECK(policy.default_rule().parts().expectation.signed_name == SignedName::kTag);
  CHECK(policy.default_rule().parts().require.has_value());
}

TEST_CASE("a key can stand in the policy itself") {
  std::string pem = KeyAt(2).public_key().ToPem();
  for (std::size_t at = 0; (at = pem.find('\n', at)) != std::string::npos;)
    pem.replace(at, 1, "\\n");
  Text text;
  text.keys = R"("ci":{"keys":[{"pem":")" + pem + R"("}]})";
  const TrustPolicy policy = Must(Parse(text.ToString()));
  CHECK(policy.trust_root().keys()[0].name == KeyAt(2).public_key().id());
}

TEST_CASE("the most specific rule wins, in any order; none is the default's") {
  std::vector<std::string> rules;
  for (const char* image : {"**", "r.example/**", "r.example/prod/**", "r.example/prod/app",
                            "r.example/*/app", "docker.io/library/**"}) {
    rules.push_back(R"({"name":"n)" + std::to_string(rules.size()) + R"(","images":[")" + image +
                    R"("],"require":{"signedBy":"ci"}})");
  }
  std::mt19937 random(5);
  for (int i = 0; i < 20; ++i) {
    std::shuffle(rules.begin(), rules.end(), random);
    Text text;
    text.rules = rules[0];
    for (std::size_t r = 1; r < rules.size(); ++r) text.rules += "," + rules[r];
    const TrustPolicy policy = Must(Parse(text.ToString()));
    CHECK(policy.RuleFor(Ref("other.example/x")).name() == "n0");
    CHECK(policy.RuleFor(Ref("r.example/dev/tool")).name() == "n1");
    CHECK(policy.RuleFor(Ref("r.example/prod/tool:1")).name() == "n2");
    CHECK(policy.RuleFor(Ref("r.example/prod/app:1")).name() == "n3");
    CHECK(policy.RuleFor(Ref("r.example/dev/app")).name() == "n4");
    CHECK(policy.RuleFor(Ref("nginx")).name() == "n5");
    CHECK(policy.RuleFor(Ref("index.docker.io/library/nginx:latest")).name() == "n5");
  }
  const TrustPolicy policy = Must(Parse(Text().ToString()));
  CHECK(policy.RuleFor(Ref("r.example.evil.com/prod/x")).name() == "default");
}

TEST_CASE("members of other tools and misspelt ones are refused with a place (A70)") {
  const auto foreign = GENERATE(as<std::string>(), "issuerRegExp", "subjectRegExp", "required",
                                "mutateDigest", "attestors", "keyless", "trustedIdentities");
  CHECK(RuleRefusal("\"require\":{\"signedBy\":\"ci\"},\"" + foreign + "\":true")
            .starts_with("policy.json:3:79: rules[0]." + foreign + ": unknown member"));
}

TEST_CASE("every own member misspelt is refused with the right spelling (A70)") {
  const std::string ok = R"("require":{"signedBy":"ci"},)";
  CHECK(RuleRefusal(ok + R"("modes":"warn")") ==
        "policy.json:3:79: rules[0].modes: unknown member; did you mean \"mode\"?");
  const auto means = [](const std::string& message, const std::string& name) {
    return message.ends_with("unknown member; did you mean \"" + name + "\"?");
  };
  CHECK(means(RuleRefusal(ok + R"("Mode":"warn")"), "mode"));
  CHECK(means(RuleRefusal(ok + R"("signedname":"tag")"), "signedName"));
  CHECK(means(RuleRefusal(ok + R"("annotation":{"a":"b"})"), "annotations"));
  CHECK(means(RuleRefusal(ok + R"("attestations":"spdx")"), "attestation"));
  CHECK(means(RuleRefusal(R"("requires":{"signedBy":"ci"})"), "require"));
  CHECK(means(RuleRefusal(R"("require":{"signedby":"ci"})"), "signedBy"));
  CHECK(means(RuleRefusal(R"("require":{"signedBy":"ci","counts":1})"), "count"));
  CHECK(means(RuleRefusal(R"("require":{"allof":[]})"), "allOf"));
  CHECK(means(RuleRefusal(R"("require":{"AnyOf":[]})"), "anyOf"));
  CHECK(means(RulesRefusal(R"({"nam":"x","images":["a"],"require":{"signedBy":"ci"}})"), "name"));
  CHECK(means(RulesRefusal(R"({"name":"x","image":["a"],"require":{"signedBy":"ci"}})"), "images"));
  CHECK(means(KeysRefusal(R"("ci":{"key":[]})"), "keys"));
  CHECK(means(KeysRefusal(R"("ci":{"keys":[{"File":"k0.pub"}]})"), "file"));
  CHECK(means(KeysRefusal(R"("ci":{"keys":[{"pam":"x"}]})"), "pem"));
  CHECK(means(KeysRefusal(R"("ci":{"keys":[{"file":"k0.pub","valid_until":"x"}]})"), "validUntil"));
  CHECK(means(KeysRefusal(R"("ci":{"keys":[{"file":"k0.pub","validform":"x"}]})"), "validFrom"));
  CHECK(means(KeysRefusal(R"("ci":{"keys":[{"file":"k0.pub","schema":"x"}]})"), "scheme"));
  CHECK(means(Refusal(R"({"sechma":"hallmark.policy/v1"})"), "schema"));
  CHECK(means(Refusal(R"({"keysets":{}})"), "keySets"));
  CHECK(means(Refusal(R"({"defaults":"deny"})"), "default"));
  CHECK(means(DefaultRefusal(R"({"require":{"signedBy":"ci"},"mod":"warn"})"), "mode"));
}

TEST_CASE("texts that are no policy are refused (A14, A17, A21, A76)") {
  CHECK(Refusal("").starts_with("policy.json:1:1: "));
  CHECK(Refusal("[]") == "policy.json:1:1: want an object");
  CHECK(Refusal("{}") == "policy.json:1:1: schema: missing");
  CHECK(Refusal("\xEF\xBB\xBF" + Text().ToString()) == "policy.json:1:1: byte order mark");
  CHECK(Refusal(Text().ToString() + " x").starts_with("policy.json:4:"));
  CHECK(Refusal(std::string(kMaxPolicyBytes + 1, ' ')).find("longer than") != std::string::npos);
  CHECK(Refusal(std::string(100'000, '[')) != "accepted");
  Text text;
  text.head = R"("schema":"hallmark.policy/v2")";
  CHECK(Refusal(text.ToString()) == "policy.json:1:2: schema: want \"hallmark.policy/v1\"");
  text.head = R"("schema":"hallmark.policy/v1","schema":"hallmark.policy/v1")";
  CHECK(Refusal(text.ToString()).starts_with("policy.json:1:32: "));
  text.head = R"("schema":"hallmark.policy/v1","d\u0065fault":"allow-unmatched")";
  CHECK(Refusal(text.ToString()).starts_with("policy.json:4:1: "));
  text.head = R"("schema":"hallmark.policy/v1","comment":1)";
  CHECK(Refusal(text.ToString()) == "policy.json:1:32: comment: want a string");
}

TEST_CASE("emptiness is never a policy (A72)") {
  Text text;
  text.rules = "";
  CHECK(Parse(text.ToString()).ok());
  text.fallback = R"("default":"allow-unmatched")";
  CHECK(Refusal(text.ToString()).find("default: without any rule") != std::string::npos);
  CHECK(KeysRefusal("") == "policy.json:2:11: keySets: want at least one key set");
  CHECK(KeysRefusal(R"("ci":{"keys":[]})") ==
        "policy.json:2:18: keySets.ci.keys: a key set needs at least one key");
  CHECK(RuleRefusal(R"("require":{})").find("rules[0].require: want exactly one of") !=
        std::string::npos);
  CHECK(RuleRefusal(R"("require":{"anyOf":[]})").find("anyOf: want at least one") !=
        std::string::npos);
  CHECK(RuleRefusal(R"("require":{"allOf":[]})").find("allOf: want at least one") !=
        std::string::npos);
  CHECK(RuleRefusal(R"("mode":"warn")").find("require: missing") != std::string::npos);
  CHECK(RulesRefusal(R"({"name":"x","images":[],"require":{"signedBy":"ci"}})")
            .find("images: want at least one") != std::string::npos);
  CHECK(RuleRefusal(R"("require":{"signedBy":"ci"},"annotations":{})")
            .find("annotations: want at least one") != std::string::npos);
  CHECK(Refusal(R"({"schema":"hallmark.policy/v1","keySets":{},"rules":[]})")
            .find("default: missing") != std::string::npos);
}

TEST_CASE("a count is from 1 to the size of the set (A56)") {
  const std::string count = GENERATE(as<std::string>(), "0", "-1", "\"2\"", "4294967297", "3",
                                     "1.0", "1e0", "null", "true", "[1]");
  CHECK(RuleRefusal(R"("require":{"signedBy":"ci","count":)" + count + "}")
            .find("rules[0].require.count: ") != std::string::npos);
}

TEST_CASE("a requirement names one known key set") {
  CHECK(RuleRefusal(R"("require":{"signedBy":"cj"})") ==
        "policy.json:3:62: rules[0].require.signedBy: unknown key set \"cj\"; did you mean "
        "\"ci\"?");
  CHECK(RuleRefusal(R"("require":{"signedBy":""})").find("unknown key set") != std::string::npos);
  CHECK(RuleRefusal(R"("require":{"signedBy":["ci"]})").find("want a string") != std::string::npos);
  CHECK(RuleRefusal(R"("require":{"signedBy":"ci","allOf":[{"signedBy":"ci"}]})")
            .find("want exactly one of") != std::string::npos);
  CHECK(RuleRefusal(R"("require":{"anyOf":[{"signedBy":"ci"}],"count":2})")
            .find("count: belongs beside") != std::string::npos);
  CHECK(RuleRefusal(R"("require":{"allOf":[{"anyOf":[{"signedBy":"no"}]}]})")
            .find("rules[0].require.allOf[0].anyOf[0].signedBy: unknown") != std::string::npos);
}

TEST_CASE("keys that cannot be used are refused where they stand (A47, A54, A71)") {
  const auto key = [](const std::string& members) {
    return KeysRefusal(R"("ci":{"keys":[{)" + members + "}]}");
  };
  CHECK(key(R"("file":"missing.pub")") ==
        "policy.json:2:27: keySets.ci.keys[0].file: cannot use \"missing.pub\": no such file");
  CHECK(key(R"("pem":"nonsense")").find("keySets.ci.keys[0].pem: cannot use it") !=
        std::string::npos);
  CHECK(key(R"("file":"k0.pub","pem":"x")").find("one of the two") != std::string::npos);
  CHECK(key(R"("name":"x")").find("one of the two") != std::string::npos);
  CHECK(key(R"("file":"")").find("want the name") != std::string::npos);
  CHECK(key(R"("file":" ")").find("want the name") != std::string::npos);
  CHECK(key(R"("file":"k0.pub","name":" ")").find("want a name") != std::string::npos);
  CHECK(key(R"("file":"k0.pub","validFrom":"yesterday")").find("validFrom: want a time") !=
        std::string::npos);
  CHECK(key(R"("file":"k0.pub","validFrom":"2026-02-01T00:00:00Z",)"
            R"("validUntil":"2026-01-01T00:00:00Z")")
            .find("validUntil: before validFrom") != std::string::npos);
  CHECK(key(R"("file":"k0.pub","scheme":"md5")").find("unknown scheme") != std::string::npos);
  CHECK(key(R"("file":"k0.pub","scheme":"ed25519")").find("cannot use ed25519") !=
        std::string::npos);
  CHECK(KeysRefusal(R"("ci":{"keys":[{"file":"k0.pub","name":"a"},{"file":"k0.pub"}]})")
            .find("keys[1]: \"k0.pub\" is the same key as keys[0] \"a\"") != std::string::npos);
  CHECK(KeysRefusal(R"("c i":{"keys":[{"file":"k0.pub"}]})").find("want a name of letters") !=
        std::string::npos);
}

TEST_CASE("rules that could be confused are refused (A76)") {
  const std::string a = R"({"name":"a","images":["nginx"],"require":{"signedBy":"ci"}})";
  const std::string b = R"({"name":"a","images":["b"],"require":{"signedBy":"ci"}})";
  CHECK(RulesRefusal(a + ",\n" + b)
            .find("policy.json:4:1: rules[1]: another rule is called \"a\": "
                  "policy.json:3") == 0);
  const std::string c =
      R"({"name":"c","images":["x/y","docker.io/library/nginx"],"require":{"signedBy":"ci"}})";
  const std::string tie = RulesRefusal(a + ",\n" + c);
  CHECK(tie.find("rule \"a\" (policy.json:3)") != std::string::npos);
  CHECK(tie.find("rule \"c\" (policy.json:4)") != std::string::npos);
  CHECK(RulesRefusal(R"({"name":"a","images":["nginx","nginx"],"require":{"signedBy":"ci"}})")
            .find("images[1]: stands in the list already") != std::string::npos);
  CHECK(RulesRefusal(R"({"name":"default","images":["a"],"require":{"signedBy":"ci"}})")
            .find("names the default") != std::string::npos);
  CHECK(RulesRefusal(R"({"name":"","images":["a"],"require":{"signedBy":"ci"}})")
            .find("rules[0].name: want letters") != std::string::npos);
  CHECK(RulesRefusal(R"({"name":"a","images":["a**"],"require":{"signedBy":"ci"}})")
            .find("rules[0].images[0]: image pattern \"a**\"") != std::string::npos);
  CHECK(RulesRefusal(R"({"name":"a","images":[1],"require":{"signedBy":"ci"}})")
            .find("rules[0].images[0]: want a string") != std::string::npos);
}

TEST_CASE("words outside their list are refused") {
  const std::string ok = R"("require":{"signedBy":"ci"},)";
  CHECK(RuleRefusal(ok + R"("mode":"skip")").find("mode: want") != std::string::npos);
  CHECK(RuleRefusal(ok + R"("mode":true)").find("mode: want a string") != std::string::npos);
  CHECK(RuleRefusal(ok + R"("signedName":"any")").find("signedName: want") != std::string::npos);
  CHECK(RuleRefusal(ok + R"("attestation":"spd")").find("did you mean \"spdx\"?") !=
        std::string::npos);
  CHECK(RuleRefusal(ok + R"("annotations":{"a":1})").find("annotations.a: want a string") !=
        std::string::npos);
  CHECK(RuleRefusal(ok + R"("annotations":{"":"x"})").find("want a name") != std::string::npos);
  const std::string fallback = GENERATE(as<std::string>(), "\"allow\"", "\"\"", "null", "true",
                                        "{}", "[]", "\"Deny\"", R"({"require":{}})");
  CHECK(DefaultRefusal(fallback).find("default") != std::string::npos);
}

TEST_CASE("ad-hoc policies need keys and a requirement that they can meet") {
  const auto keys = [] {
    return std::vector<trust::TrustedKey>{{"--key", "k0", KeyAt(0).public_key(), {}, {}}};
  };
  const TrustPolicy policy = Must(TrustPolicy::ForKeys(keys(), RuleParts(Needs("--key"))));
  CHECK(policy.RuleFor(Ref("any.example/x")).name() == "apps");
  CHECK(policy.sha256().empty());
  const auto is_config = [](const Result<TrustPolicy>& result) {
    return !result.ok() && result.error().code() == ErrorCode::kConfig;
  };
  CHECK(is_config(TrustPolicy::ForKeys({}, RuleParts(Needs("--key")))));
  CHECK(is_config(TrustPolicy::ForKeys(keys(), RuleParts(Needs("--key", 2)))));
  CHECK(is_config(TrustPolicy::ForKeys(keys(), RuleParts(Needs("--key", 0)))));
  CHECK(is_config(TrustPolicy::ForKeys(keys(), RuleParts(Needs("other")))));
  CHECK(is_config(TrustPolicy::ForKeys(keys(), RuleParts({AllOf{}}))));
  CHECK(is_config(TrustPolicy::ForKeys(keys(), Rule::Parts())));
}

}  // namespace
}  // namespace hallmark::policy
