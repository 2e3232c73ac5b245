#include "hallmark/signature/notation/internal/envelope.h"

namespace hallmark::signature::notation {

std::string_view MediaTypeOf(EnvelopeType type) {
  return type == EnvelopeType::kJws ? kJwsType : kCoseType;
}

std::optional<EnvelopeType> EnvelopeTypeFromMediaType(std::string_view media_type) {
  if (media_type == kJwsType) return EnvelopeType::kJws;
  if (media_type == kCoseType) return EnvelopeType::kCose;
  return std::nullopt;
}

std::string_view ToName(SigningScheme scheme) {
  return scheme == SigningScheme::kX509 ? "notary.x509" : "notary.x509.signingAuthority";
}

}  // namespace hallmark::signature::notation
