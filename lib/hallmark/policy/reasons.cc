#include "hallmark/policy/reasons.h"

#include <algorithm>
#include <array>

namespace hallmark::policy {
namespace {

// By id. A new one gets a row here and in docs/reasons.md; a test holds the two and the sources
// together.
constexpr auto kReasons = std::to_array<Reason>({
    {"algorithm",
     "The key, the certificate or the way it signed is of a kind that is not accepted.",
     "Sign again with an accepted key and its own algorithm."},
    {"annotation", "A signed annotation that the rule wants is missing or says something else.",
     "Sign again with the annotation, or change what the rule wants."},
    {"attestation", "What was signed is a statement of another type than the rule wants.",
     "Attach what the rule wants: an attestation is no signature, and a signature no attestation."},
    {"audited",
     "Not verified: the image would have been refused, and mode warn or level audit let it "
     "through.",
     "Mend what the detail names, then let the rule enforce."},
    {"auth", "A registry refused the login or the access (401, 403).",
     "Check the login with hallmark doctor, and that the account may read."},
    {"bad-signature",
     "A signature does not match what it is said to have signed, although a trusted key is named "
     "as its maker.",
     "Sign again; if nobody changed the signature, find out who did."},
    {"chain", "No fit path leads from the signer's certificate to a trusted root.",
     "Sign with a certificate that the trusted roots stand over, or trust the signer's root."},
    {"config",
     "Something of the operator's cannot be used: a file, a flag, or a policy that was not read "
     "for this image.",
     "Mend what the detail names; hallmark doctor and hallmark policy check look for more."},
    {"deny-listed",
     "The policy's deny list names the image, or the key or a certificate of a signer.",
     "Do not use the image, or sign with a key that is not denied."},
    {"exception",
     "Not verified: the image would have been refused, and an exception of the policy lets it "
     "through until a day.",
     "Sign the image before the exception ends."},
    {"exempt", "Not verified: the policy asks nothing of this image.",
     "Add a rule for the image if it should be signed."},
    {"expired", "The signature, its key or its certificate had ended at the time that counts.",
     "Sign again with a key that is current."},
    {"image-age", "The image is older than the rule allows, or does not say when it was made.",
     "Build it anew, push and sign it."},
    {"image-architecture", "The image is for a platform that the rule does not list.",
     "Build it for a platform that the rule lists."},
    {"image-base", "The image names no base image, or one that the rule does not allow.",
     "Build it on an allowed base image, with the annotations that name it."},
    {"image-label", "A label that the rule wants is missing or says something else.",
     "Build the image with the label."},
    {"image-layers", "The image has more layers than the rule allows.",
     "Build it with fewer layers."},
    {"image-media-type", "A config or layer is of a kind that the rule does not allow.",
     "Push it as an OCI or Docker image without foreign layers."},
    {"image-root", "The image runs as root, or does not say as whom.",
     "Set a user in the build, by number where Kubernetes has to tell."},
    {"image-secret", "An environment variable of the image looks like a secret.",
     "Take it out of the build, and change the secret."},
    {"image-size", "The image's layers are larger than the rule allows.", "Make it smaller."},
    {"image-tag",
     "The image was asked for by a tag that the rule does not allow, or without what it wants.",
     "Ask for it as the rule wants: by digest, or by a fitting tag."},
    {"internal", "A bug in Hallmark.", "Report it with the command line and the detail."},
    {"limit",
     "A bound on size, depth, count or work was reached. Denied: by the image or signature itself; "
     "unknown: by the number of things attached.",
     "Remove dead signatures and attestations; push an image again that is over a bound."},
    {"malformed", "Bytes do not follow their format.",
     "Do not use them; push and sign the image again."},
    {"name-mismatch", "The signature was made for another name than the one that was asked for.",
     "Sign under the name that is asked for, or ask for the name that was signed."},
    {"no-rule", "No rule of the policy matches the image, and the default denies.",
     "Add a rule for the image to the policy."},
    {"no-signing-time",
     "The rule limits the age of signatures, and this one does not say when it was made.",
     "Sign again with a tool that says it, such as hallmark sign."},
    {"not-applicable",
     "The check has nothing to look at, such as the expiry of a signature without one.",
     "Nothing."},
    {"not-found", "What was asked for is not there.",
     "Check the spelling of the image, its tag and its digest."},
    {"not-yet-current", "The key or the certificate was not current yet at the time that counts.",
     "Wait for it, check the clock, or sign with another key."},
    {"ok", "The check passed, or the signature counts.", "Nothing."},
    {"platform", "The index has no image for the platform, or more than one.",
     "Name a platform that the index has exactly once, or the digest of one image."},
    {"plugin", "A verification plugin that has to be asked did not answer.",
     "See why it does not answer, then try again."},
    {"protocol", "A server's answer does not follow its protocol.",
     "Look at the registry, and at what stands before it, with hallmark doctor."},
    {"revocation", "Whether a certificate is revoked could not be found out.",
     "Try again where its revocation servers can be reached."},
    {"revoked", "A certificate of the signer was revoked when it counted.",
     "Sign again with a certificate that is not revoked."},
    {"storage", "A local file could not be read or written.",
     "Check the file, its permissions and the free space."},
    {"threshold", "Fewer signers than the rule asks for made signatures that count.",
     "Sign with further keys that the rule names."},
    {"throttled", "A server asked to come back later than there is time (429).",
     "Try again later."},
    {"timeout", "There was no more time.", "Try again, or give more time with --timeout."},
    {"timestamp",
     "No trusted timestamp proves that the signature was made while its certificates were current.",
     "Sign again with --timestamp-url of an authority that is trusted."},
    {"too-old", "The signature is older than the rule allows.", "Sign again."},
    {"unreachable", "A server could not be reached, or failed.",
     "Try again later; hallmark doctor looks at the registry."},
    {"unsigned", "Every place was asked and answered: nothing that the rule wants is attached.",
     "Sign the image."},
    {"unsupported", "Well formed, and nothing that this version can judge.",
     "See what the detail names; sign again without it."},
    {"untrusted-signer", "None of the signers that the rule trusts made the signature.",
     "Sign with a trusted key, or trust the signer."},
    {"verified", "Signatures were found, checked and sufficient.", "Nothing."},
    {"wrong-digest",
     "Bytes are not those that their digest names, or the signature is for another image.",
     "Do not use these bytes; push and sign the image again."},
});

}  // namespace

std::span<const Reason> Reasons() { return kReasons; }

const Reason* FindReason(std::string_view id) {
  const auto* const found = std::lower_bound(
      kReasons.begin(), kReasons.end(), id,
      [](const Reason& reason, std::string_view wanted) { return reason.id < wanted; });
  return found != kReasons.end() && found->id == id ? found : nullptr;
}

}  // namespace hallmark::policy
