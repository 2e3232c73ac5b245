#ifndef HALLMARK_SIGNATURE_COSIGN_INTERNAL_CARRIER_H_
#define HALLMARK_SIGNATURE_COSIGN_INTERNAL_CARRIER_H_

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/oci/content.h"
#include "hallmark/signature/format.h"

// The manifests that hold cosign v2's signatures and attestations. Nothing in them is signed.
namespace hallmark::signature::cosign {

// Whether a listing's entry can be a referrer of signatures: it says so, or says nothing.
bool MayBeReferrer(const oci::Descriptor& entry);

// The layers of the manifest behind a tag, each a candidate, the newest (last) first. kMalformed
// when it is no manifest at all; an index holds nothing.
Result<std::vector<Candidate>> LayersOf(const oci::Content& manifest);

// The same for a referrer, which must be about `subject` (kMismatch: A07); Unrelated when it is
// another artifact.
Result<std::variant<std::vector<Candidate>, Unrelated>> ReferrerLayersOf(
    const oci::Content& manifest, const oci::Digest& subject);

}  // namespace hallmark::signature::cosign

#endif  // HALLMARK_SIGNATURE_COSIGN_INTERNAL_CARRIER_H_
