#ifndef HALLMARK_STORE_REFERRER_H_
#define HALLMARK_STORE_REFERRER_H_

#include <optional>
#include <string>

#include "hallmark/oci/content.h"
#include "hallmark/oci/manifest.h"

// What stores need to know of distribution-spec v1.1, "Listing Referrers" and "Referrers Tag
// Schema". Pure.
namespace hallmark::store {

// The tag under which the referrers of `subject` are listed where there is no API:
// "sha256-<64 hex>". The specification cuts the algorithm after 32 and the hex after 64
// characters, so subjects of other algorithms can share one: entries are compared by subject.
std::string FallbackTag(const oci::Digest& subject);

const std::optional<oci::Descriptor>& SubjectOf(const oci::Document& document);

// "artifactType", and for a manifest without one its config's media type. May be empty.
std::string ArtifactTypeOf(const oci::Document& document);

// The entry of `manifest` in a listing of referrers: its descriptor with the artifact type and the
// annotations of the document itself. `document` is what ParseDocument read from `manifest`.
oci::Descriptor ReferrerEntry(const oci::Content& manifest, const oci::Document& document);

}  // namespace hallmark::store

#endif  // HALLMARK_STORE_REFERRER_H_
