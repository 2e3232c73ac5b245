#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_LINK_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_LINK_H_

#include <optional>
#include <string>

#include "hallmark/base/result.h"
#include "hallmark/store/registry/internal/answer.h"

namespace hallmark::store::registry {

// The target of the first Link with rel="next" among an answer's Link lines (RFC 8288), as
// written; nullopt when there is none. kProtocol for a line that does not read as links do.
Result<std::optional<std::string>> NextLink(const net::Response& response);

// The URL of the next page; nullopt at the last one. kProtocol for links that cannot be read or
// used, or lead to another origin (A78).
Result<std::optional<Url>> NextPage(const Answer& answer);

}  // namespace hallmark::store::registry

#endif  // HALLMARK_STORE_REGISTRY_INTERNAL_LINK_H_
