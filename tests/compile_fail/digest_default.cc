// There is no empty Digest.
#include "hallmark/oci/digest.h"

using hallmark::oci::Digest;

#ifdef MUST_NOT_COMPILE
Digest Make() { return Digest(); }
#else
Digest Make() { return Digest::Of(Digest::Algorithm::kSha256, {}); }
#endif
