#ifndef HALLMARK_KEYS_PLUGIN_PLUGIN_REF_H_
#define HALLMARK_KEYS_PLUGIN_PLUGIN_REF_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/plugin/plugin.h"

namespace hallmark::keys {

// "plugin:NAME?key=ID&config.NAME=VALUE...": a key that a plugin of the Notary Project signs with.
// ID and VALUE may be percent-encoded, and must be where they hold "&", "%" or "+". NAME is the
// folder's, of letters, digits, ".", "_" and "-", not starting with ".".
struct PluginRef {
  std::string name;
  std::string key_id;       // never empty
  plugin::Settings config;  // in its order

  // kMalformed, kLimit. No message quotes a value: some plugins are configured with secrets.
  static Result<PluginRef> Parse(std::string_view text);
};

bool IsPluginRef(std::string_view text);

// For messages and verdicts, not yet Printable: name and key as they were written, without the
// configuration. "plugin:..." when it does not parse.
std::string ShownPluginRef(std::string_view text);

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_PLUGIN_PLUGIN_REF_H_
