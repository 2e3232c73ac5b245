#include "hallmark/policy/internal/advice.h"

#include <algorithm>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/policy/internal/tally.h"

namespace hallmark::policy {
namespace {

std::string WantedSets(const Rule::Parts& rule) {
  std::string sets;
  if (!rule.require) return sets;
  for (const SignedBy* leaf : Leaves(*rule.require)) {
    if (IsAdHoc(leaf->key_set) || IsCertified(leaf->key_set) ||
        sets.find(leaf->key_set) != std::string::npos)
      continue;
    sets += (sets.empty() ? "" : " or ") + leaf->key_set;
  }
  return sets;
}

// The kinds of attestations that it wants beside signatures.
std::string WantedAttestations(const Rule::Parts& rule) {
  std::string types;
  if (!rule.require) return types;
  for (const SignedBy* leaf : Leaves(*rule.require)) {
    if (!leaf->predicate_type || types.find(*leaf->predicate_type) != std::string::npos) continue;
    types += (types.empty() ? "" : ", ") + Printable(*leaf->predicate_type);
  }
  return types;
}

// Whether nobody but the holder of a certificate can meet the rule.
bool IsByCertificate(const Rule::Parts& rule) {
  if (!rule.require) return false;
  const std::vector<const SignedBy*> leaves = Leaves(*rule.require);
  return !leaves.empty() && std::all_of(leaves.begin(), leaves.end(), [](const SignedBy* leaf) {
    return IsCertified(leaf->key_set);
  });
}

// The command that makes what the rule wants, about exactly this digest.
std::string Command(const Rule::Parts& rule, const std::string& image) {
  if (rule.expectation.predicate_type != kSignedPredicate) {
    return "attach an attestation of type " + Printable(rule.expectation.predicate_type) + " to " +
           image;
  }
  std::string command = "hallmark sign --key KEY";
  if (IsByCertificate(rule)) command += " --cert-chain CHAIN";
  for (const auto& [name, value] : rule.expectation.annotations) {
    command += " --annotate " + Printable(name) + "=" + Printable(value);
  }
  return command + " " + image;
}

std::string FixName(const Rule::Parts& rule, const oci::Reference& asked,
                    const std::string& image) {
  if (asked.repository().is_layout()) {
    return "name the image with --logical-name REGISTRY/REPOSITORY[:TAG]";
  }
  std::string name = asked.repository().ToString();
  if (asked.tag()) name += ":" + *asked.tag();
  return Command(rule, image) + " --record-identity " + name;
}

}  // namespace

std::string FixFor(std::string_view reason, const Rule::Parts& rule, const oci::Reference& asked,
                   const oci::Digest& digest) {
  const std::string image = asked.repository().ToString() + "@" + digest.ToString();
  std::string command = Command(rule, image);
  const std::string sets = WantedSets(rule);
  if (reason == "no-rule") {
    return "add a rule for " + asked.repository().ToString() + " to the policy";
  }
  const bool by_policy = !sets.empty();
  if (reason == "unsigned") return by_policy ? command + ", with a key of " + sets : command;
  if (IsByCertificate(rule) && (reason == "untrusted-signer" || reason == "chain")) {
    return command + ", certified as the rule wants it, or trust the signer's root and subject";
  }
  if (reason == "timestamp") return command + " --timestamp-url URL";
  if (reason == "untrusted-signer") {
    if (!by_policy) return command + ", or verify with the signer's public key";
    return command + ", with a key of " + sets + ", or add the signer's key to " + sets;
  }
  if (reason == "threshold") {
    command += by_policy ? ", with further keys of " + sets : ", with further keys";
    const std::string attestations = WantedAttestations(rule);
    return attestations.empty() ? command : command + "; attach what is missing of " + attestations;
  }
  if (reason == "name-mismatch") return FixName(rule, asked, image);
  if (reason == "annotation" || reason == "attestation" || reason == "expired" ||
      reason == "too-old" || reason == "no-signing-time") {
    return command;
  }
  if (reason.starts_with("image-")) {
    return "build the image as the rule wants it, push and sign it again";
  }
  if (reason == "deny-listed") {
    return "do not use this image; who denied it, and why, the policy's owner knows";
  }
  if (reason == "revoked") return command + ", with a certificate that is not revoked";
  if (reason == "revocation") {
    return "try again where the revocation servers of its certificates can be reached";
  }
  if (reason == "plugin") return "see why the verification plugin does not answer, then try again";
  if (reason == "not-yet-current") return "wait for the key's validFrom, or sign with another key";
  if (reason == "wrong-digest") return "do not use these bytes; push and sign the image again";
  return "see what is attached with hallmark inspect " + image + "; if the image is yours, " +
         command;
}

std::string FixForGap(ErrorCode code, const oci::Reference& asked) {
  switch (code) {
    case ErrorCode::kDenied:
      return "check the login for " + asked.repository().registry() + " with hallmark doctor";
    case ErrorCode::kLimit:
      return "remove dead signatures and attestations of " + asked.ToString() + " at the registry";
    case ErrorCode::kStorage:
      return "check the files and their permissions";
    case ErrorCode::kThrottled:
    case ErrorCode::kTimeout:
    case ErrorCode::kUnavailable:
      return "try again later; hallmark doctor looks at the registry";
    default:
      return "look at the registry with hallmark doctor";
  }
}

std::string FixUnresolved(ErrorCode code) {
  switch (code) {
    case ErrorCode::kNotFound:
      return "check the spelling of the image, its tag and its digest";
    case ErrorCode::kDenied:
      return "check the login with hallmark doctor";
    case ErrorCode::kMismatch:
    case ErrorCode::kMalformed:
    case ErrorCode::kLimit:
    case ErrorCode::kUnsupported:
      return "do not use these bytes; push the image again";
    default:
      return "try again later; hallmark doctor looks at the registry";
  }
}

}  // namespace hallmark::policy
