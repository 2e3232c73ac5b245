#ifndef HALLMARK_TOOLS_COMMON_SIGNING_FORMATS_H_
#define HALLMARK_TOOLS_COMMON_SIGNING_FORMATS_H_

#include <memory>
#include <string_view>
#include <vector>

#include "hallmark/signature/format.h"

namespace hallmark::cli {

using SigningFormats = std::vector<std::unique_ptr<const signature::SigningFormat>>;

// The formats that a list such as "bundle,cosign" names, in its order, each once. kConfig for a
// name that is none of those that are written.
Result<SigningFormats> MakeSigningFormats(std::string_view list);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_SIGNING_FORMATS_H_
