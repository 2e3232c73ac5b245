#ifndef HALLMARK_TOOLS_COMMON_PLUGIN_SIGNER_H_
#define HALLMARK_TOOLS_COMMON_PLUGIN_SIGNER_H_

#include <memory>
#include <string_view>

#include "hallmark/crypto/signer.h"
#include "hallmark/signature/notation/envelope_maker.h"
#include "tools/common/environment.h"

namespace hallmark::cli {

// The signer behind a KEYREF "plugin:NAME?key=ID": a plugin of the Notary Project where notation
// keeps them, XDG_CONFIG_HOME/notation/plugins (~/.config) and /usr/libexec/notation/plugins. Its
// scheme is that of bundles; by another than the key's own it refuses to sign, kConfig, since a
// plugin knows one scheme a key. Errors as OpenPlugin has them.
Result<std::unique_ptr<crypto::Signer>> OpenPluginSigner(const Environment& environment,
                                                         std::string_view key_ref);

// A key to sign with: its holder signs, or makes whole envelopes.
struct SigningKey {
  std::unique_ptr<crypto::Signer> signer;
  // Set where a plugin makes the envelopes of the Notary Project; `signer` then only shows key and
  // certificates, and refuses to sign, kConfig.
  signature::EnvelopeMaker make_envelope = {};
};

// The same, also for a plugin that has the capability SIGNATURE_GENERATOR.ENVELOPE and makes no raw
// signatures. It is asked for one envelope of that kind, kNotationJws or kNotationCose, since only
// an envelope shows the certificates.
Result<SigningKey> OpenPluginKey(const Environment& environment, std::string_view key_ref,
                                 signature::FormatId kind);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_PLUGIN_SIGNER_H_
