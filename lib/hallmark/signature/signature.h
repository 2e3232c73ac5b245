#ifndef HALLMARK_SIGNATURE_SIGNATURE_H_
#define HALLMARK_SIGNATURE_SIGNATURE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/time.h"
#include "hallmark/crypto/public_key.h"
#include "hallmark/oci/content.h"

namespace hallmark::signature {

enum class FormatId : std::uint8_t { kSigstoreBundle = 1, kCosign, kNotationJws, kNotationCose };

// "bundle", "cosign", "notation-jws", "notation-cose"
std::string_view ToName(FormatId format);
std::optional<FormatId> FormatFromName(std::string_view name);

// The predicate type that says "signed": what cosign 3 writes for `cosign sign`.
inline constexpr std::string_view kSignPredicate = "https://sigstore.dev/cosign/sign/v1";

// What a verification plugin of the operator's said about a signature that demands it
// (notaryproject/specifications, plugin-extensibility.md, "Verification workflow using plugin"). It
// has processed every attribute that it was handed.
struct PluginWord {
  struct Check {
    bool passed;
    std::string reason;  // printable
  };
  std::string plugin;               // its name, printable
  std::optional<Check> identity;    // set when it decides whether the signer is a trusted identity
  std::optional<Check> revocation;  // set when it decides about revocation
};

// A signature as found. Nothing in it has been checked beyond its own digest;
// every field is the finder's or the attacker's word, but for `plugin_word`.
struct Signature {
  FormatId format;
  oci::Content envelope;     // the bundle blob; the payload where the signature stands beside it
  oci::Descriptor artifact;  // the manifest that carries it: what people can look up
  // Of the layer that holds the envelope: where cosign v2 keeps the signature.
  std::map<std::string, std::string> annotations = {};
  // Put here by the verifier, once the plugin was asked what Assessment::plugin_question says.
  std::optional<PluginWord> plugin_word = {};
};

// What the signer said. Made by payload parsers from SignedBytes (and by signers who say it).
struct Claim {
  oci::Digest subject;
  std::string predicate_type;                      // what kind of statement this is
  std::map<std::string, std::string> annotations;  // signed ones
  // What Hallmark adds; absent in other tools' signatures.
  std::optional<std::string> repository;  // "registry.example/app"
  std::optional<std::string> tag;
  std::optional<UnixTime> signed_at;  // the signer's own word, not a proved time
  std::optional<UnixTime> expires;    // inclusive
};

// Who signed, as proved against a TrustRoot.
struct SignerIdentity {
  std::vector<std::string> key_sets;  // every set the key stands in and is current for; not empty
  std::string name;                   // the operator's name for the key, or the certificate's
                                      // subject (RFC 4514), printable
  crypto::Fingerprint fingerprint;    // what makes two signers the same signer
  std::string key_id;
  // SHA-256 of each certificate of its path, the signer's first, and of their twins (x509/twin.h);
  // empty for a plain key.
  std::vector<crypto::Fingerprint> certificates = {};
  // SHA-256 of the SubjectPublicKeyInfo of those that certified it, up to the anchor.
  std::vector<crypto::Fingerprint> issuers = {};
};

}  // namespace hallmark::signature

#endif  // HALLMARK_SIGNATURE_SIGNATURE_H_
