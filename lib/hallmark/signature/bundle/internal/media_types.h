#ifndef HALLMARK_SIGNATURE_BUNDLE_INTERNAL_MEDIA_TYPES_H_
#define HALLMARK_SIGNATURE_BUNDLE_INTERNAL_MEDIA_TYPES_H_

#include <string_view>

namespace hallmark::signature::bundle {

// artifactType and mediaType of the one version that is read and written.
inline constexpr std::string_view kBundleType = "application/vnd.dev.sigstore.bundle.v0.3+json";
// What the media types of all versions begin with: v0.3 is also spelt
// "application/vnd.dev.sigstore.bundle+json;version=0.3", as 0.1 and 0.2 are.
inline constexpr std::string_view kBundleTypePrefix = "application/vnd.dev.sigstore.bundle";

// Annotations of the carrier manifest (cosign specs/BUNDLE_SPEC.md). Unsigned: hints only.
inline constexpr std::string_view kContentAnnotation = "dev.sigstore.bundle.content";
inline constexpr std::string_view kPredicateAnnotation = "dev.sigstore.bundle.predicateType";
inline constexpr std::string_view kCreatedAnnotation = "org.opencontainers.image.created";
// Ours: the bundle's publicKey.hint, so that among many signatures the trusted ones are read first.
inline constexpr std::string_view kKeyHintAnnotation = "dev.hallmark.keyHint";

}  // namespace hallmark::signature::bundle

#endif  // HALLMARK_SIGNATURE_BUNDLE_INTERNAL_MEDIA_TYPES_H_
