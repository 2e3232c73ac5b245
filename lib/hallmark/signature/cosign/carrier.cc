#include "hallmark/signature/cosign/internal/carrier.h"

#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/oci/manifest.h"
#include "hallmark/oci/media_types.h"
#include "hallmark/signature/cosign/internal/media_types.h"
#include "hallmark/store/referrer.h"

namespace hallmark::signature::cosign {
namespace {

std::vector<Candidate> CandidatesOf(const oci::Content& content,
                                    const oci::ImageManifest& manifest) {
  std::vector<Candidate> candidates;
  for (auto layer = manifest.layers.rbegin(); layer != manifest.layers.rend(); ++layer) {
    candidates.push_back({content.descriptor(), *layer});
  }
  return candidates;
}

}  // namespace

bool MayBeReferrer(const oci::Descriptor& entry) {
  return oci::IsManifestType(entry.media_type) &&
         (entry.artifact_type.empty() || entry.artifact_type == kReferrerType);
}

Result<std::vector<Candidate>> LayersOf(const oci::Content& manifest) {
  HALLMARK_ASSIGN(const oci::Document document, oci::ParseDocument(manifest));
  const auto* image = std::get_if<oci::ImageManifest>(&document);
  if (image == nullptr) return std::vector<Candidate>();
  return CandidatesOf(manifest, *image);
}

Result<std::variant<std::vector<Candidate>, Unrelated>> ReferrerLayersOf(
    const oci::Content& manifest, const oci::Digest& subject) {
  using Carried = std::variant<std::vector<Candidate>, Unrelated>;
  HALLMARK_ASSIGN(const oci::Document document, oci::ParseDocument(manifest));
  const auto* image = std::get_if<oci::ImageManifest>(&document);
  const std::string type = store::ArtifactTypeOf(document);
  if (image == nullptr || type != kReferrerType) return Carried(Unrelated{Printable(type)});
  if (!image->subject || image->subject->digest != subject) {
    return Error(ErrorCode::kMismatch,
                 image->subject ? "the referrer is about " + image->subject->digest.ToString()
                                : std::string("the referrer names no subject"));
  }
  return Carried(CandidatesOf(manifest, *image));
}

}  // namespace hallmark::signature::cosign
