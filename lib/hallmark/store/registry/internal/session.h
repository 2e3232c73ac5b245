#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_SESSION_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_SESSION_H_

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "hallmark/base/context.h"
#include "hallmark/base/result.h"
#include "hallmark/net/http_client.h"
#include "hallmark/store/registry/internal/answer.h"
#include "hallmark/store/registry/internal/auth.h"
#include "hallmark/store/registry/internal/host.h"

namespace hallmark::store::registry {

// A request to a registry, before scheme, login and redirects are known.
struct Call {
  std::string method;
  std::string target;            // "/v2/app/manifests/1.4", with query
  std::optional<Url> elsewhere;  // instead of `target`: an upload's or a page's absolute URL
  Scope scope;
  net::Headers headers;
  ByteView body;  // borrowed
  std::size_t max_response_bytes = kMaxErrorBytes;
};

// Turns a Call into exchanges: chooses the scheme, answers 401 once, follows redirects, waits as
// Retry-After asks, repeats a read once after a reset. An answer of any status is an Answer; an
// Error names method, host and path. Safe for several threads.
class Session {
 public:
  Session(net::HttpClient& http, const RegistryOptions& options)
      : http_(http), options_(options), authenticator_(http, options) {}

  // The host's memory, made at the first call for it.
  Host& HostOf(const std::string& registry);

  Result<Answer> Exchange(const Context&, Host&, const Call&);

  const RegistryOptions& options() const { return options_; }

 private:
  struct Hop;
  Result<Answer> Authenticated(const Context&, Host&, const Call&);
  Result<Answer> Followed(const Context&, Host&, const Call&,
                          const std::optional<std::string>& authorization);
  Result<Answer> AtTarget(const Context&, Host&, const Hop&);
  Result<Answer> Negotiated(const Context&, Host&, const Hop&);
  Result<Answer> Once(const Context&, Host&, const Hop&, const Url&);

  net::HttpClient& http_;
  const RegistryOptions& options_;
  Authenticator authenticator_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<Host>> hosts_;
};

}  // namespace hallmark::store::registry

#endif  // HALLMARK_STORE_REGISTRY_INTERNAL_SESSION_H_
