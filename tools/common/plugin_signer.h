#ifndef HALLMARK_TOOLS_COMMON_PLUGIN_SIGNER_H_
#define HALLMARK_TOOLS_COMMON_PLUGIN_SIGNER_H_

#include <memory>
#include <string_view>

#include "hallmark/crypto/signer.h"
#include "tools/common/environment.h"

namespace hallmark::cli {

// The signer behind a KEYREF "plugin:NAME?key=ID": a plugin of the Notary Project where notation
// keeps them, XDG_CONFIG_HOME/notation/plugins (~/.config) and /usr/libexec/notation/plugins. Its
// scheme is that of bundles; by another than the key's own it refuses to sign, kConfig, since a
// plugin knows one scheme a key. Errors as OpenPlugin has them.
Result<std::unique_ptr<crypto::Signer>> OpenPluginSigner(const Environment& environment,
                                                         std::string_view key_ref);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_PLUGIN_SIGNER_H_
