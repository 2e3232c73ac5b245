#ifndef HALLMARK_TOOLS_COMMON_PLUGIN_WORLD_H_
#define HALLMARK_TOOLS_COMMON_PLUGIN_WORLD_H_

#include "hallmark/plugin/plugin.h"
#include "tools/common/environment.h"

namespace hallmark::cli {

// Where notation keeps its plugins, XDG_CONFIG_HOME/notation/plugins (~/.config) and
// /usr/libexec/notation/plugins, and the environment that they see.
plugin::World PluginWorldOf(const Environment& environment);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_PLUGIN_WORLD_H_
