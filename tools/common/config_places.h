#ifndef HALLMARK_TOOLS_COMMON_CONFIG_PLACES_H_
#define HALLMARK_TOOLS_COMMON_CONFIG_PLACES_H_

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "hallmark/base/result.h"
#include "tools/common/session.h"

// Where docker, podman and Hallmark keep what we look for. Never the working folder (A110).
namespace hallmark::cli {

// Files with logins, most important first: --registry-config FILE alone; else docker's config.json
// (DOCKER_CONFIG or ~/.docker) and podman's auth.json (REGISTRY_AUTH_FILE, or
// XDG_RUNTIME_DIR/containers, or ~/.config/containers). Only files that exist. kConfig when one
// that was named does not.
Result<std::vector<std::filesystem::path>> LoginFiles(const Session& session);

// What certs.d says about one registry: /etc/docker/certs.d, /etc/containers/certs.d and
// ~/.config/containers/certs.d, the first that has a folder of the registry's name.
struct RegistryCertificates {
  std::optional<std::string> ca;    // ca.crt, or the first other *.crt
  std::optional<std::string> cert;  // client certificate NAME.cert with its NAME.key
  std::optional<std::string> key;
};
RegistryCertificates CertificatesFor(const Environment& environment, const std::string& registry);

// Hallmark's own files: what was learnt about registries, revocation lists, and locks of signers.
// Empty when no absolute folder is known.
std::filesystem::path MemoryFile(const Environment& environment);
std::filesystem::path RevocationFolder(const Environment& environment);
std::filesystem::path LockFolder(const Environment& environment);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_CONFIG_PLACES_H_
