#ifndef HALLMARK_REVOCATION_INTERNAL_DISTRIBUTION_POINT_NAME_H_
#define HALLMARK_REVOCATION_INTERNAL_DISTRIBUTION_POINT_NAME_H_

#include <vector>

#include "hallmark/encoding/der.h"

// Private to the module: DistributionPointName of RFC 5280 section 4.2.1.13, in certificates and
// in lists.
namespace hallmark::revocation::internal {

// The general names, whole elements; none for a name relative to the issuer. `choice` reads what is
// inside the explicit tag, already DER.
Result<std::vector<Bytes>> ReadPointName(encoding::der::Reader choice);

}  // namespace hallmark::revocation::internal

#endif  // HALLMARK_REVOCATION_INTERNAL_DISTRIBUTION_POINT_NAME_H_
