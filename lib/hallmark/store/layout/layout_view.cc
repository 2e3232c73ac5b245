#include "hallmark/store/layout/internal/layout_view.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

#include "hallmark/oci/limits.h"
#include "hallmark/oci/manifest.h"
#include "hallmark/oci/media_types.h"
#include "hallmark/store/limits.h"

namespace hallmark::store {
namespace {

Error TooLarge(const oci::Descriptor& descriptor, std::size_t max_bytes) {
  return {ErrorCode::kLimit, descriptor.digest.ToString() + ": " + std::to_string(descriptor.size) +
                                 " bytes, at most " + std::to_string(max_bytes) + " are read"};
}

Result<oci::Content> ReadChecked(const LayoutSource& source, const oci::Descriptor& descriptor,
                                 std::size_t max_bytes) {
  if (descriptor.size > max_bytes) return TooLarge(descriptor, max_bytes);
  HALLMARK_ASSIGN(Bytes bytes,
                  source.ReadBlob(descriptor.digest, static_cast<std::size_t>(descriptor.size)));
  return oci::Content::Check(descriptor, std::move(bytes));
}

// A manifest that index.json does not list, such as a child of an index: its size and type are
// what its bytes say, once they are known to be the digest's.
Result<oci::Content> ReadUnlisted(const LayoutSource& source, const oci::Digest& digest) {
  HALLMARK_ASSIGN(Bytes bytes, source.ReadBlob(digest, oci::kMaxManifestBytes));
  oci::Descriptor descriptor{{}, digest, bytes.size(), {}, {}, {}};
  if (bytes.size() > oci::kMaxManifestBytes) return TooLarge(descriptor, oci::kMaxManifestBytes);
  HALLMARK_ASSIGN(oci::Content untyped, oci::Content::Check(descriptor, std::move(bytes)));
  HALLMARK_ASSIGN(descriptor.media_type, oci::DetectMediaType(untyped.bytes()));
  return oci::Content::Check(std::move(descriptor),
                             Bytes(untyped.bytes().begin(), untyped.bytes().end()));
}

}  // namespace

Result<Done> CheckTime(const Context& context) {
  if (context.stop.stop_requested()) return Error(ErrorCode::kTimeout, "stopped on request");
  if (context.deadline <= std::chrono::steady_clock::now()) {
    return Error(ErrorCode::kTimeout, "the deadline passed");
  }
  return Done{};
}

Result<oci::Content> FetchManifest(const Context& context, const LayoutSource& source,
                                   const oci::Reference& reference) {
  HALLMARK_RETURN_IF_ERROR(CheckTime(context));
  HALLMARK_ASSIGN(const LayoutIndex index, source.ReadIndex());
  std::optional<oci::Digest> digest = reference.digest();
  if (!digest) {
    HALLMARK_ASSIGN(const oci::Descriptor tagged, index.FindTag(reference.tag().value_or("")));
    digest = tagged.digest;
  }
  HALLMARK_ASSIGN(const std::optional<oci::Descriptor> entry, index.FindDigest(*digest));
  if (!entry) return ReadUnlisted(source, *digest);
  return ReadChecked(source, *entry, oci::kMaxManifestBytes);
}

Result<oci::Content> Fetch(const Context& context, const LayoutSource& source,
                           const oci::Descriptor& descriptor) {
  HALLMARK_RETURN_IF_ERROR(CheckTime(context));
  const bool is_manifest =
      oci::IsManifestType(descriptor.media_type) || oci::IsIndexType(descriptor.media_type);
  return ReadChecked(source, descriptor, is_manifest ? oci::kMaxManifestBytes : kMaxBlobBytes);
}

Result<oci::Content> FetchListed(const Context& context, const LayoutSource& source,
                                 const oci::Descriptor& descriptor) {
  HALLMARK_RETURN_IF_ERROR(CheckTime(context));
  return ReadChecked(source, descriptor, oci::kMaxManifestBytes);
}

}  // namespace hallmark::store
