#ifndef HALLMARK_REVOCATION_CHECKER_H_
#define HALLMARK_REVOCATION_CHECKER_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hallmark/net/http_client.h"
#include "hallmark/revocation/status.h"

namespace hallmark::revocation {

// Keeps lists beyond the process. What it gives back is believed no more than what the network
// brings, so whoever writes into it can withhold, and nothing else.
class Cache {
 public:
  struct Kept {
    Bytes bytes;
    UnixTime since;  // when they were fetched
  };
  virtual ~Cache() = default;
  // `name` is the list's, of place and issuer. nullopt where nothing usable is kept. Safe for
  // several threads, as is Write.
  virtual std::optional<Kept> Read(const std::string& name) = 0;
  // Failing is not told: the next one asks the network.
  virtual void Write(const std::string& name, const Kept& kept) = 0;
};

struct Answer {
  Status status;
  std::vector<std::string> asked;  // places that were asked on the way, printable, each once
};

// Looks up what there is to know about certificates. Safe for several threads; two that ask about
// one certificate, or for one list, at one time cost one request.
//
// OCSP first, then lists, each place in the certificate's order, until one says Good or Revoked
// (Notary Project trust-store-trust-policy, "Certificate Revocation Evaluation"). All Unknown, or
// no usable place: Unknown with every reason. A list is fetched with the delta that it names. A
// responder whose own certificate has places is asked about there, one level deep.
//
// What was found out counts until its nextUpdate, and is looked up again after kLookAgainAfter;
// where that fails it still counts. A list or delta older than the one at hand, which the same
// issuer signed, is not taken for it. Unknown is remembered for kRetryAfter, so that a dead server
// costs a batch its deadline once; what the caller's own deadline cut short is not remembered.
class Checker {
 public:
  // Both outlive this. `cache` may be null.
  Checker(net::HttpClient& http, Cache* cache);
  ~Checker();
  Checker(const Checker&) = delete;
  Checker& operator=(const Checker&) = delete;

  Answer Check(const Context& context, const Issued& issued, UnixTime now);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hallmark::revocation

#endif  // HALLMARK_REVOCATION_CHECKER_H_
