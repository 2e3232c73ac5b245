#ifndef HALLMARK_SIGNATURE_NOTATION_INTERNAL_FORMAT_IDS_H_
#define HALLMARK_SIGNATURE_NOTATION_INTERNAL_FORMAT_IDS_H_

#include "hallmark/signature/notation/internal/envelope.h"
#include "hallmark/signature/signature.h"

namespace hallmark::signature::notation {

inline FormatId FormatOf(EnvelopeType type) {
  return type == EnvelopeType::kJws ? FormatId::kNotationJws : FormatId::kNotationCose;
}

}  // namespace hallmark::signature::notation

#endif  // HALLMARK_SIGNATURE_NOTATION_INTERNAL_FORMAT_IDS_H_
