#ifndef HALLMARK_POLICY_REQUIREMENT_H_
#define HALLMARK_POLICY_REQUIREMENT_H_

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "hallmark/policy/image_rule.h"
#include "hallmark/signature/assessment.h"

namespace hallmark::policy {

struct Requirement;

// At least `count` distinct keys of `key_set` signed. One key counts once, however often and in
// whatever format it signed.
struct SignedBy {
  std::string key_set;
  std::uint32_t count;  // at least 1, at most the set's size
  // An attestation of this type, whatever name and annotations it says; without it the statement
  // that the rule's Expectation is about.
  std::optional<std::string> predicate_type = {};
  // How long ago it may have been signed; without it what the rule's Expectation says.
  std::optional<std::chrono::seconds> max_age = {};
};
// Never empty: the loader refuses it, and an empty one is not met.
struct AllOf {
  std::vector<Requirement> parts;
};
struct AnyOf {
  std::vector<Requirement> parts;
};
struct AtLeast {
  std::uint32_t count;  // at least 1, at most the number of parts
  std::vector<Requirement> parts;
};

// The image is as the rule wants it; of an index, every image that may be run. What it says of
// itself is worth what the signature over it is: a requirement that could be met without one is
// refused by the loader.
struct ImageIs {
  ImageRule rule;
};

struct Requirement {
  std::variant<SignedBy, AllOf, AnyOf, AtLeast, ImageIs> value;
};

// How much of the signed name must agree with the name that was asked for.
// Repository: the same repository. Tag: that, and the same tag when one was asked. Exact: the
// same repository and tag, both asked for and signed. A signature that says no name fails all but
// kNone.
enum class SignedName : std::uint8_t { kNone = 1, kRepository, kTag, kExact };

// Off: images that the rule matches are let through without a look.
enum class Mode : std::uint8_t { kEnforce = 1, kWarn, kOff };

// What becomes of an image of whose signatures not enough could be found out because servers did
// not answer. Any other reason for "unknown" always refuses.
enum class OnUnknown : std::uint8_t { kRefuse = 1, kAllow };

// What becomes of a check that failed or could not be done: the levels of the Notary Project
// (trust-store-trust-policy.md, "Signature Verification details") and nothing else have others than
// kEnforce. Format, integrity and subject are always enforced.
enum class Action : std::uint8_t { kEnforce = 1, kLog, kSkip };
struct Enforcement {
  Action authenticity = Action::kEnforce;
  Action timestamp = Action::kEnforce;
  Action expiry = Action::kEnforce;
  Action revocation = Action::kEnforce;

  Action For(signature::Check check) const;
};

// The predicate type of a statement that says "this image is signed": what `cosign sign` writes
// since version 3. A rule that names no attestation asks for it.
inline constexpr std::string_view kSignedPredicate = "https://sigstore.dev/cosign/sign/v1";

// What a statement must be and say to count at all.
struct Expectation {
  std::string predicate_type{kSignedPredicate};    // or an attestation's
  std::map<std::string, std::string> annotations;  // each must be signed with this value
  SignedName signed_name = SignedName::kNone;
  // How long ago it may have been signed, by the signer's own word. One that says no time is then
  // no good, and neither is one from the future.
  std::optional<std::chrono::seconds> max_age = {};
};

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_REQUIREMENT_H_
