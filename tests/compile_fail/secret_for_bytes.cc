// A Secret is read only where ExposeSecret says so.
#include "hallmark/base/secret.h"

std::size_t Print(hallmark::ByteView bytes) { return bytes.size(); }

#ifdef MUST_NOT_COMPILE
std::size_t Use(const hallmark::Secret& secret) { return Print(secret); }
#else
std::size_t Use(const hallmark::Secret& secret) { return Print(secret.ExposeSecret()); }
#endif
