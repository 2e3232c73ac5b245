#ifndef HALLMARK_STORE_LAYOUT_ARCHIVE_STORE_H_
#define HALLMARK_STORE_LAYOUT_ARCHIVE_STORE_H_

#include <filesystem>
#include <memory>

#include "hallmark/store/store.h"

namespace hallmark::store {

// An OCI image layout inside an uncompressed tar file ("oci-archive:FILE"), read in place: nothing
// is unpacked, so no name in it can reach the disk. Reader only. kConfig when the file cannot be
// opened or is compressed; kMalformed for links, devices, "..", absolute names, duplicate names,
// sizes that disagree between headers; kLimit over 100,000 entries (A91).
class ArchiveStore final : public Reader {
 public:
  static Result<std::unique_ptr<ArchiveStore>> Open(const std::filesystem::path& file);
  ~ArchiveStore() override;

  // As LayoutStore::OnlyImage.
  Result<oci::Digest> OnlyImage(const Context&);

  Result<oci::Content> FetchManifest(const Context&, const oci::Reference&) override;
  Result<oci::Content> Fetch(const Context&, const oci::Repository&,
                             const oci::Descriptor&) override;
  Listing Referrers(const Context&, const oci::Repository&, const oci::Digest& subject,
                    std::string_view artifact_type) override;

 private:
  struct Impl;
  explicit ArchiveStore(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace hallmark::store

#endif  // HALLMARK_STORE_LAYOUT_ARCHIVE_STORE_H_
