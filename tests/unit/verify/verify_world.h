#ifndef HALLMARK_TESTS_UNIT_VERIFY_VERIFY_WORLD_H_
#define HALLMARK_TESTS_UNIT_VERIFY_VERIFY_WORLD_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hallmark/signature/bundle/bundle_format.h"
#include "hallmark/verify/verifier.h"
#include "tests/support/world.h"

namespace hallmark::testing {

inline constexpr UnixTime kNow{std::chrono::seconds{1'780'315'200}};  // 2026-06-01T12:00:00Z

// A store, a bundle format, a policy of one rule, and keys to sign with.
class VerifyWorld {
 public:
  VerifyWorld() : policy_(Must(policy::TrustPolicy::ForKeys(TrustedKeys(), OneOfTheKeys()))) {}

  MemoryStore& store() { return store_; }
  verify::Options& options() { return options_; }
  // Formats beside the bundles, which are asked first or last.
  std::vector<const signature::Format*> before, after;
  Context& context() { return context_; }
  const oci::Repository& repository() const { return repository_; }
  static const crypto::PrivateKey& key() {
    static const crypto::PrivateKey key = MakeKey();
    return key;
  }
  static const crypto::PrivateKey& stranger() {
    static const crypto::PrivateKey key = MakeKey();
    return key;
  }

  // The rule that the policy is made of; change it through UseRule.
  static policy::Rule::Parts OneOfTheKeys() {
    policy::Rule::Parts parts;
    parts.name = "--key";
    parts.require = policy::Requirement{policy::SignedBy{"--key", 1}};
    parts.expectation = {std::string(signature::kSignPredicate), {}, policy::SignedName::kNone};
    return parts;
  }
  void UseRule(policy::Rule::Parts parts) {
    policy_ = Must(policy::TrustPolicy::ForKeys(TrustedKeys(), std::move(parts)));
  }

  // A policy that wants both keys, the stranger's is trusted too.
  void UseTwoKeys() {
    policy::Rule::Parts parts = OneOfTheKeys();
    parts.require = policy::Requirement{policy::SignedBy{"--key", 2}};
    auto keys = TrustedKeys();
    keys.push_back({"--key", "other.pub", stranger().public_key(), {}, {}});
    policy_ = Must(policy::TrustPolicy::ForKeys(std::move(keys), std::move(parts)));
  }

  // Who holds a certificate below `anchor` is trusted beside the key.
  void UseUnion(const x509::Certificate& anchor) {
    trust::TrustedAuthority authority;
    authority.signer_set = "store";
    authority.signing = {anchor};
    authority.any_subject = true;
    policy_ = Must(
        policy::TrustPolicy::ForSigners(TrustedKeys(), {std::move(authority)}, OneOfTheKeys()));
  }

  // The same keys one after the other: key() until the first time, stranger() from the second.
  void UseKeysInTurn(UnixTime until, UnixTime from) {
    auto keys = TrustedKeys();
    keys.front().validity.until = until;
    keys.push_back({"--key", "next.pub", stranger().public_key(), {}, {from, {}}});
    policy_ = Must(policy::TrustPolicy::ForKeys(std::move(keys), OneOfTheKeys()));
  }

  // A policy file whose only rule is about other images.
  void UseDefault(std::string_view fallback) {
    const std::string text =
        R"({"schema":"hallmark.policy/v1","keySets":{"ci":{"keys":[{"file":"ci.pub"}]}},)"
        R"("rules":[{"name":"other","images":["registry.example/other"],)"
        R"("require":{"signedBy":"ci"}}],"default":)" +
        std::string(fallback) + "}";
    policy_ = Must(policy::TrustPolicy::Parse(AsBytes(text), "policy.json", [](const std::string&) {
      return Result<crypto::PublicKey>(key().public_key());
    }));
  }

  // A signature that is attached nowhere, then the same attached.
  signature::SigningFormat::Signed Make(const oci::Digest& digest, const crypto::PrivateKey& by,
                                        std::string annotation = "prod") {
    const auto subject = Must(store::Resolve(
        PatientContext(), store_, oci::Reference::Of(repository_, std::nullopt, digest)));
    const signature::Claim claim{digest,
                                 std::string(signature::kSignPredicate),
                                 {{"env", std::move(annotation)}},
                                 {},
                                 {},
                                 kNow,
                                 {}};
    const auto signer = MakeTestSigner(by);
    return Must(format_.Sign(subject, claim, *signer, kNow));
  }
  void Attach(const signature::SigningFormat::Signed& made) {
    Must(format_.Push(PatientContext(), store_, repository_, made));
  }
  signature::SigningFormat::Signed Sign(const oci::Digest& digest, const crypto::PrivateKey& by,
                                        std::string annotation = "prod") {
    auto made = Make(digest, by, std::move(annotation));
    Attach(made);
    return made;
  }

  std::vector<verify::Outcome> Verify(std::string_view reference, UnixTime now = kNow) {
    return verify::Verify(context_, {store_, Formats(), policy_}, Ref(reference), options_, now);
  }
  verify::Outcome VerifyOne(std::string_view reference = "registry.example/app:1",
                            UnixTime now = kNow) {
    auto outcomes = Verify(reference, now);
    if (outcomes.size() != 1) throw std::runtime_error("want one outcome");
    return std::move(outcomes.front());
  }

  // By that format alone, with somebody to ask plugins.
  verify::Outcome VerifyBy(const signature::Format& format, verify::PluginAsker* plugins) {
    const verify::Parts parts{store_, {&format}, policy_, nullptr, plugins};
    auto outcomes = verify::Verify(context_, parts, Ref("registry.example/app:1"), options_, kNow);
    return std::move(outcomes.front());
  }

 private:
  static std::vector<trust::TrustedKey> TrustedKeys() {
    return {{"--key", "ci.pub", key().public_key(), {}, {}}};
  }

  std::vector<const signature::Format*> Formats() const {
    std::vector<const signature::Format*> formats = before;
    formats.push_back(&format_);
    formats.insert(formats.end(), after.begin(), after.end());
    return formats;
  }

  MemoryStore store_;
  verify::Options options_;
  Context context_ = PatientContext();
  oci::Repository repository_ = Repo("registry.example/app");
  signature::BundleFormat format_;
  policy::TrustPolicy policy_;
};

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_UNIT_VERIFY_VERIFY_WORLD_H_
