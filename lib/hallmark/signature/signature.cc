#include "hallmark/signature/signature.h"

#include "hallmark/signature/limits.h"

namespace hallmark::signature {

std::string_view ToName(FormatId format) {
  switch (format) {
    case FormatId::kSigstoreBundle:
      return "bundle";
    case FormatId::kCosign:
      return "cosign";
    case FormatId::kNotationJws:
      return "notation-jws";
    case FormatId::kNotationCose:
      return "notation-cose";
    default:
      return "unknown";
  }
}

std::optional<FormatId> FormatFromName(std::string_view name) {
  for (const FormatId format : {FormatId::kSigstoreBundle, FormatId::kCosign,
                                FormatId::kNotationJws, FormatId::kNotationCose}) {
    if (name == ToName(format)) return format;
  }
  return std::nullopt;
}

std::size_t MaxEnvelopeBytes(std::string_view predicate_type) {
  return predicate_type == kSignPredicate ? kMaxEnvelopeBytes : kMaxAttestationBytes;
}

}  // namespace hallmark::signature
