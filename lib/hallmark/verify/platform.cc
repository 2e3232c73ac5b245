#include "hallmark/verify/internal/platform.h"

#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace hallmark::verify {
namespace {

std::string ToLower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

std::string NormalArm64Variant(const std::string& variant) {
  if (variant == "8" || variant == "v8" || variant == "v8.0") return {};
  if (variant == "9" || variant == "9.0" || variant == "v9.0") return "v9";
  return variant;
}

std::string NormalArmVariant(const std::string& variant) {
  if (variant.empty()) return "v7";
  const bool digit = variant.size() == 1 && variant[0] >= '5' && variant[0] <= '8';
  return digit ? "v" + variant : variant;
}

// The architectures whose name says the variant.
bool NamesVariant(std::string_view architecture) {
  return architecture == "armhf" || architecture == "armel";
}

void NormaliseArchitecture(oci::Platform& platform) {
  std::string& name = platform.architecture;
  std::string& variant = platform.variant;
  if (name == "i386") {
    name = "386";
    variant.clear();
  } else if (name == "x86_64" || name == "x86-64" || name == "amd64") {
    name = "amd64";
    if (variant == "v1") variant.clear();
  } else if (name == "aarch64" || name == "arm64") {
    name = "arm64";
    variant = NormalArm64Variant(variant);
  } else if (NamesVariant(name)) {
    variant = name == "armhf" ? "v7" : "v6";
    name = "arm";
  } else if (name == "arm") {
    variant = NormalArmVariant(variant);
  }
}

}  // namespace

oci::Platform Normalised(oci::Platform platform) {
  platform.os = ToLower(std::move(platform.os));
  platform.architecture = ToLower(std::move(platform.architecture));
  platform.variant = ToLower(std::move(platform.variant));
  if (platform.os == "macos") platform.os = "darwin";
  NormaliseArchitecture(platform);
  return platform;
}

bool IsPlatform(const oci::Platform& offered, const oci::Platform& wanted) {
  const oci::Platform offer = Normalised(offered);
  const oci::Platform want = Normalised(wanted);
  const bool any_variant = wanted.variant.empty() && !NamesVariant(ToLower(wanted.architecture));
  const bool os = offer.os.empty() || offer.os == want.os;
  const bool variant = any_variant || offer.variant == want.variant;
  const bool version =
      want.os_version.empty() || offer.os_version.empty() || offer.os_version == want.os_version;
  return os && offer.architecture == want.architecture && variant && version;
}

std::vector<oci::Descriptor> SelectPlatform(const std::vector<oci::Descriptor>& children,
                                            const oci::Platform& wanted) {
  std::vector<oci::Descriptor> selected;
  std::set<oci::Digest> seen;
  for (const oci::Descriptor& child : children) {
    if (child.platform && !IsPlatform(*child.platform, wanted)) continue;
    if (seen.insert(child.digest).second) selected.push_back(child);
  }
  return selected;
}

}  // namespace hallmark::verify
