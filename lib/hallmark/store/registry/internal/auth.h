#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_AUTH_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_AUTH_H_

#include <optional>
#include <string>

#include "hallmark/base/context.h"
#include "hallmark/base/result.h"
#include "hallmark/net/http_client.h"
#include "hallmark/store/registry/internal/answer.h"
#include "hallmark/store/registry/internal/challenge.h"
#include "hallmark/store/registry/internal/host.h"

namespace hallmark::store::registry {

// What a request does to a repository, as token services name it.
struct Scope {
  std::string repository;  // empty: none
  bool push = false;

  // "repository:app:pull,push"
  std::string ToString() const;
};

// Authentication of one store against its registries: Basic, and Bearer by the token protocol of
// distribution ("Token Authentication Specification") and its OAuth2 form for identity tokens.
// Nothing is sent before a registry has asked. The scope is ours and not the challenge's, so that
// a registry cannot ask a shared realm for rights to another repository. Safe for several threads:
// one login at a time a registry, tokens are kept until they expire.
class Authenticator {
 public:
  // Both outlive the authenticator.
  Authenticator(net::HttpClient& http, const RegistryOptions& options)
      : http_(http), options_(options) {}

  // The Authorization value to send with a request; nullopt while the registry has not asked.
  std::optional<std::string> Known(const Context&, Host&, const Scope&);

  // Answers a 401 of the registry itself: the Authorization value to try. `refused` is the value
  // that was sent with the request, which is forgotten. kDenied when there is no login, the
  // registry asks for a scheme that we do not speak, the realm is none to send a login to, or the
  // realm refuses; a helper's error as it comes.
  Result<std::string> Answer401(const Context&, Host&, const Scope&, const Answer&,
                                const std::optional<std::string>& refused);

 private:
  Result<std::string> Bearer(const Context&, Host&, const Scope&, const Answer&, const Challenge&);
  Result<std::string> Basic(Host&, const Answer&);
  Result<Done> LookUp(const Context&, Host&);
  Result<Token> FetchToken(const Context&, const Host&, const Scope&, const Challenge&,
                           const Url& realm);

  net::HttpClient& http_;
  const RegistryOptions& options_;
};

}  // namespace hallmark::store::registry

#endif  // HALLMARK_STORE_REGISTRY_INTERNAL_AUTH_H_
