#include "hallmark/store/registry/internal/realm.h"

#include <algorithm>

namespace hallmark::store::registry {
namespace {

bool IsTrustedRealm(std::string_view registry, const Url& realm, const TrustedRealms& trusted) {
  if (registry == "docker.io" && realm.Authority() == "auth.docker.io") return true;
  return std::any_of(trusted.begin(), trusted.end(), [&](const auto& entry) {
    return entry.first == registry && entry.second == realm.Authority();
  });
}

bool IsBelow(std::string_view host, std::string_view domain) {
  return host.size() > domain.size() + 1 && host.ends_with(domain) &&
         host[host.size() - domain.size() - 1] == '.';
}

// "gitlab.com" is directly above "registry.gitlab.com"; "com" is above nothing.
bool IsDirectlyAbove(std::string_view domain, std::string_view host) {
  const std::size_t dot = host.find('.');
  return dot != std::string_view::npos && host.substr(dot + 1) == domain &&
         domain.find('.') != std::string_view::npos;
}

bool IsOwnDomain(std::string_view registry_host, std::string_view realm_host) {
  if (realm_host == registry_host) return true;
  if (IsIpLiteral(registry_host) || IsIpLiteral(realm_host)) return false;
  if (registry_host.find('.') == std::string_view::npos) return false;
  return IsBelow(realm_host, registry_host) || IsDirectlyAbove(realm_host, registry_host);
}

}  // namespace

bool MayReceiveLogin(std::string_view registry, const Url& registry_url, const Url& realm,
                     const TrustedRealms& trusted) {
  if (realm.scheme == Scheme::kHttp) {
    return IsLoopback(registry_url.host) && IsLoopback(realm.host);
  }
  return IsTrustedRealm(registry, realm, trusted) || IsOwnDomain(registry_url.host, realm.host);
}

bool MayBeAskedAnonymously(std::string_view registry, const Url& registry_url, const Url& realm,
                           const TrustedRealms& trusted) {
  if (MayReceiveLogin(registry, registry_url, realm, trusted)) return true;
  return realm.scheme == Scheme::kHttps && !IsIpLiteral(realm.host) && !IsLoopback(realm.host);
}

}  // namespace hallmark::store::registry
