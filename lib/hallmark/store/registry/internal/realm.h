#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_REALM_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_REALM_H_

#include <string>
#include <utility>
#include <vector>

#include "hallmark/store/registry/internal/url.h"

namespace hallmark::store::registry {

// Host names of token realms by registry, beyond the built-in ones.
using TrustedRealms = std::vector<std::pair<std::string, std::string>>;

// Whether a registry's login may be sent to the realm it named (A82). By https: the registry's own
// host (any port), a host below it, the domain directly above it (registry.gitlab.com and
// gitlab.com; never a single label), or a host in `trusted`; docker.io's realm is built in. A
// literal address is only ever itself. Plain http: from a loopback registry to a loopback realm.
bool MayReceiveLogin(std::string_view registry, const Url& registry_url, const Url& realm,
                     const TrustedRealms& trusted);

// Whether a realm may be asked for an anonymous token: as above, and any https host with a name.
bool MayBeAskedAnonymously(std::string_view registry, const Url& registry_url, const Url& realm,
                           const TrustedRealms& trusted);

}  // namespace hallmark::store::registry

#endif  // HALLMARK_STORE_REGISTRY_INTERNAL_REALM_H_
