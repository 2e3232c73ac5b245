#ifndef HALLMARK_TESTS_SUPPORT_REGISTRY_AUTH_H_
#define HALLMARK_TESTS_SUPPORT_REGISTRY_AUTH_H_

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/support/registry/http.h"

namespace hallmark::test {

// Basic logins (RFC 7617) and the token protocol of distribution (spec/auth/token.md, oauth.md).
class Auth {
 public:
  // `options` outlives this; `own_url` is where /token is when no realm is configured.
  Auth(const RegistryOptions& options, std::string own_url);

  // nullopt: go ahead. Otherwise the 401.
  std::optional<HttpResponse> Check(const HttpRequest& request);
  // GET and POST /token.
  HttpResponse Token(const HttpRequest& request);

 private:
  HttpResponse Challenge(const std::string& scope, bool insufficient) const;
  bool Knows(const std::string& form) const;  // the login of an OAuth2 form
  HttpResponse Grant(const std::vector<std::string>& scopes, bool may_push);

  const RegistryOptions& options_;
  std::string own_url_;
  std::string basic_header_;  // what Authorization has to be; empty: no login
  std::mutex mutex_;
  std::map<std::string, std::set<std::string>> tokens_;  // token -> "repository:app:pull"
  std::uint64_t counter_ = 0;
};

}  // namespace hallmark::test

#endif  // HALLMARK_TESTS_SUPPORT_REGISTRY_AUTH_H_
