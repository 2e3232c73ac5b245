#ifndef HALLMARK_PLUGIN_VERIFY_SIGNATURE_H_
#define HALLMARK_PLUGIN_VERIFY_SIGNATURE_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/time.h"
#include "hallmark/plugin/plugin.h"

// The command verify-signature (plugin-extensibility.md, "Verification workflow using plugin"): a
// plugin that a signature names takes over some of the checks, and processes the critical
// attributes that it alone understands. Integrity, the certificate chain and its trust, expiry and
// what the policy enforces stay with the caller. A plugin is asked only about a signature that is
// intact, since its name is the signer's word.
namespace hallmark::plugin {

// What a signature demands: io.cncf.notary.verificationPlugin and .verificationPluginMinVersion.
struct RequiredPlugin {
  std::string untrusted_name;
  std::optional<std::string> untrusted_min_version;
};

// A plugin that was found and fits what the signature demands.
struct Verifier {
  Plugin plugin;
  Metadata metadata;
};

// Finds it and asks for its metadata (workflow, step 1). kConfig: no such plugin, or one that has
// none of the capabilities SIGNATURE_VERIFIER.*, or is older than demanded; kMalformed: a version
// of either side that is not SemVer 2.0.0, or a name that is none; else as Plugin::Describe.
Result<Verifier> OpenVerifier(const RequiredPlugin& required, World world);

// Two versions by SemVer 2.0.0.
struct Versions {
  std::string_view found;
  std::string_view minimum;
};
// kConfig when the one that was found has a lower precedence (section 11) than the minimum;
// kMalformed when one of them is no version.
Result<Done> CheckVersion(const Versions& versions);

// What the plugin is told of one signature (workflow, step 5).
struct VerifyOrder {
  RequiredPlugin required;
  std::string content_type;    // "application/vnd.cncf.notary.payload.v1+json"
  std::string signing_scheme;  // "notary.x509", "notary.x509.signingAuthority"
  std::optional<UnixTime> expiry;
  std::optional<UnixTime> authentic_signing_time;
  // Critical extended attributes that nobody but the plugin understands: all of them are handed
  // over, and the plugin has to say that it processed each. Those whose value is no text are for
  // the caller to refuse.
  std::map<std::string, std::string> extended;
  std::vector<Bytes> certificate_chain;         // DER, the signer's first
  std::vector<std::string> trusted_identities;  // of the policy that applies
  // kTrustedIdentity, kRevocationCheck, or both: those that the plugin can do and the policy does
  // not skip. May be empty when there are attributes to process.
  std::vector<Capability> checks;
  Settings config;
};

struct CheckResult {
  Capability check;
  bool passed;
  std::string reason;  // printable; never empty when it did not pass
};

// One result for each check that was ordered, in that order (workflow, step 6). kProtocol: an
// answer that lacks one, has one that was not asked for, or did not process exactly the attributes
// that it was handed. kConfig: the plugin cannot do one of the checks. Else as Plugin::Ask.
Result<std::vector<CheckResult>> VerifySignature(const Verifier& verifier,
                                                 const VerifyOrder& order);

}  // namespace hallmark::plugin

#endif  // HALLMARK_PLUGIN_VERIFY_SIGNATURE_H_
