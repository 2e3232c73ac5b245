#ifndef HALLMARK_VERIFY_INTERNAL_PLATFORM_H_
#define HALLMARK_VERIFY_INTERNAL_PLATFORM_H_

#include <vector>

#include "hallmark/oci/content.h"

namespace hallmark::verify {

// How container runtimes spell a platform (containerd/platforms v1, Normalize): lower case; macos
// is darwin; x86_64 and x86-64 are amd64, aarch64 is arm64, i386 is 386, armhf is arm/v7 and armel
// arm/v6; the default variants of amd64 (v1) and arm64 (v8) are none, that of arm is v7.
oci::Platform Normalised(oci::Platform);

// Whether a runtime may take an image for `offered` when someone says `wanted`, both as runtimes
// spell them: the same system and architecture, and the same variant where one is said. A system
// or a version that is not offered matches every one, as runtimes have it.
bool IsPlatform(const oci::Platform& offered, const oci::Platform& wanted);

// The entries that a runtime may take for `wanted`, each digest once: those whose platform it is,
// and those that do not say a platform, which runtimes look into.
std::vector<oci::Descriptor> SelectPlatform(const std::vector<oci::Descriptor>& children,
                                            const oci::Platform& wanted);

}  // namespace hallmark::verify

#endif  // HALLMARK_VERIFY_INTERNAL_PLATFORM_H_
