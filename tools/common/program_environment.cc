#include "tools/common/program_environment.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace hallmark::cli {
namespace {

constexpr std::array<std::string_view, 19> kHelperVariables = {
    "HOME",      "PATH",          "USER",          "LOGNAME",           "LANG",
    "TMPDIR",    "DISPLAY",       "DOCKER_CONFIG", "WAYLAND_DISPLAY",   "DBUS_SESSION_BUS_ADDRESS",
    "GNUPGHOME", "GPG_TTY",       "HTTPS_PROXY",   "https_proxy",       "NO_PROXY",
    "no_proxy",  "SSL_CERT_FILE", "SSL_CERT_DIR",  "PASSWORD_STORE_DIR"};
constexpr std::array<std::string_view, 6> kHelperPrefixes = {"LC_",       "XDG_",   "AWS_",
                                                             "CLOUDSDK_", "AZURE_", "GOOGLE_"};
constexpr std::array<std::string_view, 3> kPluginPrefixes = {"VAULT_", "ALIBABA_CLOUD_",
                                                             "NOTATION_"};

bool IsForHelpers(std::string_view name) {
  return std::find(kHelperVariables.begin(), kHelperVariables.end(), name) !=
             kHelperVariables.end() ||
         std::any_of(kHelperPrefixes.begin(), kHelperPrefixes.end(),
                     [&](std::string_view prefix) { return name.starts_with(prefix); });
}

bool IsForPlugins(std::string_view name) {
  // notation's login for registries.
  if (name == "NOTATION_USERNAME" || name == "NOTATION_PASSWORD") return false;
  return IsForHelpers(name) ||
         std::any_of(kPluginPrefixes.begin(), kPluginPrefixes.end(),
                     [&](std::string_view prefix) { return name.starts_with(prefix); });
}

// "MY_HSM_" for "my-hsm".
std::string PrefixOf(std::string_view name) {
  std::string prefix;
  for (const char c : name) {
    const bool is_small = c >= 'a' && c <= 'z';
    prefix += is_small ? static_cast<char>(c - 'a' + 'A') : (c == '-' || c == '.' ? '_' : c);
  }
  return prefix + "_";
}

}  // namespace

std::vector<std::string> HelperEnvironment(const Environment& environment) {
  return environment.Select(IsForHelpers);
}

std::vector<std::string> PluginEnvironment(const Environment& environment) {
  return environment.Select(IsForPlugins);
}

std::vector<std::string> KmsEnvironment(const Environment& environment, std::string_view name) {
  return environment.Select([prefix = PrefixOf(name)](std::string_view variable) {
    if (variable.starts_with("HALLMARK_") || variable.starts_with("COSIGN_")) return false;
    return IsForPlugins(variable) || variable.starts_with(prefix);
  });
}

}  // namespace hallmark::cli
