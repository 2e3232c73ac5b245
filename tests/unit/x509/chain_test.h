#ifndef HALLMARK_TESTS_UNIT_X509_CHAIN_TEST_H_
#define HALLMARK_TESTS_UNIT_X509_CHAIN_TEST_H_

#include "hallmark/x509/path.h"
#include "tests/support/x509_authority.h"

namespace hallmark::testing {

using Certificates = std::vector<x509::Certificate>;

// A root, an intermediate and a signer below it; each spec may be changed before Build.
struct Chain {
  CertificateSpec root_spec = RootSpec();
  CertificateSpec intermediate_spec = IntermediateSpec();
  CertificateSpec leaf_spec = SignerSpec();
  TestKey root_key = TestKey::Make("P-256");
  TestKey intermediate_key = TestKey::Make("P-256");
  TestKey leaf_key = TestKey::Make("P-256");

  struct Built {
    Identity root;
    Identity intermediate;
    Identity leaf;
    Certificates ordered() const {
      return {leaf.certificate(), intermediate.certificate(), root.certificate()};
    }
  };
  Built Build() const {
    const Identity root = SelfSigned(root_spec, root_key);
    const Identity intermediate = Issue(intermediate_spec, root, intermediate_key);
    return {root, intermediate, Issue(leaf_spec, intermediate, leaf_key)};
  }
};

// "verified", or the fault's reason.
inline std::string Reason(const std::variant<x509::VerifiedPath, x509::PathFault>& result) {
  const auto* fault = std::get_if<x509::PathFault>(&result);
  return fault == nullptr ? "verified" : fault->reason;
}

inline std::string Verify(const Chain::Built& chain, x509::Purpose purpose,
                          UnixTime at = kTestTime) {
  const Certificates ordered = chain.ordered();
  const bool notary = purpose == x509::Purpose::kNotarySigning;
  const std::span<const x509::Certificate> all(ordered);
  return Reason(x509::VerifyPath(ordered[0], notary ? all.subspan(1) : all.subspan(1, 1),
                                 all.last(1), purpose, at));
}

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_UNIT_X509_CHAIN_TEST_H_
