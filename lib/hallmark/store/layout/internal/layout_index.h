#ifndef HALLMARK_STORE_LAYOUT_INTERNAL_LAYOUT_INDEX_H_
#define HALLMARK_STORE_LAYOUT_INTERNAL_LAYOUT_INDEX_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/encoding/json.h"
#include "hallmark/oci/content.h"

namespace hallmark::store {

// The index.json of a layout (OCI image-spec v1.1, image-layout.md#indexjson-file). Edits return
// the bytes of a new index.json in which every member that is not edited stands as it stood, known
// or not; nullopt when there is nothing to change.
class LayoutIndex {
 public:
  // As strict as oci::ParseDocument; kMalformed or kLimit as there.
  static Result<LayoutIndex> Parse(ByteView untrusted_bytes);

  const std::vector<oci::Descriptor>& entries() const { return entries_; }

  // The entry whose name is `tag`; when there is none, the one whose name is a full reference with
  // that tag. kNotFound; kMalformed when entries of different digests answer to it.
  Result<oci::Descriptor> FindTag(std::string_view tag) const;

  // kMalformed when two entries of the digest disagree about type or size.
  Result<std::optional<oci::Descriptor>> FindDigest(const oci::Digest& digest) const;

  // Adds a referrer, without any name its annotations would give it. kLimit: the index is full.
  Result<std::optional<Bytes>> WithReferrer(const oci::Descriptor& entry) const;

  // Gives `tag` to the manifest alone; what had it stays listed without it. kLimit as above.
  Result<std::optional<Bytes>> WithTag(const oci::Descriptor& manifest, std::string_view tag) const;

  // Puts the manifest in the place of what FindTag finds for `tag`: the entry keeps its name and
  // its other members, and what it described is no longer listed. Without one, as WithTag.
  Result<std::optional<Bytes>> WithNewVersion(const oci::Descriptor& manifest,
                                              std::string_view tag) const;

 private:
  LayoutIndex(std::vector<oci::Descriptor> entries, json::Value document)
      : entries_(std::move(entries)), document_(std::move(document)) {}

  std::vector<oci::Descriptor> entries_;
  json::Value document_;
};

// The name an entry of index.json has; empty when it has none.
std::string_view NameOf(const oci::Descriptor& entry);

// The tag within that name, which may be a full reference; empty when there is none.
std::string_view TagOf(const oci::Descriptor& entry);

}  // namespace hallmark::store

#endif  // HALLMARK_STORE_LAYOUT_INTERNAL_LAYOUT_INDEX_H_
