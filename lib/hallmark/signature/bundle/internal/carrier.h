#ifndef HALLMARK_SIGNATURE_BUNDLE_INTERNAL_CARRIER_H_
#define HALLMARK_SIGNATURE_BUNDLE_INTERNAL_CARRIER_H_

#include <string>
#include <string_view>
#include <variant>

#include "hallmark/base/result.h"
#include "hallmark/base/time.h"
#include "hallmark/oci/content.h"
#include "hallmark/signature/format.h"

// The referrer manifest that carries a bundle (cosign specs/BUNDLE_SPEC.md; OCI image-spec v1.1
// manifest.md, "Guidelines for Artifact Usage"). Nothing in it is signed.
namespace hallmark::signature::bundle {

// Whether a listing's artifactType can stand over a bundle: a bundle type of any version, none at
// all, or the config's media type, which go-containerregistry writes into fallback indexes.
bool MayBeBundle(const oci::Descriptor& entry);

// The descriptor of the bundle in a carrier of `subject`, or Unrelated when the manifest carries
// something else. kMismatch: it refers to another image (A07) or to none. kMalformed: no manifest,
// not exactly one layer, another layer type. kUnsupported: another bundle version. kLimit: the
// bundle is said to be larger than kMaxBundleBytes (A79).
Result<std::variant<oci::Descriptor, Unrelated>> ParseCarrier(const oci::Content& manifest,
                                                              const oci::Digest& subject);

// The empty config blob, "{}".
oci::Content EmptyConfig();

// What the carrier's annotations say of the bundle, for whoever reads listings.
struct CarrierHints {
  std::string_view predicate_type;
  std::string_view key_hint;
};

// A carrier as cosign 3.1 writes it, member for member, and one annotation more: the key hint.
oci::Content WriteCarrier(const oci::Descriptor& bundle, const oci::Descriptor& subject,
                          const CarrierHints& hints, UnixTime created);

}  // namespace hallmark::signature::bundle

#endif  // HALLMARK_SIGNATURE_BUNDLE_INTERNAL_CARRIER_H_
