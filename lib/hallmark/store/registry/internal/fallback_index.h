#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_FALLBACK_INDEX_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_FALLBACK_INDEX_H_

#include <map>
#include <optional>
#include <string>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/encoding/json.h"
#include "hallmark/oci/content.h"
#include "hallmark/store/tag_merge.h"

namespace hallmark::store::registry {

// The index behind a referrers tag as one writer works on it.
class FallbackIndex final : public TagMerge {
 public:
  // `own` is the entry to bring in.
  explicit FallbackIndex(const oci::Descriptor& own);

  // Entries stay as they are, members that this build does not know included. kProtocol when the
  // tag holds no OCI image index.
  Result<Done> See(const std::optional<oci::Content>& untrusted_index) override;
  bool IsComplete() const override;
  // kLimit over 4 MiB or 1,024 entries: more than readers take.
  Result<Version> Merged() const override;

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
