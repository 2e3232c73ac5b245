// A Result cannot be left unread.
#include "hallmark/base/result.h"

using namespace hallmark;

Result<Done> Work() { return Done(); }

#ifdef MUST_NOT_COMPILE
void Use() { Work(); }
#else
bool Use() { return Work().ok(); }
#endif
