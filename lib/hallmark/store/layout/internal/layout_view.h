#ifndef HALLMARK_STORE_LAYOUT_INTERNAL_LAYOUT_VIEW_H_
#define HALLMARK_STORE_LAYOUT_INTERNAL_LAYOUT_VIEW_H_

#include <cstddef>
#include <string_view>

#include "hallmark/base/context.h"
#include "hallmark/base/result.h"
#include "hallmark/store/layout/internal/layout_index.h"
#include "hallmark/store/store.h"

namespace hallmark::store {

// Where the files of a layout are: a folder or an archive. Safe for several threads.
class LayoutSource {
 public:
  virtual ~LayoutSource() = default;
  virtual Result<LayoutIndex> ReadIndex() const = 0;
  // The bytes under a digest, unchecked: all of them, or the first max_bytes + 1 of a larger blob.
  virtual Result<Bytes> ReadBlob(const oci::Digest& digest, std::size_t max_bytes) const = 0;
};

// Reading a layout, whatever it is kept in: what Reader promises of each.
Result<oci::Content> FetchManifest(const Context& context, const LayoutSource& source,
                                   const oci::Reference& reference);
// What a listing names, to be read as a manifest whatever type it is said to have.
Result<oci::Content> FetchListed(const Context& context, const LayoutSource& source,
                                 const oci::Descriptor& descriptor);
Result<oci::Content> Fetch(const Context& context, const LayoutSource& source,
                           const oci::Descriptor& descriptor);
Listing ListReferrers(const Context& context, const LayoutSource& source,
                      const oci::Digest& subject, std::string_view artifact_type);

// The one image of a layout: the only digest among the tagged entries or, when no entry is tagged,
// among the entries; referrers and children of a listed index do not count. kConfig, naming the
// tags, when there is another number of them.
Result<oci::Digest> FindOnlyImage(const Context& context, const LayoutSource& source);

// kTimeout when the deadline passed or the caller asked to stop.
Result<Done> CheckTime(const Context& context);

}  // namespace hallmark::store

#endif  // HALLMARK_STORE_LAYOUT_INTERNAL_LAYOUT_VIEW_H_
