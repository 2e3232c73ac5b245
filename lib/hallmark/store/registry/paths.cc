#include "hallmark/store/registry/internal/paths.h"

#include "hallmark/store/registry/internal/url.h"

namespace hallmark::store::registry {
namespace {

std::string Under(const oci::Repository& repository, std::string_view kind) {
  return "/v2/" + repository.path() + "/" + std::string(kind) + "/";
}

}  // namespace

std::string ManifestPath(const oci::Repository& repository, std::string_view tag_or_digest) {
  return Under(repository, "manifests") + std::string(tag_or_digest);
}

std::string BlobPath(const oci::Repository& repository, const oci::Digest& digest) {
  return Under(repository, "blobs") + digest.ToString();
}

std::string ReferrersPath(const oci::Repository& repository, const oci::Digest& subject,
                          std::string_view artifact_type) {
  std::string path = Under(repository, "referrers") + subject.ToString();
  if (!artifact_type.empty()) path += "?artifactType=" + PercentEncode(artifact_type);
  return path;
}

std::string UploadPath(const oci::Repository& repository) {
  return Under(repository, "blobs") + "uploads/";
}

std::string MountPath(const oci::Repository& repository, const oci::Digest& digest) {
  return UploadPath(repository) + "?mount=" + PercentEncode(digest.ToString()) +
         "&from=" + PercentEncode(repository.path());
}

}  // namespace hallmark::store::registry
