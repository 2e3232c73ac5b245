#ifndef HALLMARK_TOOLS_COMMON_NOTATION_KEYS_H_
#define HALLMARK_TOOLS_COMMON_NOTATION_KEYS_H_

#include <optional>
#include <string>
#include <string_view>

#include "hallmark/base/result.h"
#include "tools/common/environment.h"

// notation's own list of signing keys, XDG_CONFIG_HOME/notation/signingkeys.json (~/.config), read
// in place (notaryproject/notation, specs/configuration).
namespace hallmark::cli {

// Whether a KEYREF is "notation:NAME", or "notation:" for the list's default key.
bool IsNotationKey(std::string_view key_ref);

// What the list says of a key, as a KEYREF of ours.
struct NotationKey {
  std::string key_ref;                    // a file, or "plugin:NAME?key=ID&config.K=V"
  std::optional<std::string> cert_chain;  // of a file; a plugin brings its own
};

// kConfig: no list, one that is no strict JSON or has a name twice, no such key, a key that is
// neither files nor a plugin's. Members that are unknown are ignored, as notation does. No message
// quotes what a plugin is configured with.
Result<NotationKey> FindNotationKey(const Environment& environment, std::string_view key_ref);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_NOTATION_KEYS_H_
