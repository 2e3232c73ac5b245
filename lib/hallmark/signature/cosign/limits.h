#ifndef HALLMARK_SIGNATURE_COSIGN_LIMITS_H_
#define HALLMARK_SIGNATURE_COSIGN_LIMITS_H_

#include <cstddef>

namespace hallmark::signature::cosign {

// A payload names one image and some annotations: real ones have 250 bytes, cosign's own limit of
// annotations is what fits a command line.
inline constexpr std::size_t kMaxPayloadBytes = std::size_t{256} * 1024;
inline constexpr std::size_t kMaxPayloadDepth = 16;
inline constexpr std::size_t kMaxPayloadValues = 10'000;
// An envelope's own members nest 3 levels.
inline constexpr std::size_t kMaxEnvelopeDepth = 8;
inline constexpr std::size_t kMaxEnvelopeValues = 100;
// Signatures behind one tag: cosign refuses to read any where there are more.
inline constexpr std::size_t kMaxSignatures = 1000;
// From so many on they are put in order by a look at each signature, of this many in all: some 70
// ms of one core at most.
inline constexpr std::size_t kManyLayers = 2;
inline constexpr std::size_t kMaxOrderingChecks = 1000;

}  // namespace hallmark::signature::cosign

#endif  // HALLMARK_SIGNATURE_COSIGN_LIMITS_H_
