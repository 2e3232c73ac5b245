// Content is made by comparing the bytes with their descriptor, not by putting them together.
#include <utility>

#include "hallmark/oci/content.h"

using namespace hallmark;

#ifdef MUST_NOT_COMPILE
oci::Content Make(oci::Descriptor descriptor, Bytes bytes) {
  return oci::Content(std::move(descriptor), std::move(bytes));
}
#else
Result<oci::Content> Make(oci::Descriptor descriptor, Bytes bytes) {
  return oci::Content::Check(std::move(descriptor), std::move(bytes));
}
#endif
