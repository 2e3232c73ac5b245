#include "hallmark/x509/notary_chain.h"

#include "tests/support/catch.h"
#include "tests/unit/x509/chain_test.h"

namespace hallmark::testing {
namespace {

using x509::CheckNotaryChain;
using x509::Purpose;
using x509::VerifyPath;

std::string ReasonOf(const Certificates& chain, Purpose purpose = Purpose::kNotarySigning,
                     UnixTime at = kTestTime) {
  const auto fault = CheckNotaryChain(chain, purpose, at);
  return fault ? fault->reason : "holds";
}
std::string WithLeaf(const CertificateSpec& leaf, Purpose purpose = Purpose::kNotarySigning) {
  Chain chain;
  chain.leaf_spec = leaf;
  return ReasonOf(chain.Build().ordered(), purpose);
}
std::string WithIntermediate(const CertificateSpec& intermediate) {
  Chain chain;
  chain.intermediate_spec = intermediate;
  return ReasonOf(chain.Build().ordered());
}

}  // namespace

TEST_CASE("a chain is in order, whole, with one root") {
  const auto chain = Chain().Build().ordered();
  const auto stranger = Chain().Build().ordered();
  CHECK(ReasonOf(chain) == "holds");
  CHECK(ReasonOf({}) == "chain");
  CHECK(ReasonOf({chain[0]}) == "chain");
  CHECK(ReasonOf({chain[0], chain[1]}) == "chain");
  CHECK(ReasonOf({chain[0], chain[2]}) == "chain");
  CHECK(ReasonOf({chain[0], chain[2], chain[1]}) == "chain");
  CHECK(ReasonOf({chain[1], chain[0], chain[2]}) == "chain");
  CHECK(ReasonOf({chain[0], chain[1], chain[2], chain[2]}) == "chain");
  CHECK(ReasonOf({chain[0], chain[1], chain[2], stranger[2]}) == "chain");
  CHECK(ReasonOf({chain[0], stranger[1], chain[2]}) == "chain");
  CHECK(ReasonOf({chain[0], chain[1], stranger[2]}) == "chain");
  CHECK(ReasonOf(Certificates(11, chain[0])) == "limit");
}

TEST_CASE("a single certificate is self-signed and follows the leaf's rules") {
  CHECK(ReasonOf({SelfSigned(SignerSpec()).certificate()}) == "holds");
  CHECK(ReasonOf({SelfSigned(RootSpec()).certificate()}) == "chain");
  CHECK(ReasonOf({SelfSigned(SignerSpec().With("keyUsage", "")).certificate()}) == "chain");
  const Identity other = SelfSigned(SignerSpec());
  CHECK(ReasonOf({Issue(SignerSpec(), other).certificate()}) == "chain");  // its name, another key
}

TEST_CASE("a signer's certificate follows the specification (A33, A34)") {
  const auto usage = [](const std::string& value) {
    return WithLeaf(SignerSpec().With("keyUsage", value));
  };
  CHECK(usage("critical,digitalSignature,nonRepudiation") == "holds");
  CHECK(usage("digitalSignature") == "chain");
  CHECK(usage("") == "chain");
  for (const std::string more : {"keyEncipherment", "dataEncipherment", "keyAgreement",
                                 "keyCertSign", "cRLSign", "encipherOnly", "decipherOnly"}) {
    INFO(more);
    CHECK(usage("critical,digitalSignature," + more) == "chain");
  }
  CHECK(usage("critical,nonRepudiation") == "chain");
  const auto purpose = [](const std::string& value) {
    return WithLeaf(SignerSpec().With("extendedKeyUsage", value));
  };
  CHECK(purpose("") == "holds");
  CHECK(purpose("critical,codeSigning") == "holds");
  CHECK(purpose("codeSigning,1.2.3.4") == "holds");
  for (const std::string bad : {"anyExtendedKeyUsage", "serverAuth", "clientAuth",
                                "emailProtection", "timeStamping", "OCSPSigning"}) {
    INFO(bad);
    CHECK(purpose("codeSigning," + bad) == "chain");
  }
  CHECK(WithLeaf(SignerSpec().With("basicConstraints", "")) == "holds");
  CHECK(WithLeaf(SignerSpec().With("basicConstraints", "CA:FALSE")) == "holds");
  CHECK(WithLeaf(SignerSpec().With("basicConstraints", "CA:TRUE")) == "chain");
}

TEST_CASE("CAs of the Notary Project follow the specification (A34)") {
  CHECK(WithIntermediate(IntermediateSpec().With("basicConstraints", "CA:TRUE")) == "chain");
  CHECK(WithIntermediate(IntermediateSpec().With("basicConstraints", "")) == "chain");
  CHECK(WithIntermediate(IntermediateSpec().With("basicConstraints", "critical,CA:FALSE")) ==
        "chain");
  CHECK(WithIntermediate(
            IntermediateSpec().With("basicConstraints", "critical,CA:TRUE,pathlen:0")) == "holds");
  CHECK(WithIntermediate(IntermediateSpec().With("keyUsage", "keyCertSign")) == "chain");
  CHECK(WithIntermediate(IntermediateSpec().With("keyUsage", "critical,cRLSign")) == "chain");
  CHECK(WithIntermediate(IntermediateSpec().With("keyUsage", "")) == "chain");
  Chain chain;
  chain.root_spec = RootSpec().With("basicConstraints", "critical,CA:TRUE,pathlen:0");
  CHECK(ReasonOf(chain.Build().ordered()) == "chain");
  chain.root_spec = RootSpec().With("basicConstraints", "critical,CA:TRUE,pathlen:1");
  CHECK(ReasonOf(chain.Build().ordered()) == "holds");
}

TEST_CASE("no other extension is evaluated, critical or not") {
  CHECK(WithLeaf(SignerSpec().With("1.2.3.4", "critical,ASN1:NULL")) == "holds");
  CHECK(WithIntermediate(IntermediateSpec().With(
            "nameConstraints", "critical,excluded;email:example.com")) == "holds");
}

TEST_CASE("keys and signatures are those of the specification (A30)") {
  const auto with = [](const std::string& kind, const std::string& hash) {
    Chain chain;
    chain.leaf_key = TestKey::Make(kind, 3);
    chain.leaf_spec.hash = hash;
    return ReasonOf(chain.Build().ordered());
  };
  for (const std::string kind : {"P-256", "P-384", "P-521", "RSA-2048"}) {
    CHECK(with(kind, "SHA256") == "holds");
  }
  CHECK(with("P-256", "SHA384") == "holds");
  for (const std::string kind : {"P-224", "secp256k1", "RSA-1024", "RSA-2560", "Ed25519"}) {
    INFO(kind);
    CHECK(with(kind, "SHA256") == "algorithm");
  }
  CHECK(with("P-256", "SHA1") == "algorithm");
  Chain old_root;
  old_root.root_spec.hash = "SHA1";
  CHECK(ReasonOf(old_root.Build().ordered()) == "algorithm");
}

TEST_CASE("every certificate of a chain is current (A36)") {
  Chain chain;
  chain.intermediate_spec.not_after = kTestTime;
  const auto built = chain.Build().ordered();
  CHECK(ReasonOf(built) == "holds");
  CHECK(ReasonOf(built, Purpose::kNotarySigning, kTestTime + std::chrono::seconds(1)) == "expired");
  CHECK(ReasonOf(built, Purpose::kNotarySigning, chain.root_spec.not_before) == "holds");
  CHECK(ReasonOf(built, Purpose::kNotarySigning,
                 chain.root_spec.not_before - std::chrono::seconds(1)) == "not-yet-current");
}

TEST_CASE("time stampers of the Notary Project follow RFC 3161 (A33)") {
  const auto with = [](const CertificateSpec& spec) {
    return WithLeaf(spec, Purpose::kTimestamping);
  };
  CHECK(with(TimestamperSpec()) == "holds");
  CHECK(with(TimestamperSpec().With("keyUsage", "digitalSignature")) == "holds");
  CHECK(with(TimestamperSpec().With("keyUsage", "")) == "chain");
  CHECK(with(TimestamperSpec().With("extendedKeyUsage", "timeStamping")) == "chain");
  CHECK(with(TimestamperSpec().With("extendedKeyUsage", "critical,timeStamping,1.2.3")) == "chain");
  CHECK(with(SignerSpec()) == "chain");
  CHECK(WithLeaf(TimestamperSpec()) == "chain");
  CHECK(WithLeaf(SignerSpec(), Purpose::kCodeSigning) == "chain");
}

TEST_CASE("a chain is trusted by one of its certificates, byte for byte (A32)") {
  const auto chain = Chain().Build().ordered();
  const auto forged = Chain().Build().ordered();
  const auto reason = [](const Certificates& offered, const Certificates& anchors) {
    return Reason(VerifyPath(offered[0], std::span(offered).subspan(1), anchors,
                             Purpose::kNotarySigning, kTestTime));
  };
  CHECK(reason(chain, {forged[2], chain[2]}) == "verified");
  CHECK(reason(chain, {chain[1]}) == "verified");
  CHECK(reason(chain, {}) == "chain");
  CHECK(reason(forged, {chain[2]}) == "chain");
  CHECK(reason({forged[0], forged[1], chain[2]}, {chain[2]}) == "chain");
  CHECK(reason({forged[0], forged[1], forged[2], chain[2]}, {chain[2]}) == "chain");
}

}  // namespace hallmark::testing
