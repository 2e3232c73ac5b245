#ifndef HALLMARK_TOOLS_COMMON_PROGRAM_ENVIRONMENT_H_
#define HALLMARK_TOOLS_COMMON_PROGRAM_ENVIRONMENT_H_

#include <string>
#include <string_view>
#include <vector>

#include "tools/common/environment.h"

namespace hallmark::cli {

// "NAME=value" of the variables that other people's programs may see: where their own settings are,
// how to reach a desktop's key ring, a cloud's identity or a proxy. Never our passphrases, or a key
// in a variable.
std::vector<std::string> HelperEnvironment(const Environment& environment);

// The same for signing plugins, which reach more key services.
std::vector<std::string> PluginEnvironment(const Environment& environment);

// The same for the key service plugin `name`, and the variables that begin with its name in
// capitals: MY_HSM_TOKEN for "my-hsm". Never HALLMARK_* or COSIGN_*, whatever its name.
std::vector<std::string> KmsEnvironment(const Environment& environment, std::string_view name);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_PROGRAM_ENVIRONMENT_H_
