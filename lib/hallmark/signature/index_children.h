#ifndef HALLMARK_SIGNATURE_INDEX_CHILDREN_H_
#define HALLMARK_SIGNATURE_INDEX_CHILDREN_H_

#include <cstddef>
#include <vector>

#include "hallmark/oci/manifest.h"

namespace hallmark::signature {

// Images that one recursive operation touches, the index included, and how deep indexes may nest
// in indexes. Real indexes have under 30 platforms and one level.
inline constexpr std::size_t kMaxImages = 256;
inline constexpr std::size_t kMaxIndexDepth = 3;

// The entries of an index that are images of their own: what `--recursive` signs and judges, in
// the index's order. Left out: entries whose platform is unknown/unknown, as BuildKit marks its
// attestation manifests (no runtime selects them), and media types that are neither manifest nor
// index (image-spec v1.1 image-index.md: unknown ones are no error). An annotation alone leaves
// nothing out, and an entry without a platform stays in.
std::vector<oci::Descriptor> ImageChildren(const oci::ImageIndex& index);

}  // namespace hallmark::signature

#endif  // HALLMARK_SIGNATURE_INDEX_CHILDREN_H_
