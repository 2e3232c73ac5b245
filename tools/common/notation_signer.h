#ifndef HALLMARK_TOOLS_COMMON_NOTATION_SIGNER_H_
#define HALLMARK_TOOLS_COMMON_NOTATION_SIGNER_H_

#include <optional>
#include <string>

#include "hallmark/signature/notation/notation_signing_format.h"
#include "tools/common/plugin_signer.h"
#include "tools/common/session.h"
#include "tools/common/world.h"

namespace hallmark::cli {

// Who signs by certificate. The certificates come from `cert_chain`, a PEM file, or with the key
// itself (a plugin's); nullopt when there are none. A plugin that makes the envelopes brings its
// own certificates and timestamps. With --timestamp-url the signer asks there, in `world`, which
// must live as long. kConfig naming the file or the flag.
Result<std::optional<signature::NotationSigner>> MakeNotationSigner(
    const Session& session, World& world, const std::optional<std::string>& cert_chain,
    const SigningKey& key);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_NOTATION_SIGNER_H_
