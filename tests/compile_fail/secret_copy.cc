// Secrets move and are never copied.
#include <utility>

#include "hallmark/base/secret.h"

using hallmark::Secret;

#ifdef MUST_NOT_COMPILE
Secret Pass(const Secret& secret) { return secret; }
#else
Secret Pass(Secret&& secret) { return std::move(secret); }
#endif
