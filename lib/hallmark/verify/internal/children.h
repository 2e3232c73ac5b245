#ifndef HALLMARK_VERIFY_INTERNAL_CHILDREN_H_
#define HALLMARK_VERIFY_INTERNAL_CHILDREN_H_

#include <vector>

#include "hallmark/verify/verifier.h"

namespace hallmark::verify {

// Judges the images of an index, each by its own signatures, at most options.max_parallel at once;
// a single one is judged in the calling thread. Outcomes come in the index's order, an index inside
// followed by its own images. A digest is judged once however often it is listed, an index is
// walked into once, and entries of one digest and one platform are one outcome. There are at most
// signature::kMaxImages outcomes and one with kLimit for all that is left out, and one with kLimit
// in the place of what an index below kMaxIndexDepth levels lists. After the deadline nothing more
// is read, and what remains is unknown.
std::vector<Outcome> JudgeChildren(const Context&, const Parts&, const policy::Rule&,
                                   const store::Subject& index,
                                   const std::vector<oci::Descriptor>& children, const Options&,
                                   UnixTime now);

}  // namespace hallmark::verify

#endif  // HALLMARK_VERIFY_INTERNAL_CHILDREN_H_
