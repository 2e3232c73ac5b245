#ifndef HALLMARK_SIGNATURE_COSIGN_INTERNAL_MEDIA_TYPES_H_
#define HALLMARK_SIGNATURE_COSIGN_INTERNAL_MEDIA_TYPES_H_

#include <string_view>

namespace hallmark::signature::cosign {

// Layers: a simple-signing payload, a DSSE envelope.
inline constexpr std::string_view kPayloadType = "application/vnd.dev.cosign.simplesigning.v1+json";
inline constexpr std::string_view kEnvelopeType = "application/vnd.dsse.envelope.v1+json";
// The config of the manifest behind a tag.
inline constexpr std::string_view kConfigType = "application/vnd.oci.image.config.v1+json";
// A referrer that holds payloads: its config's media type, and so its artifact type.
inline constexpr std::string_view kReferrerType = "application/vnd.dev.cosign.artifact.sig.v1+json";

// critical.type of a payload.
inline constexpr std::string_view kType = "cosign container image signature";

// Annotations of a layer. The first holds the signature; nothing else in them is read as proof.
inline constexpr std::string_view kSignatureAnnotation = "dev.cosignproject.cosign/signature";
inline constexpr std::string_view kCertificateAnnotation = "dev.sigstore.cosign/certificate";
inline constexpr std::string_view kLogAnnotation = "dev.sigstore.cosign/bundle";
inline constexpr std::string_view kTimestampAnnotation = "dev.sigstore.cosign/rfc3161timestamp";
inline constexpr std::string_view kPredicateAnnotation = "predicateType";

}  // namespace hallmark::signature::cosign

#endif  // HALLMARK_SIGNATURE_COSIGN_INTERNAL_MEDIA_TYPES_H_
