#include <chrono>

#include "hallmark/x509/limits.h"
#include "tests/support/catch.h"
#include "tests/unit/x509/chain_test.h"

namespace hallmark::testing {
namespace {

using x509::Purpose;
using x509::VerifyPath;
constexpr auto kSigning = Purpose::kCodeSigning;

std::string WithKeys(const std::string& root, const std::string& intermediate,
                     const std::string& leaf, const std::string& hash = "SHA256") {
  Chain chain;
  chain.root_key = TestKey::Make(root);
  chain.intermediate_key = TestKey::Make(intermediate, 2);
  chain.leaf_key = TestKey::Make(leaf, 3);
  chain.leaf_spec.hash = hash;
  return Verify(chain.Build(), kSigning);
}

bool IsQuick(std::chrono::steady_clock::time_point since) {
  return std::chrono::steady_clock::now() - since < std::chrono::milliseconds(500);
}

}  // namespace

TEST_CASE("weak algorithms end as algorithm, wherever they stand (A28, A30)") {
  CHECK(WithKeys("P-256", "P-384", "P-521") == "verified");
  CHECK(WithKeys("RSA-2048", "RSA-2048", "P-256") == "verified");
  CHECK(WithKeys("Ed25519", "Ed25519", "Ed25519") == "verified");
  CHECK(WithKeys("P-256", "P-256", "RSA-1024") == "algorithm");
  CHECK(WithKeys("P-256", "RSA-1024", "P-256") == "algorithm");
  CHECK(WithKeys("RSA-1024", "P-256", "P-256") == "algorithm");
  CHECK(WithKeys("P-256", "P-256", "P-224") == "algorithm");
  CHECK(WithKeys("P-256", "P-224", "P-256") == "algorithm");
  CHECK(WithKeys("P-256", "secp256k1", "P-256") == "algorithm");
  CHECK(WithKeys("P-256", "P-256", "P-256", "SHA1") == "algorithm");
  CHECK(WithKeys("P-256", "RSA-2048", "P-256", "MD5") == "algorithm");
  Chain old_root;
  old_root.root_spec.hash = "SHA1";
  CHECK(Verify(old_root.Build(), kSigning) == "algorithm");
}

TEST_CASE("PSS signatures are read, with SHA-2") {
  Chain chain;
  chain.intermediate_key = TestKey::Make("RSA-2048");
  chain.leaf_spec.pss = true;
  CHECK(Verify(chain.Build(), kSigning) == "verified");
  chain.leaf_spec.hash = "SHA1";
  CHECK(Verify(chain.Build(), kSigning) == "algorithm");
}

TEST_CASE("thirty cross-signed intermediates of one name cost a bounded amount of work (A37)") {
  // Each is issued by the next, all have one name, and none is below a trusted root.
  CertificateSpec spec = IntermediateSpec("tangle").With("authorityKeyIdentifier", "");
  std::vector<Identity> issuers;
  for (int i = 0; i < 30; ++i) issuers.push_back(SelfSigned(spec));
  Certificates offered;
  for (std::size_t i = 0; i < issuers.size(); ++i) {
    const Identity& next = issuers[(i + 1) % issuers.size()];
    offered.push_back(Issue(spec, next, issuers[i].key).certificate());
  }
  const auto leaf_spec = SignerSpec().With("authorityKeyIdentifier", "");
  const auto leaf = Issue(leaf_spec, issuers[0]).certificate();
  const Certificates anchors{SelfSigned(RootSpec()).certificate()};
  const auto start = std::chrono::steady_clock::now();
  CHECK(Reason(VerifyPath(leaf, offered, anchors, kSigning, kTestTime)) == "limit");
  CHECK(IsQuick(start));
  // One of them below the root is another matter.
  const Identity root = SelfSigned(RootSpec());
  offered.push_back(Issue(spec, root, issuers[0].key).certificate());
  CHECK(Reason(VerifyPath(leaf, Certificates{offered[29], offered[30]},
                          Certificates{root.certificate()}, kSigning, kTestTime)) == "verified");
}

TEST_CASE("a search that takes more than a hundred signature checks ends as limit (A37)") {
  // Eight levels of seven namesakes with one key each.
  Identity above = SelfSigned(RootSpec("elsewhere"));
  Certificates offered;
  for (int level = 0; level < 8; ++level) {
    CertificateSpec spec = IntermediateSpec("level " + std::to_string(level));
    spec = spec.With("authorityKeyIdentifier", "");
    const TestKey key = TestKey::Make("P-256");
    for (int copy = 0; copy < 7; ++copy) {
      spec.serial = copy + 1;
      offered.push_back(Issue(spec, above, key).certificate());
    }
    above = Issue(spec, above, key);
  }
  const auto leaf = Issue(SignerSpec(), above).certificate();
  const Certificates anchors{SelfSigned(RootSpec()).certificate()};
  const auto start = std::chrono::steady_clock::now();
  CHECK(Reason(VerifyPath(leaf, offered, anchors, kSigning, kTestTime)) == "limit");
  CHECK(IsQuick(start));
}

TEST_CASE("thirty namesakes do not hide the one that issued (A37)") {
  const auto chain = Chain().Build();
  Certificates offered;
  for (int i = 0; i < 30; ++i) offered.push_back(Chain().Build().intermediate.certificate());
  offered.push_back(chain.intermediate.certificate());
  CHECK(Reason(VerifyPath(chain.leaf.certificate(), offered, Certificates{chain.root.certificate()},
                          kSigning, kTestTime)) == "verified");
}

TEST_CASE("a hundred and twenty certificates are too many (A37)") {
  const auto chain = Chain().Build();
  const auto leaf = chain.leaf.certificate();
  const Certificates anchors{chain.root.certificate()};
  Certificates offered(120, chain.intermediate.certificate());
  CHECK(Reason(VerifyPath(leaf, offered, anchors, kSigning, kTestTime)) == "limit");
  CHECK(Reason(VerifyPath(leaf, offered, anchors, Purpose::kNotarySigning, kTestTime)) == "limit");
  offered.resize(x509::kMaxIntermediates, chain.intermediate.certificate());
  CHECK(Reason(VerifyPath(leaf, offered, anchors, kSigning, kTestTime)) == "verified");
}

TEST_CASE("paths have at most ten certificates") {
  const auto depth = [](int intermediates) {
    const Identity root = SelfSigned(RootSpec());
    Identity above = root;
    Certificates offered;
    for (int i = 0; i < intermediates; ++i) {
      above = Issue(IntermediateSpec("level " + std::to_string(i)), above);
      offered.push_back(above.certificate());
    }
    return Reason(VerifyPath(Issue(SignerSpec(), above).certificate(), offered,
                             Certificates{root.certificate()}, kSigning, kTestTime));
  };
  CHECK(depth(8) == "verified");
  CHECK(depth(9) == "limit");
}

TEST_CASE("a loop of intermediates ends") {
  const TestKey a_key = TestKey::Make("P-256");
  const TestKey b_key = TestKey::Make("P-256");
  const auto plain = [](const std::string& name) {
    return IntermediateSpec(name).With("authorityKeyIdentifier", "");
  };
  const Identity a0 = SelfSigned(plain("a"), a_key);
  const Identity b = Issue(plain("b"), a0, b_key);
  const Identity a = Issue(plain("a"), b, a_key);
  const auto leaf = Issue(SignerSpec(), a).certificate();
  const Certificates offered{a.certificate(), b.certificate()};
  const Certificates anchors{SelfSigned(RootSpec()).certificate()};
  CHECK(Reason(VerifyPath(leaf, offered, anchors, kSigning, kTestTime)) == "chain");
}

TEST_CASE("names times constraints are bounded (A37)") {
  std::string names = "DNS:a";
  for (int i = 0; i < 600; ++i) names += ",DNS:n" + std::to_string(i) + ".example";
  std::string constraints = "critical";
  for (int i = 0; i < 600; ++i) constraints += ",excluded;DNS:x" + std::to_string(i) + ".example";
  Chain chain;
  chain.intermediate_spec = chain.intermediate_spec.With("nameConstraints", constraints);
  CHECK(Verify(chain.Build(), kSigning) == "verified");
  chain.leaf_spec = chain.leaf_spec.With("subjectAltName", names);
  const auto built = chain.Build();
  const auto start = std::chrono::steady_clock::now();
  CHECK(Verify(built, kSigning) == "limit");
  CHECK(IsQuick(start));
}

}  // namespace hallmark::testing
