#ifndef HALLMARK_VERIFY_INTERNAL_JUDGE_H_
#define HALLMARK_VERIFY_INTERNAL_JUDGE_H_

#include <optional>

#include "hallmark/verify/verifier.h"

namespace hallmark::verify {

// One image, pinned: looks for signatures until the rule is satisfied or no candidate is left,
// and decides. Gathers in the calling thread.
Outcome Judge(const Context&, const Parts&, const policy::Rule&, const store::Subject&,
              const Options&, UnixTime now);

// kTimeout when the deadline has passed or somebody asked to stop.
std::optional<Error> OutOfTime(const Context&);

// The outcome of a name that could not be resolved.
Outcome Unresolved(const policy::Rule&, oci::Reference, const Error&);

}  // namespace hallmark::verify

#endif  // HALLMARK_VERIFY_INTERNAL_JUDGE_H_
