// Secrets have no comparison that could leak where they differ.
#include "hallmark/base/secret.h"

using hallmark::Secret;

#ifdef MUST_NOT_COMPILE
bool AreSame(const Secret& a, const Secret& b) { return a == b; }
#else
bool AreSame(const Secret& a, const Secret& b) { return a.size() == b.size(); }
#endif
