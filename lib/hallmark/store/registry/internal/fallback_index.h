#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_FALLBACK_INDEX_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_FALLBACK_INDEX_H_

#include <map>
#include <optional>
#include <string>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/encoding/json.h"
#include "hallmark/oci/content.h"

namespace hallmark::store::registry {

// The index behind a referrers tag as one writer works on it: it knows every entry that it has
// ever seen there, so that what another writer's stale index dropped comes back with the next
// write (docs/adr/0003). No I/O.
class FallbackIndex {
 public:
  // `own` is the entry to bring in.
  explicit FallbackIndex(const oci::Descriptor& own);

  // Takes note of what the tag holds now; nullopt: nothing. Entries stay as they are, members that
  // this build does not know included. kProtocol when it is no OCI image index (writing over it
  // would destroy what it is).
  Result<Done> See(const std::optional<Bytes>& untrusted_index);

  // Whether what was last seen holds every entry ever seen, and ours as it should be.
  bool IsComplete() const;

  // What was last seen plus what was missing in it, in that order. kLimit over 4 MiB or 1,024
  // entries: more than readers take.
  Result<Bytes> Merged() const;

 private:
  std::string own_digest_;
  json::Value own_;
  std::optional<json::Value> current_;
  std::map<std::string, json::Value> seen_;  // by digest; ours included
};

// The entry of a referrer as the specification wants it: the manifest's descriptor, its artifact
// type (else its config's media type) and its annotations. kMalformed when `content` does not
// parse.
struct Referrer {
  oci::Digest subject;
  oci::Descriptor entry;
};
// nullopt when the manifest names no subject.
Result<std::optional<Referrer>> ReferrerOf(const oci::Content& content);

}  // namespace hallmark::store::registry

#endif  // HALLMARK_STORE_REGISTRY_INTERNAL_FALLBACK_INDEX_H_
