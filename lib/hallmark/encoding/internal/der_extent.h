#ifndef HALLMARK_ENCODING_INTERNAL_DER_EXTENT_H_
#define HALLMARK_ENCODING_INTERNAL_DER_EXTENT_H_

#include <cstddef>
#include <optional>

#include "hallmark/base/bytes.h"

// Private to the module: where a DER element's header and content end.
namespace hallmark::encoding::der {

struct Extent {
  std::size_t header;
  std::size_t content;
};

// Of the element at the start of `der`; its content may reach past the end. nullopt when its tag
// number is above 30 or its length indefinite or not minimal.
std::optional<Extent> ReadExtent(ByteView der);

}  // namespace hallmark::encoding::der

#endif  // HALLMARK_ENCODING_INTERNAL_DER_EXTENT_H_
