#ifndef HALLMARK_STORE_REGISTRY_CREDENTIAL_HELPER_H_
#define HALLMARK_STORE_REGISTRY_CREDENTIAL_HELPER_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/context.h"
#include "hallmark/base/result.h"
#include "hallmark/store/registry/registry_store.h"

namespace hallmark::store {

// The world that credential helpers run in, all of it given by the caller.
struct HelperWorld {
  std::string path;                      // as $PATH; entries that are not absolute are skipped
  std::vector<std::string> environment;  // "NAME=value", nothing else is passed on
};

// Asks `docker-credential-<name> get` (docker/docker-credential-helpers) for the login of
// `server`, written to its standard input. nullopt when it answers that it has none. kConfig when
// `name` is not [a-z0-9-]+ or no such program is in `world.path`; kTimeout when the context ends
// first (the helper is then killed); kDenied for every other failure: exit status, signal, more
// than 64 KiB, an answer that is no login. What it says on standard error is dropped, its own
// words for a failure are shown.
Result<std::optional<Credential>> AskCredentialHelper(const Context&, const HelperWorld& world,
                                                      const std::string& name,
                                                      std::string_view server);

// kConfig when AskCredentialHelper would be kConfig for that name. Runs nothing.
Result<Done> CheckCredentialHelper(const HelperWorld& world, const std::string& name);

}  // namespace hallmark::store

#endif  // HALLMARK_STORE_REGISTRY_CREDENTIAL_HELPER_H_
