#include "hallmark/signature/signature.h"

namespace hallmark::signature {

std::string_view ToName(FormatId format) {
  switch (format) {
    case FormatId::kSigstoreBundle:
      return "bundle";
    default:
      return "unknown";
  }
}

std::optional<FormatId> FormatFromName(std::string_view name) {
  if (name == ToName(FormatId::kSigstoreBundle)) return FormatId::kSigstoreBundle;
  return std::nullopt;
}

}  // namespace hallmark::signature
