#ifndef HALLMARK_STORE_TAG_MERGE_H_
#define HALLMARK_STORE_TAG_MERGE_H_

#include <optional>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/oci/content.h"

namespace hallmark::store {

// What one writer brings into a document that many writers share behind one tag: an index of
// referrers, a manifest whose layers are signatures. Pure; a store drives it (Writer::EditTag), as
// often as other writers come in between. It remembers every element it was ever shown, so that
// what another writer's stale version dropped comes back with the next one (docs/adr/0003).
class TagMerge {
 public:
  virtual ~TagMerge() = default;

  // Takes note of what the tag holds now; nullopt: nothing. kProtocol when that is something else
  // than the shared document: writing over it would destroy what it is.
  virtual Result<Done> See(const std::optional<oci::Content>& untrusted_current) = 0;

  // Whether what was last seen holds every element ever seen, and ours as it should be.
  virtual bool IsComplete() const = 0;

  // A version of the document, and the blobs that it needs and that no element brought along.
  struct Version {
    oci::Content manifest;
    std::vector<oci::Content> blobs = {};
  };
  // What was last seen plus what was missing in it, in that order; everything else as it stood.
  // kLimit when that is more than readers take.
  virtual Result<Version> Merged() const = 0;
};

}  // namespace hallmark::store

#endif  // HALLMARK_STORE_TAG_MERGE_H_
