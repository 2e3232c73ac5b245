#include <algorithm>
#include <fstream>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "hallmark/crypto/scheme.h"
#include "hallmark/policy/internal/policy_members.h"
#include "hallmark/policy/predicate_type.h"
#include "hallmark/policy/trust_policy.h"
#include "tests/support/catch.h"
#include "tests/support/world.h"
#include "tests/support/x509_authority.h"
#include "tests/unit/policy/evidence.h"
#include "tests/unit/policy/schema_validator.h"

namespace hallmark::policy {
namespace {

std::string ReadSource(const std::string& path) {
  std::ifstream file(std::string(HALLMARK_SOURCE_DIR) + "/" + path);
  REQUIRE(file.good());
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

const json::Value& Schema() {
  static const json::Value kSchema = testing::ParseJson(PolicySchema());
  return kSchema;
}

bool FollowsSchema(std::string_view text) {
  return testing::SchemaValidator(Schema()).Faults(testing::ParseJson(text)).empty();
}

// A loader for examples: each file name is another key.
KeyLoader LoadAnyKey() {
  return [](const std::string& file) -> Result<crypto::PublicKey> {
    static std::map<std::string, std::size_t> seen;
    return testing::KeyAt(seen.try_emplace(file, seen.size() % 5).first->second).public_key();
  };
}

// A trust store of any name has one root.
StoreLoader LoadAnyStore() {
  return [](trust::StoreKind, const std::string&) -> Result<std::vector<x509::Certificate>> {
    static const x509::Certificate kRoot = testing::SelfSigned(testing::RootSpec()).certificate();
    return std::vector<x509::Certificate>{kRoot};
  };
}

bool IsParsed(std::string_view text) {
  const Result<TrustPolicy> policy =
      TrustPolicy::Parse(AsBytes(text), "policy.json", LoadAnyKey(), LoadAnyStore());
  if (!policy.ok()) UNSCOPED_INFO(policy.error().message());
  return policy.ok();
}

std::vector<std::string> CodeBlocks(const std::string& page) {
  std::vector<std::string> blocks;
  const std::string fence = "```json\n";
  for (std::size_t at = 0; (at = page.find(fence, at)) != std::string::npos;) {
    const std::size_t start = at + fence.size();
    at = page.find("```", start);
    blocks.push_back(page.substr(start, at - start));
  }
  return blocks;
}

std::set<std::string> PropertiesOf(const json::Value& schema) {
  std::set<std::string> names;
  for (const json::Member& member : *schema.Find("properties")->object()) names.insert(member.name);
  return names;
}

std::set<std::string> Set(std::span<const std::string_view> names) {
  return {names.begin(), names.end()};
}

TEST_CASE("the embedded schema is the published file") {
  CHECK(PolicySchema() == ReadSource("docs/policy.schema.json"));
}

TEST_CASE("schema and parser know the same members") {
  const json::Value& definitions = *Schema().Find("$defs");
  CHECK(PropertiesOf(Schema()) == Set(members::kPolicy));
  CHECK(PropertiesOf(*definitions.Find("keySet")) == Set(members::kKeySet));
  CHECK(PropertiesOf(*definitions.Find("key")) == Set(members::kKey));
  CHECK(PropertiesOf(*definitions.Find("rule")) == Set(members::kRule));
  CHECK(PropertiesOf(*definitions.Find("defaultRule")) == Set(members::kDefault));
  CHECK(PropertiesOf(*definitions.Find("require")) == Set(members::kRequire));
  CHECK(PropertiesOf(*definitions.Find("identity")) == Set(members::kIdentity));
  CHECK(PropertiesOf(*definitions.Find("image")) == Set(members::kImage));
  CHECK(PropertiesOf(*definitions.Find("image")->Find("properties")->Find("base")) ==
        Set(members::kImageBase));
  CHECK(PropertiesOf(*definitions.Find("deny")) == Set(members::kDeny));
  CHECK(PropertiesOf(*definitions.Find("exception")) == Set(members::kException));
}

TEST_CASE("schema and parser know the same schemes and attestation types") {
  const json::Value& definitions = *Schema().Find("$defs");
  const json::Value& schemes =
      *definitions.Find("key")->Find("properties")->Find("scheme")->Find("enum");
  CHECK(schemes.array()->size() == 16);
  for (const json::Value& name : *schemes.array()) {
    CHECK(crypto::SchemeFromName(*name.string()).has_value());
  }
  const std::string& types = *definitions.Find("attestation")->Find("pattern")->string();
  for (const std::string_view name : PredicateTypeNames()) {
    CHECK(types.find(std::string(name) + "|") != std::string::npos);
  }
}

TEST_CASE("every example on the policy page is a policy") {
  const std::vector<std::string> blocks = CodeBlocks(ReadSource("docs/policy.md"));
  REQUIRE(blocks.size() >= 3);
  for (const std::string& block : blocks) {
    CAPTURE(block);
    CHECK(IsParsed(block));
    CHECK(FollowsSchema(block));
  }
}

TEST_CASE("the example policy is one, with the key beside it") {
  const std::string text = ReadSource("keys-example/policy.json");
  CHECK(FollowsSchema(text));
  const Result<TrustPolicy> policy =
      TrustPolicy::Parse(AsBytes(text), "policy.json", [](const std::string& file) {
        return crypto::PublicKey::FromPem(ReadSource("keys-example/" + file));
      });
  REQUIRE(policy.ok());
  CHECK(policy.value().RuleFor(testing::Ref("registry.example/app:1.0")).name() ==
        "example-images");
}

TEST_CASE("what the schema refuses, the parser refuses too") {
  const std::string text = GENERATE(
      as<std::string>(), R"({"schema":"hallmark.policy/v1"})",
      R"({"schema":"hallmark.policy/v2","keySets":{"a":{"keys":[{"file":"x"}]}},"rules":[],"default":"deny"})",
      R"({"schema":"hallmark.policy/v1","keySets":{},"rules":[],"default":"deny"})",
      R"({"schema":"hallmark.policy/v1","rules":[],"default":"deny"})",
      R"({"schema":"hallmark.policy/v1","identities":{},"rules":[],"default":"deny"})",
      R"({"schema":"hallmark.policy/v1","identities":{"a":{"trustStores":["ca:x"]}},"rules":[],"default":"deny"})",
      R"({"schema":"hallmark.policy/v1","identities":{"a":{"trustStores":["ca:x"],"anySubject":false}},"rules":[],"default":"deny"})",
      R"({"schema":"hallmark.policy/v1","identities":{"a":{"trustStores":["ca:x"],"anySubject":true,"subjects":["C=US, ST=WA, O=A"]}},"rules":[],"default":"deny"})",
      R"({"schema":"hallmark.policy/v1","identities":{"a":{"trustStores":[],"anySubject":true}},"rules":[],"default":"deny"})",
      R"({"schema":"hallmark.policy/v1","identities":{"a":{"trustStores":["x"],"anySubject":true}},"rules":[],"default":"deny"})",
      R"({"schema":"hallmark.policy/v1","identities":{"a":{"trustStores":["ca:x"],"anySubject":true,"timestamp":"never"}},"rules":[],"default":"deny"})",
      R"({"schema":"hallmark.policy/v1","keySets":{"a":{"keys":[]}},"rules":[],"default":"deny"})",
      R"({"schema":"hallmark.policy/v1","keySets":{"a":{"keys":[{}]}},"rules":[],"default":"deny"})",
      R"({"schema":"hallmark.policy/v1","keySets":{"a":{"keys":[{"file":"x"}]}},"rules":[],"default":"allow"})",
      R"({"schema":"hallmark.policy/v1","keySets":{"a":{"keys":[{"file":"x"}]}},"rules":[],"default":{"require":{}}})",
      R"({"schema":"hallmark.policy/v1","keySets":{"a":{"keys":[{"file":"x"}]}},"rules":[],"default":{"require":{"signedBy":"a","count":0}}})",
      R"({"schema":"hallmark.policy/v1","keySets":{"a":{"keys":[{"file":"x"}]}},"rules":[],"default":{"require":{"anyOf":[{"signedBy":"a"}],"count":1}}})",
      R"({"schema":"hallmark.policy/v1","keySets":{"a":{"keys":[{"file":"x"}]}},"rules":[{"name":"r","images":[],"require":{"signedBy":"a"}}],"default":"deny"})",
      R"({"schema":"hallmark.policy/v1","keySets":{"a":{"keys":[{"file":"x"}]}},"rules":[],"default":{"require":{"anyOf":[{"signedBy":"a"}],"maxAge":"7d"}}})",
      R"({"schema":"hallmark.policy/v1","keySets":{"a":{"keys":[{"file":"x"}]}},"rules":[],"default":{"require":{"signedBy":"a","maxAge":"7 days"}}})",
      R"({"schema":"hallmark.policy/v1","keySets":{"a":{"keys":[{"file":"x"}]}},"rules":[],"default":{"require":{"of":[{"signedBy":"a"}]}}})",
      R"({"schema":"hallmark.policy/v1","keySets":{"a":{"keys":[{"file":"x"}]}},"rules":[],"default":{"require":{"atLeast":1}}})",
      R"({"schema":"hallmark.policy/v1","keySets":{"a":{"keys":[{"file":"x"}]}},"rules":[],"default":{"require":{"atLeast":0,"of":[{"signedBy":"a"}]}}})",
      R"({"schema":"hallmark.policy/v1","keySets":{"a":{"keys":[{"file":"x"}]}},"rules":[],"default":{"require":{"signedBy":"a"},"onUnknown":"deny"}})",
      R"({"schema":"hallmark.policy/v1","keySets":{"a":{"keys":[{"file":"x"}]}},"rules":[],"deny":{"digests":["sha256:0"]},"default":"deny"})",
      R"({"schema":"hallmark.policy/v1","keySets":{"a":{"keys":[{"file":"x"}]}},"rules":[],"deny":{"keys":[]},"default":"deny"})",
      R"({"schema":"hallmark.policy/v1","keySets":{"a":{"keys":[{"file":"x"}]}},"rules":[],"exceptions":[{"name":"e","images":["a/b"],"until":"2027-01-01T00:00:00Z"}],"default":"deny"})",
      R"({"schema":"hallmark.policy/v1","keySets":{"a":{"keys":[{"file":"x"}]}},"rules":[],"exceptions":[{"name":"e","images":["a/b"],"reason":"x"}],"default":"deny"})",
      R"({"schema":"hallmark.policy/v1","keySets":{"a":{"keys":[{"file":"x"}]}},"rules":[],"exceptions":[{"name":"e","until":"2027-01-01T00:00:00Z","reason":"x"}],"default":"deny"})",
      R"({"schema":"hallmark.policy/v1","keySets":{"a":{"keys":[{"file":"x"}]}},"rules":[],"exceptions":[{"name":"e","images":["a/b"],"until":"2027-01-01T00:00:00Z","reason":" "}],"default":"deny"})",
      R"({"schema":"hallmark.policy/v1","keySets":{"a":{"keys":[{"file":"x"}]}},"rules":[],"default":"deny","extra":1})");
  CAPTURE(text);
  CHECK_FALSE(FollowsSchema(text));
  CHECK_FALSE(TrustPolicy::Parse(AsBytes(text), "policy.json", LoadAnyKey(), LoadAnyStore()).ok());
}

}  // namespace
}  // namespace hallmark::policy
