#include "tools/common/config_places.h"

#include <algorithm>
#include <system_error>

#include "hallmark/base/printable.h"

namespace hallmark::cli {
namespace {

namespace fs = std::filesystem;

bool Exists(const fs::path& path) {
  std::error_code problem;
  return fs::exists(path, problem) && !problem;
}

Error Missing(std::string_view named_by, const std::string& path) {
  return {ErrorCode::kConfig, std::string(named_by) + ": " + Printable(path) + ": no such file"};
}

void AddIfThere(const std::optional<fs::path>& folder, std::string_view file,
                std::vector<fs::path>& files) {
  if (folder && Exists(*folder / file)) files.push_back(*folder / file);
}

// Podman's own order ends at the first file that exists; both are read here, since a login for
// another registry may be in the other.
Result<Done> AddPodman(const Environment& environment, std::vector<fs::path>& files) {
  if (const auto named = environment.Text("REGISTRY_AUTH_FILE")) {
    if (!Exists(*named)) return Missing("REGISTRY_AUTH_FILE", *named);
    files.emplace_back(*named);
    return Done{};
  }
  if (const auto runtime = environment.Text("XDG_RUNTIME_DIR"); runtime && (*runtime)[0] == '/') {
    AddIfThere(fs::path(*runtime) / "containers", "auth.json", files);
  }
  const auto config = environment.Folder("XDG_CONFIG_HOME", ".config");
  if (config) AddIfThere(*config / "containers", "auth.json", files);
  return Done{};
}

std::vector<fs::path> FilesOf(const fs::path& folder, std::string_view extension) {
  std::vector<fs::path> files;
  std::error_code problem;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, problem)) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

RegistryCertificates Read(const fs::path& folder) {
  RegistryCertificates found;
  const std::vector<fs::path> authorities = FilesOf(folder, ".crt");
  if (!authorities.empty()) found.ca = authorities.front().string();
  if (Exists(folder / "ca.crt")) found.ca = (folder / "ca.crt").string();
  for (const fs::path& cert : FilesOf(folder, ".cert")) {
    const fs::path key = fs::path(cert).replace_extension(".key");
    if (!Exists(key)) continue;
    found.cert = cert.string();
    found.key = key.string();
    break;
  }
  return found;
}

}  // namespace

Result<std::vector<fs::path>> LoginFiles(const Session& session) {
  if (const auto named = session.arguments.Value("registry-config")) {
    if (!Exists(*named)) return Missing("--registry-config", *named);
    return std::vector<fs::path>{*named};
  }
  std::vector<fs::path> files;
  AddIfThere(session.environment.Folder("DOCKER_CONFIG", ".docker"), "config.json", files);
  HALLMARK_RETURN_IF_ERROR(AddPodman(session.environment, files));
  return files;
}

RegistryCertificates CertificatesFor(const Environment& environment, const std::string& registry) {
  std::vector<fs::path> roots = {"/etc/docker/certs.d", "/etc/containers/certs.d"};
  if (const auto config = environment.Folder("XDG_CONFIG_HOME", ".config")) {
    roots.insert(roots.begin(), *config / "containers" / "certs.d");
  }
  for (const fs::path& root : roots) {
    std::error_code problem;
    if (fs::is_directory(root / registry, problem)) return Read(root / registry);
  }
  return {};
}

fs::path MemoryFile(const Environment& environment) {
  const auto cache = environment.Folder("XDG_CACHE_HOME", ".cache");
  return cache ? *cache / "hallmark" / "registries.json" : fs::path();
}

fs::path RevocationFolder(const Environment& environment) {
  const auto cache = environment.Folder("XDG_CACHE_HOME", ".cache");
  return cache ? *cache / "hallmark" / "revocation" : fs::path();
}

fs::path LockFolder(const Environment& environment) {
  if (const auto runtime = environment.Text("XDG_RUNTIME_DIR"); runtime && (*runtime)[0] == '/') {
    return fs::path(*runtime) / "hallmark";
  }
  const auto cache = environment.Folder("XDG_CACHE_HOME", ".cache");
  return cache ? *cache / "hallmark" / "locks" : fs::path();
}

}  // namespace hallmark::cli
