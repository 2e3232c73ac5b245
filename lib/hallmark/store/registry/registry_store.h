#ifndef HALLMARK_STORE_REGISTRY_REGISTRY_STORE_H_
#define HALLMARK_STORE_REGISTRY_REGISTRY_STORE_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hallmark/base/secret.h"
#include "hallmark/net/http_client.h"
#include "hallmark/store/store.h"

namespace hallmark::store {

// A login for one registry, as docker and podman store it.
struct Credential {
  std::string username;  // "<token>" when `secret` is an identity token (OAuth2 refresh token)
  Secret secret;
  bool is_identity_token = false;
};

// Answers with the login for exactly this host[:port], nullopt when there is none (anonymous), or
// an Error when a helper failed (then nothing else is tried: A84).
using CredentialLookup =
    std::function<Result<std::optional<Credential>>(const Context&, std::string_view registry)>;

struct RegistryOptions {
  CredentialLookup credentials;   // never empty; may answer nullopt to everything
  bool allow_plain_http = false;  // for hosts that are not loopback, when https does not answer
  // Ask loopback hosts by https first: for a CA file given by the operator. Else http comes first,
  // and https when the port turns out to speak it.
  bool prefer_https_on_loopback = false;
  // Token realms that the operator trusts with a registry's login although they are on another
  // domain: {"registry.example", "auth.corp.example"} (A82). docker.io's is built in.
  std::vector<std::pair<std::string, std::string>> token_realms;
  // What is known from before about a registry: whether it has the referrers API. Asked before the
  // first listing, told after it. It decides which place is asked first, and proves nothing. Both
  // may be empty.
  std::function<std::optional<bool>(std::string_view registry)> known_referrers_api;
  std::function<void(std::string_view registry, bool has_api)> learned_referrers_api;
  // Folder for the locks by which signers on this machine take turns at one fallback tag; empty:
  // none (correct without, slower under contention).
  std::string lock_folder;
};

// OCI distribution-spec v1.1 over HTTP. Implements Reader and Writer.
//
// Requests: no ping; authentication is learnt from the first 401; a manifest or blob is one GET;
// uploads are POST and PUT. Loopback hosts are asked by http, and by https when the port speaks
// that; others by https only unless allowed. The first exchange decides for the store's lifetime.
// Credentials go to the registry itself and to its token realm when that is https (or loopback)
// and on the registry's host, its own domain or a realm known for it; never along a redirect to
// another origin. At most 5 redirects, none from https to http (A82, A83).
// 429 and 503 with Retry-After are honoured while the deadline allows; reads are retried once
// after a reset on a kept connection. How referrers are read and written:
// docs/formats/referrers.md.
class RegistryStore final : public Reader, public Writer {
 public:
  // `http` outlives the store.
  RegistryStore(net::HttpClient& http, RegistryOptions options);
  ~RegistryStore() override;

  Result<oci::Content> FetchManifest(const Context&, const oci::Reference&) override;
  Result<oci::Content> Fetch(const Context&, const oci::Repository&,
                             const oci::Descriptor&) override;
  Listing Referrers(const Context&, const oci::Repository&, const oci::Digest& subject,
                    std::string_view artifact_type) override;

  Result<Done> PushBlob(const Context&, const oci::Repository&, const oci::Content&) override;
  Result<Done> PushManifest(const Context&, const oci::Repository&, const oci::Content&) override;
  Result<Done> Tag(const Context&, const oci::Repository&, const oci::Content& manifest,
                   std::string_view tag) override;
  Result<oci::Digest> EditTag(const Context&, const oci::Repository&, std::string_view tag,
                              TagMerge& merge) override;

  // One look at a registry for `hallmark doctor`: can it be reached and logged in to, which API
  // version, how it answers the referrers API for a digest that cannot exist.
  struct Abilities {
    bool needs_auth = false;
    std::optional<bool> referrers_api;  // nullopt: it did not say
  };
  Result<Abilities> Probe(const Context&, const oci::Repository&);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hallmark::store

#endif  // HALLMARK_STORE_REGISTRY_REGISTRY_STORE_H_
