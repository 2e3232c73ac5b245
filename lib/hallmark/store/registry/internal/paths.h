#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_PATHS_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_PATHS_H_

#include <string>
#include <string_view>

#include "hallmark/oci/digest.h"
#include "hallmark/oci/reference.h"

namespace hallmark::store::registry {

// Paths of distribution-spec v1.1 "Endpoints". Repository paths, tags and digests were parsed, so
// nothing in them needs escaping.
std::string ManifestPath(const oci::Repository& repository, std::string_view tag_or_digest);
std::string BlobPath(const oci::Repository& repository, const oci::Digest& digest);
std::string ReferrersPath(const oci::Repository& repository, const oci::Digest& subject,
                          std::string_view artifact_type);
// Starts an upload, or mounts the blob where the repository has it already.
std::string UploadPath(const oci::Repository& repository);
std::string MountPath(const oci::Repository& repository, const oci::Digest& digest);

}  // namespace hallmark::store::registry

#endif  // HALLMARK_STORE_REGISTRY_INTERNAL_PATHS_H_
