#ifndef HALLMARK_VERIFY_INTERNAL_PLATFORM_H_
#define HALLMARK_VERIFY_INTERNAL_PLATFORM_H_

#include <vector>

#include "hallmark/oci/content.h"

namespace hallmark::verify {

// Whether an image for `offered` is what someone means who says `wanted`: the same system and
// architecture, and the same variant and version where those are said. arm64 and arm64/v8 are one
// (containerd and Docker read them so).
bool IsPlatform(const oci::Platform& offered, const oci::Platform& wanted);

// The entries whose platform is `wanted`, each digest once.
std::vector<oci::Descriptor> SelectPlatform(const std::vector<oci::Descriptor>& children,
                                            const oci::Platform& wanted);

}  // namespace hallmark::verify

#endif  // HALLMARK_VERIFY_INTERNAL_PLATFORM_H_
