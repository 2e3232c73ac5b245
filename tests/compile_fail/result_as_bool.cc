// A Result has no truth value that could be taken for the answer.
#include "hallmark/base/result.h"

using namespace hallmark;

#ifdef MUST_NOT_COMPILE
bool Use(const Result<Done>& result) { return result; }
#else
bool Use(const Result<Done>& result) { return result.ok(); }
#endif
