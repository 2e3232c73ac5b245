#ifndef HALLMARK_SIGNATURE_NOTATION_INTERNAL_SIGNED_PARTS_H_
#define HALLMARK_SIGNATURE_NOTATION_INTERNAL_SIGNED_PARTS_H_

#include "hallmark/base/bytes.h"
#include "hallmark/signature/notation/internal/envelope.h"

namespace hallmark::signature::notation {

// Signed bytes taken apart again: what they say, and nothing beside it.
struct SignedParts {
  Attributes attributes;
  Bytes payload;
};

}  // namespace hallmark::signature::notation

#endif  // HALLMARK_SIGNATURE_NOTATION_INTERNAL_SIGNED_PARTS_H_
