#ifndef HALLMARK_VERIFY_INTERNAL_READ_IMAGES_H_
#define HALLMARK_VERIFY_INTERNAL_READ_IMAGES_H_

#include "hallmark/policy/trust_policy.h"
#include "hallmark/verify/verifier.h"

namespace hallmark::verify {

// At most so many images of an index are read for a rule about them; more are a gap.
inline constexpr std::size_t kMaxImagesRead = 64;

// Puts into `evidence` what a rule that asks about the image itself has to know: the subject with
// its config, or every image of an index that may be run. A config that is no image's or a bad one
// is none; what could not be read is a gap. Asked once somebody who is trusted was found to have
// signed.
void ReadImages(const Context& context, store::Reader& reader, const policy::Rule& rule,
                const store::Subject& subject, const Options& options, policy::Evidence& evidence);

}  // namespace hallmark::verify

#endif  // HALLMARK_VERIFY_INTERNAL_READ_IMAGES_H_
