#ifndef HALLMARK_TOOLS_COMMON_REVOCATION_LOOKUP_H_
#define HALLMARK_TOOLS_COMMON_REVOCATION_LOOKUP_H_

#include <memory>
#include <mutex>

#include "hallmark/revocation/checker.h"
#include "tools/common/crl_cache.h"
#include "tools/common/session.h"

namespace hallmark::cli {

// A client that is made when something is sent: most verifications look nothing up.
class LazyClient final : public net::HttpClient {
 public:
  explicit LazyClient(net::CurlOptions options) : options_(std::move(options)) {}
  Result<net::Response> Send(const Context& context, const net::Request& request) override;

 private:
  Result<net::HttpClient*> Client();

  net::CurlOptions options_;
  std::mutex mutex_;
  std::unique_ptr<net::HttpClient> client_;
};

// Whom `verify` asks about revoked certificates: over the network, as --offline,
// --local-revocation and the proxy of the environment say, with the user's cache of lists.
class RevocationLookup {
 public:
  explicit RevocationLookup(const Session& session);

  revocation::Checker& checker() { return checker_; }

 private:
  LazyClient client_;
  CrlCache cache_;
  revocation::Checker checker_;
};

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_REVOCATION_LOOKUP_H_
