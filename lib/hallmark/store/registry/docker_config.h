#ifndef HALLMARK_STORE_REGISTRY_DOCKER_CONFIG_H_
#define HALLMARK_STORE_REGISTRY_DOCKER_CONFIG_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/base/context.h"
#include "hallmark/base/result.h"
#include "hallmark/store/registry/credential_helper.h"
#include "hallmark/store/registry/registry_store.h"

namespace hallmark::store {

// The logins of docker's config.json and of podman's auth.json (containers-auth.json(5)), which
// share a form: "auths" with "auth" (base64 of user:password), "username" and "password", or
// "identitytoken"; "credHelpers"; "credsStore". Every other member is another tool's business and
// ignored, "registrytoken" included, which no tool writes. The file is the caller's to find.
//
// Keys name hosts: "registry.example", "registry.example:5000", as a URL or not, with nothing or
// exactly one of /, /v1, /v1/, /v2 and /v2/ behind. A host matches exactly, port included (A84);
// docker.io is also known as "https://index.docker.io/v1/". Keys with any other path are podman's
// logins for one namespace; they are not used, since a login is chosen by host here.
class DockerConfig {
 public:
  // `file_name` is for messages. kConfig for anything that is not of the form, naming the file and
  // the key and never a value. kLimit over 1 MiB.
  static Result<DockerConfig> Parse(ByteView untrusted_text, const std::string& file_name);

  DockerConfig(DockerConfig&&) noexcept = default;
  DockerConfig& operator=(DockerConfig&&) noexcept = default;

  // The login for exactly this registry (Repository::registry()): its credHelpers entry decides
  // alone; else credsStore, and what it does not have from "auths". A helper's failure is the
  // answer: nothing else is tried.
  Result<std::optional<Credential>> Find(const Context&, const HelperWorld&,
                                         std::string_view registry) const;

  // kConfig when a helper that Find would run for this registry is not there. Runs nothing.
  Result<Done> CheckHelper(const HelperWorld&, std::string_view registry) const;

 private:
  struct Login {
    std::string registry;
    Credential credential;
  };
  DockerConfig() = default;
  std::optional<Credential> Stored(std::string_view registry) const;
  friend class DockerConfigReader;

  std::vector<Login> logins_;
  std::map<std::string, std::string> helpers_;  // by registry
  std::string store_;                           // empty: none
};

// Asks several files in their order; the first that has a login, or fails, answers.
CredentialLookup LookUpIn(std::vector<DockerConfig> configs, HelperWorld world);

// The registry that a key of "auths" or "credHelpers" names, in Repository::registry() spelling;
// nullopt for a key that names a namespace or nothing.
std::optional<std::string> RegistryOfKey(std::string_view key);

}  // namespace hallmark::store

#endif  // HALLMARK_STORE_REGISTRY_DOCKER_CONFIG_H_
