#ifndef HALLMARK_TESTS_UNIT_POLICY_EVIDENCE_H_
#define HALLMARK_TESTS_UNIT_POLICY_EVIDENCE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/crypto/private_key.h"
#include "hallmark/policy/trust_policy.h"
#include "hallmark/policy/verdict.h"
#include "hallmark/signature/assessment.h"
#include "hallmark/store/store.h"

// Evidence as a verification would have gathered it, from keys that really sign.
namespace hallmark::testing {

inline constexpr UnixTime kNow{std::chrono::seconds{1'780'315'200}};  // 2026-06-01T12:00:00Z

// An image pinned under the name it is asked by.
store::Subject SubjectAsked(std::string_view reference);

// One that is asked by "registry.example/app:1.4".
const store::Subject& App();

// A claim that says "signed" about the subject and nothing else.
signature::Claim ClaimFor(const store::Subject& subject);

// Which of a handful of fixed keys signs, and in which sets it stands.
const crypto::PrivateKey& KeyAt(std::size_t index);
signature::SignerIdentity SignerAt(std::size_t index, std::vector<std::string> key_sets);

// A signature that passed format, integrity, subject and authenticity.
signature::Assessment Verified(const signature::Claim& claim, signature::SignerIdentity signer,
                               std::vector<signature::Finding> further = {});

// One that failed a check; `passed` are those before it.
signature::Assessment Failed(signature::Check check, std::string reason,
                             const std::vector<signature::Check>& passed = {},
                             std::string_view seed = "failed");

policy::Evidence EvidenceOf(std::vector<signature::Assessment> assessments,
                            std::vector<Error> gaps = {});

// A rule "apps" of "policy.json:3" that asks for `require`.
policy::Rule::Parts RuleParts(policy::Requirement require);
policy::Requirement Needs(std::string key_set, std::uint32_t count = 1);

// Loads KeyAt(n) for "kN.pub" and kNotFound otherwise.
Result<crypto::PublicKey> LoadTestKey(const std::string& file);

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_UNIT_POLICY_EVIDENCE_H_
