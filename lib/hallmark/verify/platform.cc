#include "hallmark/verify/internal/platform.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace hallmark::verify {
namespace {

std::string_view VariantOf(const oci::Platform& platform) {
  if (platform.architecture == "arm64" && platform.variant == "v8") return {};
  return platform.variant;
}

}  // namespace

bool IsPlatform(const oci::Platform& offered, const oci::Platform& wanted) {
  if (offered.os != wanted.os || offered.architecture != wanted.architecture) return false;
  const bool variant = wanted.variant.empty() || VariantOf(offered) == VariantOf(wanted);
  const bool version = wanted.os_version.empty() || offered.os_version == wanted.os_version;
  return variant && version;
}

std::vector<oci::Descriptor> SelectPlatform(const std::vector<oci::Descriptor>& children,
                                            const oci::Platform& wanted) {
  std::vector<oci::Descriptor> selected;
  for (const oci::Descriptor& child : children) {
    const bool known = std::any_of(selected.begin(), selected.end(),
                                   [&](const auto& other) { return other.digest == child.digest; });
    if (!known && child.platform && IsPlatform(*child.platform, wanted)) selected.push_back(child);
  }
  return selected;
}

}  // namespace hallmark::verify
