#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_RETRY_AFTER_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_RETRY_AFTER_H_

#include <chrono>
#include <optional>
#include <string_view>

#include "hallmark/base/context.h"
#include "hallmark/base/result.h"
#include "hallmark/net/http_client.h"

namespace hallmark::store::registry {

// How long a 429 or 503 asks us to stay away (RFC 9110 section 10.2.3): seconds, or an HTTP date
// read against the answer's own Date, so that no clock of ours takes part. nullopt for any other
// status, without the header, or when it says neither.
std::optional<std::chrono::seconds> RetryAfter(const net::Response& response);

// An IMF-fixdate (RFC 9110 section 5.6.7), "Sun, 06 Nov 1994 08:49:37 GMT"; the obsolete forms are
// nullopt.
std::optional<std::chrono::sys_seconds> ParseHttpDate(std::string_view text);

// Sleeps. kTimeout at once when the context's deadline comes before the end, kTimeout early when
// its stop is requested.
Result<Done> Wait(const Context& context, std::chrono::microseconds duration);

}  // namespace hallmark::store::registry

#endif  // HALLMARK_STORE_REGISTRY_INTERNAL_RETRY_AFTER_H_
