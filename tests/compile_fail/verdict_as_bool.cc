// A Verdict has no truth value; what nobody decided is not allowed.
#include "hallmark/policy/verdict.h"

using hallmark::policy::Verdict;

#ifdef MUST_NOT_COMPILE
bool Use(const Verdict& verdict) { return verdict; }
#else
static_assert(std::is_same_v<std::variant_alternative_t<0, decltype(Verdict::decision)>,
                             hallmark::policy::Deny>);
bool Use(const Verdict& verdict) { return verdict.allowed(); }
#endif
