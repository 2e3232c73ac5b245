#ifndef HALLMARK_OCI_INTERNAL_LOOKALIKES_H_
#define HALLMARK_OCI_INTERNAL_LOOKALIKES_H_

#include <span>
#include <string_view>

#include "hallmark/base/result.h"
#include "hallmark/encoding/json.h"

namespace hallmark::oci::internal {

// kMalformed for a member that is none of `known`, and that readers written in Go take for one of
// them, such as "Layers" for "layers" (A15): such a document has two meanings.
Result<Done> RefuseLookalikes(const json::Value& object, const json::Fields& fields,
                              std::span<const std::string_view> known);

}  // namespace hallmark::oci::internal

#endif  // HALLMARK_OCI_INTERNAL_LOOKALIKES_H_
