#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_REDIRECT_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_REDIRECT_H_

#include <optional>

#include "hallmark/base/result.h"
#include "hallmark/store/registry/internal/answer.h"

namespace hallmark::store::registry {

inline constexpr int kMaxRedirects = 5;

// Where an answer sends us on (RFC 9110 section 15.4): nullopt when it is no redirect. kProtocol
// when it must not be followed (A83): no or unusable Location, user name or password in it, from
// https to http, plain http to a host that is not loopback (unless `allow_plain_http`), or a
// status that would change a write's method (301, 302, 303).
Result<std::optional<Url>> NextHop(const Answer& answer, bool allow_plain_http);

// The same rules for the Location of an upload session (distribution-spec "Pushing blobs").
Result<Url> UploadLocation(const Answer& answer, bool allow_plain_http);

}  // namespace hallmark::store::registry

#endif  // HALLMARK_STORE_REGISTRY_INTERNAL_REDIRECT_H_
