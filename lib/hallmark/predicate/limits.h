#ifndef HALLMARK_PREDICATE_LIMITS_H_
#define HALLMARK_PREDICATE_LIMITS_H_

#include <cstddef>

#include "hallmark/encoding/json.h"

namespace hallmark::predicate {

// SBOMs of large images have 20 to 50 MB, nest some 10 levels (CycloneDX components within
// components) and have one value every 25 bytes. A parsed document takes about 10 times its text.
inline constexpr std::size_t kMaxBytes = std::size_t{64} * 1024 * 1024;
inline constexpr std::size_t kMaxDepth = 64;
inline constexpr std::size_t kMaxValues = 4'000'000;
inline constexpr json::Limits kJsonLimits{kMaxBytes, kMaxDepth, kMaxValues};

// Packages, components, relationships, dependencies of one SBOM: the largest known have 200,000.
inline constexpr std::size_t kMaxItems = 1'000'000;
// What is found by a scanner, said in a VEX document, or was an input of a build.
inline constexpr std::size_t kMaxFindings = 200'000;
inline constexpr std::size_t kMaxMaterials = 200'000;
// Leaves of the parameters of a build, and entries of one set of digests.
inline constexpr std::size_t kMaxParameters = 10'000;
inline constexpr std::size_t kMaxDigests = 32;

}  // namespace hallmark::predicate

#endif  // HALLMARK_PREDICATE_LIMITS_H_
