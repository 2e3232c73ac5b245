#include "tests/unit/policy/evidence.h"

#include <array>
#include <utility>

#include "hallmark/crypto/signer.h"
#include "tests/support/world.h"

namespace hallmark::testing {
namespace {

using signature::Check;

signature::Signature FoundSignature(std::string_view seed) {
  oci::Content envelope = oci::Content::Describe("application/json", ToBytes(seed));
  oci::Descriptor artifact = oci::Content::Describe("application/json", ToBytes(seed)).descriptor();
  return {signature::FormatId::kSigstoreBundle, std::move(envelope), std::move(artifact)};
}

crypto::SignedBytes Proof(const crypto::PrivateKey& key) {
  const crypto::Scheme scheme = key.public_key().DefaultSchemes().front();
  const Bytes message = ToBytes("a statement");
  const Bytes signature = Must(key.Sign(scheme, message));
  return *key.public_key().Verify(scheme, message, signature);
}

}  // namespace

store::Subject SubjectAsked(std::string_view reference) {
  MemoryStore store;
  const oci::Reference asked =
      reference.starts_with("oci:")
          ? oci::Reference::Of(Must(oci::Repository::ForLayout(reference.substr(4))), "1", {})
          : Ref(reference);
  const Image image = MakeImage("policy");
  Put(store, asked.repository(), image, asked.tag() ? *asked.tag() : "unnamed");
  return Must(store::Resolve(PatientContext(), store, asked));
}

const store::Subject& App() {
  static const store::Subject kApp = SubjectAsked("registry.example/app:1.4");
  return kApp;
}

signature::Claim ClaimFor(const store::Subject& subject) {
  return {subject.digest(), std::string(policy::kSignedPredicate), {}, {}, {}, {}, {}};
}

const crypto::PrivateKey& KeyAt(std::size_t index) {
  static const std::array<crypto::PrivateKey, 5> kKeys = {MakeKey(), MakeKey(), MakeKey(),
                                                          MakeKey(), MakeKey()};
  return kKeys.at(index);
}

signature::SignerIdentity SignerAt(std::size_t index, std::vector<std::string> key_sets) {
  const crypto::PublicKey& key = KeyAt(index).public_key();
  return {std::move(key_sets), "k" + std::to_string(index), key.fingerprint(), key.id()};
}

signature::Assessment Verified(const signature::Claim& claim, signature::SignerIdentity signer,
                               std::vector<signature::Finding> further) {
  static const crypto::SignedBytes kProof = Proof(KeyAt(0));
  signature::Prover prover(FoundSignature(signer.name + claim.predicate_type));
  for (const Check check :
       {Check::kFormat, Check::kIntegrity, Check::kSubject, Check::kAuthenticity}) {
    prover.Pass(check, "fine");
  }
  return std::move(prover).Succeed(kProof, claim, std::move(signer), std::move(further));
}

signature::Assessment Failed(Check check, std::string reason, const std::vector<Check>& passed,
                             std::string_view seed) {
  signature::Prover prover(FoundSignature(seed));
  for (const Check each : passed) prover.Pass(each, "fine");
  std::string detail = "because of " + reason;
  return std::move(prover).Fail(check, std::move(reason), std::move(detail));
}

policy::Evidence EvidenceOf(std::vector<signature::Assessment> assessments,
                            std::vector<Error> gaps) {
  return {std::move(assessments), std::move(gaps), {}};
}

policy::Rule::Parts RuleParts(policy::Requirement require) {
  policy::Rule::Parts parts;
  parts.name = "apps";
  parts.place = "policy.json:3";
  parts.require = std::move(require);
  return parts;
}

policy::Requirement Needs(std::string key_set, std::uint32_t count) {
  return {policy::SignedBy{std::move(key_set), count}};
}

Result<crypto::PublicKey> LoadTestKey(const std::string& file) {
  for (std::size_t i = 0; i < 5; ++i) {
    if (file == "k" + std::to_string(i) + ".pub") return KeyAt(i).public_key();
  }
  return Error(ErrorCode::kNotFound, "no such file");
}

}  // namespace hallmark::testing
