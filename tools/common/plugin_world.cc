#include "tools/common/plugin_world.h"

#include <utility>

#include "hallmark/plugin/limits.h"
#include "tools/common/program_environment.h"

namespace hallmark::cli {

plugin::World PluginWorldOf(const Environment& environment) {
  plugin::World world{{}, PluginEnvironment(environment), plugin::kDeadline};
  if (const auto config = environment.Folder("XDG_CONFIG_HOME", ".config")) {
    world.folders.push_back(*config / "notation" / "plugins");
  }
  world.folders.emplace_back("/usr/libexec/notation/plugins");
  return world;
}

}  // namespace hallmark::cli
