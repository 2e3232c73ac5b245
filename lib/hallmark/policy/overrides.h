#ifndef HALLMARK_POLICY_OVERRIDES_H_
#define HALLMARK_POLICY_OVERRIDES_H_

#include <set>
#include <string>
#include <vector>

#include "hallmark/base/time.h"
#include "hallmark/crypto/public_key.h"
#include "hallmark/oci/digest.h"
#include "hallmark/policy/image_pattern.h"
#include "hallmark/store/store.h"

// What holds beside all rules of a policy (docs/policy.md, "deny" and "exceptions").
namespace hallmark::policy {

// Digests win over every rule, mode and exception; signatures by keys and under certificates never
// count, and what becomes of an image without them the rule says.
struct DenyList {
  // Images, and indexes that have one of them, which are refused whoever signed them.
  std::set<oci::Digest> digests;
  // SHA-256 of the SubjectPublicKeyInfo of keys whose signatures never count, as plain keys or in
  // the certificate of a signer or of one of its issuers.
  std::set<crypto::Fingerprint> keys;
  // SHA-256 of certificates (DER): no signature counts whose path has one of them.
  std::set<crypto::Fingerprint> certificates;
};

// Lets an image through that its rule refuses, until a day, for a reason that verdicts repeat.
struct Exception {
  std::string name;
  std::string place;  // "policy.json:14"
  // Images that one of the patterns matches and whose digest is listed; an empty list is any, and
  // not both are empty.
  std::vector<ImagePattern> images;
  std::set<oci::Digest> digests;
  UnixTime until;      // inclusive
  std::string reason;  // not empty

  bool Covers(const store::Subject& subject, UnixTime now) const;
};

struct Overrides {
  DenyList deny;
  std::vector<Exception> exceptions;
};

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_OVERRIDES_H_
