#include "tests/support/catch.h"
#include "tests/unit/x509/chain_test.h"

namespace hallmark::testing {
namespace {

using x509::Purpose;
using x509::VerifyPath;
constexpr auto kSigning = Purpose::kCodeSigning;
constexpr auto kStamping = Purpose::kTimestamping;

std::string WithLeaf(const CertificateSpec& leaf, Purpose purpose = kSigning) {
  Chain chain;
  chain.leaf_spec = leaf;
  return Verify(chain.Build(), purpose);
}
std::string WithIntermediate(const CertificateSpec& intermediate) {
  Chain chain;
  chain.intermediate_spec = intermediate;
  return Verify(chain.Build(), kSigning);
}

}  // namespace

TEST_CASE("a signer below a trusted root has a path: leaf first, anchor last") {
  const auto chain = Chain().Build().ordered();
  const auto result =
      VerifyPath(chain[0], Certificates{chain[1]}, Certificates{chain[2]}, kSigning, kTestTime);
  const auto* path = std::get_if<x509::VerifiedPath>(&result);
  REQUIRE(path != nullptr);
  CHECK(path->certificates() == chain);
  CHECK(path->leaf() == chain[0]);
  CHECK(path->anchor() == chain[2]);
  CHECK(path->at() == kTestTime);
  // No anchor, no path.
  CHECK(Reason(VerifyPath(chain[0], chain, {}, kSigning, kTestTime)) == "chain");
  // An intermediate is no anchor.
  CHECK(Reason(VerifyPath(chain[0], chain, Certificates{chain[1]}, kSigning, kTestTime)) ==
        "chain");
}

TEST_CASE("only the anchors' bytes are trusted, no name and no key id (A32)") {
  const Chain real;
  const auto trusted = real.Build();
  const auto forged = Chain().Build();  // the same names, other keys
  const Certificates anchors{trusted.root.certificate()};
  const auto leaf = forged.leaf.certificate();
  Certificates offered{forged.intermediate.certificate()};
  CHECK(Reason(VerifyPath(leaf, offered, anchors, kSigning, kTestTime)) == "chain");
  offered.push_back(trusted.root.certificate());  // the trusted root appended
  CHECK(Reason(VerifyPath(leaf, offered, anchors, kSigning, kTestTime)) == "chain");
  offered.push_back(forged.root.certificate());  // its own root brought along
  CHECK(Reason(VerifyPath(leaf, offered, anchors, kSigning, kTestTime)) == "chain");
  offered.push_back(trusted.intermediate.certificate());
  CHECK(Reason(VerifyPath(leaf, offered, anchors, kSigning, kTestTime)) == "chain");
  // A leaf whose subject is the anchor's.
  CertificateSpec named_alike = SignerSpec();
  named_alike.subject = RootSpec().subject;
  CHECK(Reason(VerifyPath(SelfSigned(named_alike).certificate(), {}, anchors, kSigning,
                          kTestTime)) == "chain");
  // The twin: junk of the same names does not stand in the way, wherever it stands.
  offered.push_back(trusted.leaf.certificate());
  CHECK(Reason(VerifyPath(trusted.leaf.certificate(), offered, anchors, kSigning, kTestTime)) ==
        "verified");
  std::reverse(offered.begin(), offered.end());
  CHECK(Reason(VerifyPath(trusted.leaf.certificate(), offered, anchors, kSigning, kTestTime)) ==
        "verified");
}

TEST_CASE("a signer's extended key usage names code signing (A33)") {
  const auto with = [](const std::string& usage) {
    return WithLeaf(SignerSpec().With("extendedKeyUsage", usage));
  };
  CHECK(with("codeSigning") == "verified");
  CHECK(with("critical,codeSigning,anyExtendedKeyUsage") == "verified");
  CHECK(with("") == "chain");
  CHECK(with("anyExtendedKeyUsage") == "chain");
  CHECK(with("serverAuth") == "chain");
  CHECK(WithLeaf(SignerSpec().With("keyUsage", "critical,keyAgreement")) == "chain");
  CHECK(WithLeaf(SignerSpec().With("keyUsage", "")) == "verified");
}

TEST_CASE("a time stamper's extended key usage is critical and alone (A33, RFC 3161)") {
  const auto with = [](const std::string& usage) {
    return WithLeaf(TimestamperSpec().With("extendedKeyUsage", usage), kStamping);
  };
  CHECK(with("critical,timeStamping") == "verified");
  CHECK(with("timeStamping") == "chain");
  CHECK(with("critical,timeStamping,codeSigning") == "chain");
  CHECK(with("critical,codeSigning") == "chain");
  CHECK(with("critical,anyExtendedKeyUsage") == "chain");
  CHECK(with("") == "chain");
  CHECK(WithLeaf(TimestamperSpec(), kSigning) == "chain");
}

TEST_CASE("a CA passes on only the usages that it names") {
  CHECK(WithIntermediate(IntermediateSpec().With("extendedKeyUsage", "codeSigning")) == "verified");
  CHECK(WithIntermediate(IntermediateSpec().With("extendedKeyUsage", "anyExtendedKeyUsage")) ==
        "verified");
  CHECK(WithIntermediate(IntermediateSpec().With("extendedKeyUsage", "timeStamping")) == "chain");
}

TEST_CASE("what issues certificates is a CA in every respect (A34)") {
  CHECK(WithIntermediate(IntermediateSpec().With("basicConstraints",
                                                 "critical,CA:TRUE,pathlen:0")) == "verified");
  CHECK(WithIntermediate(IntermediateSpec().With("basicConstraints", "critical,CA:FALSE")) ==
        "chain");
  CHECK(WithIntermediate(IntermediateSpec().With("basicConstraints", "")) == "chain");
  CHECK(WithIntermediate(IntermediateSpec().With("keyUsage", "critical,digitalSignature")) ==
        "chain");
  CHECK(WithIntermediate(IntermediateSpec().With("keyUsage", "")) == "chain");
  CertificateSpec version_1 = IntermediateSpec();
  version_1.version = 1;
  version_1.extensions.clear();
  Chain below_version_1;
  below_version_1.intermediate_spec = version_1;
  below_version_1.leaf_spec = SignerSpec().With("authorityKeyIdentifier", "");
  CHECK(Verify(below_version_1.Build(), kSigning) == "chain");
  Chain too_long;
  too_long.root_spec = RootSpec().With("basicConstraints", "critical,CA:TRUE,pathlen:0");
  CHECK(Verify(too_long.Build(), kSigning) == "chain");
  // A CA certificate used as signer.
  CHECK(WithLeaf(SignerSpec().With("basicConstraints", "critical,CA:TRUE")) == "chain");
  CHECK(WithLeaf(SignerSpec().With("keyUsage", "critical,digitalSignature,keyCertSign")) ==
        "chain");
}

TEST_CASE("name constraints hold, unknown forms refuse (A35)") {
  const auto with = [](const std::string& constraints, const std::string& name) {
    Chain chain;
    chain.intermediate_spec = IntermediateSpec().With("nameConstraints", constraints);
    chain.leaf_spec = SignerSpec().With("subjectAltName", name);
    return Verify(chain.Build(), kSigning);
  };
  CHECK(with("critical,permitted;email:example.com", "email:a@example.com") == "verified");
  CHECK(with("critical,permitted;email:example.com", "email:a@example.org") == "chain");
  CHECK(with("critical,permitted;email:example.com,excluded;email:a@example.com",
             "email:a@example.com") == "chain");
  CHECK(with("critical,excluded;email:example.com", "email:a@EXAMPLE.com") == "chain");
  CHECK(with("critical,permitted;URI:.example.com", "URI:https://ci.example.com/x") == "verified");
  CHECK(with("critical,permitted;URI:.example.com", "URI:https://example.org/x") == "chain");
  CHECK(with("critical,excluded;DNS:example.com", "DNS:*.example.com") == "chain");
  CHECK(with("critical,permitted;RID:1.2.3", "RID:1.2.3") == "chain");
  CHECK(WithLeaf(SignerSpec().With("1.2.3.4", "critical,ASN1:NULL")) == "chain");
  CHECK(WithLeaf(SignerSpec().With("1.2.3.4", "ASN1:NULL")) == "verified");
  CHECK(WithIntermediate(IntermediateSpec().With("policyConstraints",
                                                 "critical,requireExplicitPolicy:0")) == "chain");
}

TEST_CASE("every certificate is current at the time asked about, ends included (A36)") {
  using std::chrono::hours;
  using std::chrono::minutes;
  using std::chrono::seconds;
  const UnixTime noon = kTestTime + hours(12);
  Chain chain;
  chain.root_spec.not_before = noon;
  chain.root_spec.not_after = noon + hours(2);
  chain.intermediate_spec.not_before = noon + minutes(30);
  chain.intermediate_spec.not_after = noon + minutes(90);
  chain.leaf_spec.not_before = noon + hours(1);
  chain.leaf_spec.not_after = noon + hours(3);
  const auto built = chain.Build();
  CHECK(Verify(built, kSigning, noon + minutes(150)) == "expired");
  CHECK(Verify(built, kSigning, noon + minutes(91)) == "expired");
  CHECK(Verify(built, kSigning, noon + minutes(90) + seconds(1)) == "expired");
  CHECK(Verify(built, kSigning, noon + minutes(90)) == "verified");
  CHECK(Verify(built, kSigning, noon + minutes(60)) == "verified");
  CHECK(Verify(built, kSigning, noon + minutes(60) - seconds(1)) == "not-yet-current");
}

TEST_CASE("key identifiers may be absent") {
  Chain chain;
  for (auto* spec : {&chain.root_spec, &chain.intermediate_spec, &chain.leaf_spec}) {
    *spec = spec->With("subjectKeyIdentifier", "").With("authorityKeyIdentifier", "");
  }
  CHECK(Verify(chain.Build(), kSigning) == "verified");
}

TEST_CASE("an anchor may be the signer itself") {
  const auto signer = SelfSigned(SignerSpec()).certificate();
  const auto other = SelfSigned(SignerSpec()).certificate();
  CHECK(Reason(VerifyPath(signer, {}, Certificates{signer}, kSigning, kTestTime)) == "verified");
  CHECK(Reason(VerifyPath(signer, {}, Certificates{other}, kSigning, kTestTime)) == "chain");
}

}  // namespace hallmark::testing
