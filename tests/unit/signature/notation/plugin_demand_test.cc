// Signatures that demand a verification plugin: what it is asked, and what its word is worth.
#include <optional>
#include <string>
#include <vector>

#include "hallmark/encoding/base64.h"
#include "hallmark/signature/notation/notation_format.h"
#include "tests/support/catch.h"
#include "tests/support/revocation_authority.h"
#include "tests/unit/signature/notation/notation_world.h"

namespace hallmark::signature {
namespace {

using testing::Must;
using testing::Names;
using testing::Replaced;
using trust::TrustedAuthority;

const NotationFormat kFormat({FormatId::kNotationJws});
constexpr std::string_view kDemand =
    R"(["@signingScheme","@verificationPlugin","@verificationPluginMinVersion","x.y"],)"
    R"("@verificationPlugin":"checker","@verificationPluginMinVersion":"1.2.0","x.y":"z")";

const std::string kOther = "C=US, ST=WA, O=Somebody else";

// Its signer's certificate and the one above say where they are revoked.
const testing::RevocationAuthority& World() {
  static const auto world = testing::RevocationAuthority::Make();
  return world;
}

store::Subject TheSubject() {
  testing::MemoryStore store;
  testing::Put(store, testing::Repo("registry.example/app"), testing::MakeImage("app"), "1");
  return Must(
      store::Resolve(testing::PatientContext(), store, testing::Ref("registry.example/app:1")));
}

Signature Demanding(std::string_view demand = kDemand, bool is_intact = true,
                    std::size_t size_off = 0) {
  std::string certificates;
  for (const auto* one : {&World().signer, &World().intermediate, &World().root}) {
    certificates += (certificates.empty() ? "\"" : ",\"") + encoding::ToBase64(one->der) + "\"";
  }
  const crypto::PrivateKey key = World().signer.key.private_key();
  const oci::Descriptor target = TheSubject().manifest().descriptor();
  testing::JwsParts parts;
  parts.protected_header =
      Replaced(testing::GoodHeader(), Names(R"(["@signingScheme"])"), Names(demand));
  parts.payload = R"({"targetArtifact":{"mediaType":")" + target.media_type + R"(","digest":")" +
                  target.digest.ToString() + R"(","size":)" +
                  std::to_string(target.size + size_off) + "}}";
  parts.header = R"({"x5c":[)" + certificates + "]}";
  parts.key = is_intact ? &key : &testing::StrangersKey();
  const auto content =
      oci::Content::Describe("application/jose+json", ToBytes(testing::MakeJws(parts)));
  return {FormatId::kNotationJws, content, content.descriptor()};
}

TrustedAuthority Trusting(const testing::Identity& anchor, const std::string& identity = "") {
  TrustedAuthority authority;
  authority.signer_set = "prod";
  authority.signing = {anchor.certificate()};
  authority.any_subject = identity.empty();
  if (!identity.empty()) {
    authority.subjects = {Must(x509::DistinguishedName::Parse(identity))};
  }
  return authority;
}

Assessment Assess(const Signature& signature, TrustedAuthority authority) {
  return kFormat.Assess(signature, TheSubject(),
                        Must(trust::TrustRoot::Of({}, {std::move(authority)})), testing::kNow);
}

Assessment AssessWith(const PluginWord& word, const std::string& identity = "") {
  Signature signature = Demanding();
  signature.plugin_word = word;
  return Assess(signature, Trusting(World().root, identity));
}

std::string WordOf(const Assessment& assessment) {
  const Finding* failure = assessment.Failure();
  return failure == nullptr ? "verified" : failure->reason;
}

const Finding& FindingOf(const Assessment& assessment, Check check) {
  for (const Finding& finding : assessment.findings) {
    if (finding.check == check) return finding;
  }
  throw std::runtime_error("no such finding");
}

}  // namespace

TEST_CASE("without its plugin a signature is refused, and says what the plugin is to be asked") {
  const std::string identity = "C=US, ST=WA, O=Hallmark Test";
  const Assessment assessment = Assess(Demanding(), Trusting(World().root, identity));
  CHECK(WordOf(assessment) == "unsupported");
  CHECK_FALSE(assessment.verified);
  REQUIRE(assessment.plugin_question);
  const PluginQuestion& question = *assessment.plugin_question;
  CHECK(question.plugin == "checker");
  CHECK(question.min_version == "1.2.0");
  CHECK(question.scheme == "notary.x509");
  CHECK(question.extended == std::map<std::string, std::string>{{"x.y", "z"}});
  CHECK(question.chain.size() == 3);
  CHECK(question.identities == std::vector<std::string>{"x509.subject: " + identity});
  CHECK(question.is_named);
  CHECK_FALSE(Assess(Demanding(), Trusting(World().root, kOther)).plugin_question->is_named);
  CHECK(Assess(Demanding(), Trusting(World().root)).plugin_question->identities ==
        std::vector<std::string>{"*"});
}

TEST_CASE("a stranger chooses no program to run") {
  const Assessment stranger =
      Assess(Demanding(), Trusting(testing::RevocationAuthority::Make().root));
  CHECK(WordOf(stranger) == "unsupported");
  CHECK_FALSE(stranger.plugin_question);
  const Assessment forged = Assess(Demanding(kDemand, false), Trusting(World().root));
  CHECK(WordOf(forged) == "bad-signature");
  CHECK_FALSE(forged.plugin_question);
  const Assessment copied = Assess(Demanding(kDemand, true, 1), Trusting(World().root));
  CHECK_FALSE(copied.verified);
  CHECK_FALSE(copied.plugin_question);  // of another image
  // An attribute that cannot be handed over.
  const Assessment number = Assess(
      Demanding(R"(["@signingScheme","@verificationPlugin","x"],"@verificationPlugin":"p","x":1)"),
      Trusting(World().root));
  CHECK(WordOf(number) == "unsupported");
  CHECK_FALSE(number.plugin_question);
}

TEST_CASE("a plugin decides what it was asked, and nothing else") {
  using Word = PluginWord::Check;
  CHECK(WordOf(AssessWith({"checker", {}, {}})) == "verified");
  CHECK(WordOf(AssessWith({"checker", {}, {}}, kOther)) == "untrusted-signer");
  // Identity.
  CHECK(WordOf(AssessWith({"checker", Word{true, ""}, {}}, kOther)) == "verified");
  const Assessment refused = AssessWith({"checker", Word{false, "left the company"}, {}});
  CHECK(WordOf(refused) == "untrusted-signer");
  CHECK_FALSE(refused.verified);
  CHECK(FindingOf(refused, Check::kAuthenticity).detail.find("left the company") !=
        std::string::npos);
  // Revocation.
  CHECK(FindingOf(AssessWith({"checker", {}, {}}), Check::kRevocation).outcome ==
        Outcome::kUnknown);
  const Assessment good = AssessWith({"checker", {}, Word{true, ""}});
  CHECK(FindingOf(good, Check::kRevocation).outcome == Outcome::kPassed);
  CHECK(good.to_look_up.empty());
  const Assessment revoked = AssessWith({"checker", {}, Word{false, "key lost"}});
  CHECK(FindingOf(revoked, Check::kRevocation).outcome == Outcome::kFailed);
  CHECK(FindingOf(revoked, Check::kRevocation).reason == "revoked");
  // A stranger's chain stays one, whatever a plugin says.
  Signature signature = Demanding();
  signature.plugin_word = PluginWord{"checker", Word{true, ""}, Word{true, ""}};
  CHECK(WordOf(Assess(signature, Trusting(testing::RevocationAuthority::Make().root))) == "chain");
}

}  // namespace hallmark::signature
