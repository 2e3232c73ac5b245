#ifndef HALLMARK_STORE_LAYOUT_LAYOUT_STORE_H_
#define HALLMARK_STORE_LAYOUT_LAYOUT_STORE_H_

#include <filesystem>
#include <memory>

#include "hallmark/store/store.h"

namespace hallmark::store {

// An OCI image layout folder (image-spec v1.1 image-layout.md). Implements Reader and Writer; the
// repository of a call is only the name of the layout and is not looked at.
//
// A tag is the annotation org.opencontainers.image.ref.name of an entry of index.json (a full
// reference there is matched by its tag). Referrers are entries of index.json, and manifests in
// the fallback-tag index "sha256-<hex>" when there is one, whose own "subject" names the digest.
// Blob paths are built from parsed digests only; a blob that is a symbolic link, a device, or
// outside the folder is refused, and every blob is checked against its digest (A90).
// Writes: blobs to a temporary, fsync, rename, fsync of the folder; index.json the same way under
// a lock, so that a kill at any moment leaves the old or the new index and two writers lose
// nothing. kStorage for permission and full disks, with nothing half written.
class LayoutStore final : public Reader, public Writer {
 public:
  // kConfig when the folder has no oci-layout file of version 1.0.x or no index.json.
  static Result<std::unique_ptr<LayoutStore>> Open(const std::filesystem::path& folder);
  ~LayoutStore() override;

  // The image to take when nobody named one: the only digest among the tagged entries or, when
  // nothing is tagged, among all; referrers and children of an index do not count. kConfig, naming
  // the tags, when there is none or more than one.
  Result<oci::Digest> OnlyImage(const Context&);

  Result<oci::Content> FetchManifest(const Context&, const oci::Reference&) override;
  Result<oci::Content> Fetch(const Context&, const oci::Repository&,
                             const oci::Descriptor&) override;
  Listing Referrers(const Context&, const oci::Repository&, const oci::Digest& subject,
                    std::string_view artifact_type) override;

  Result<Done> PushBlob(const Context&, const oci::Repository&, const oci::Content&) override;
  Result<Done> PushManifest(const Context&, const oci::Repository&, const oci::Content&) override;
  Result<Done> Tag(const Context&, const oci::Repository&, const oci::Content& manifest,
                   std::string_view tag) override;
  Result<oci::Digest> EditTag(const Context&, const oci::Repository&, std::string_view tag,
                              TagMerge& merge) override;

 private:
  struct Impl;
  explicit LayoutStore(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace hallmark::store

#endif  // HALLMARK_STORE_LAYOUT_LAYOUT_STORE_H_
