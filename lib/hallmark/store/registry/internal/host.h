#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_HOST_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_HOST_H_

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "hallmark/base/secret.h"
#include "hallmark/store/registry/internal/url.h"
#include "hallmark/store/registry/registry_store.h"

namespace hallmark::store::registry {

// A Bearer token and the moment after which it is not sent any more.
struct Token {
  Secret secret;
  std::chrono::steady_clock::time_point expires;
};

// What a registry does with conditional requests (docs/formats/referrers.md).
enum class Conditions : std::uint8_t { kUnasked = 1, kHonoured, kIgnored };

// All that one store has learnt about one registry. Safe for several threads: the atomics one by
// one, the rest under its mutex.
struct Host {
  // `registry` as Repository::registry() spells it.
  explicit Host(std::string registry);

  const std::string registry;
  const std::string name;    // where it is asked: "registry-1.docker.io" for docker.io
  const std::uint16_t port;  // 0: the scheme's
  const bool loopback;

  std::atomic<bool> scheme_known = false;
  std::atomic<Scheme> scheme = Scheme::kHttps;  // holds once scheme_known
  std::atomic<bool> answered = false;           // so connections to it may be kept ones
  std::atomic<bool> asked_for_login = false;    // there was a 401
  std::atomic<Conditions> conditions = Conditions::kUnasked;
  std::atomic<bool> sends_etags = false;

  std::timed_mutex auth_mutex;  // held while a login is under way
  bool looked_up = false;
  std::optional<Credential> login;
  bool wants_basic = false;
  std::map<std::string, Token> tokens;  // by scope

  std::mutex mutex;
  std::set<std::string> known_blobs;  // "path@digest"
  std::optional<bool> has_referrers_api;

  // The URL of an absolute path of this registry, by `scheme`.
  Url At(Scheme by, std::string_view path_and_query) const;
};

}  // namespace hallmark::store::registry

#endif  // HALLMARK_STORE_REGISTRY_INTERNAL_HOST_H_
