#ifndef HALLMARK_VERIFY_INTERNAL_CHILDREN_H_
#define HALLMARK_VERIFY_INTERNAL_CHILDREN_H_

#include <vector>

#include "hallmark/verify/verifier.h"

namespace hallmark::verify {

// Judges the images of an index, each by its own signatures, at most options.max_parallel at once;
// a single one is judged in the calling thread. Outcomes come in the index's order, one an entry,
// an index inside followed by its own images. A digest that stands twice is judged once. Over
// signature::kMaxImages images or kMaxIndexDepth levels the rest is one outcome with kLimit.
std::vector<Outcome> JudgeChildren(const Context&, const Parts&, const policy::Rule&,
                                   const store::Subject& index,
                                   const std::vector<oci::Descriptor>& children, const Options&,
                                   UnixTime now);

}  // namespace hallmark::verify

#endif  // HALLMARK_VERIFY_INTERNAL_CHILDREN_H_
