#ifndef HALLMARK_STORE_LAYOUT_INTERNAL_LAYOUT_VERSION_H_
#define HALLMARK_STORE_LAYOUT_INTERNAL_LAYOUT_VERSION_H_

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"

namespace hallmark::store {

// Reads the file oci-layout (OCI image-spec v1.1, image-layout.md#oci-layout-file). kConfig for a
// version that is not 1.0.x, kMalformed for anything that is not the file at all.
Result<Done> CheckLayoutVersion(ByteView untrusted_bytes);

}  // namespace hallmark::store

#endif  // HALLMARK_STORE_LAYOUT_INTERNAL_LAYOUT_VERSION_H_
