#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_TOKEN_ANSWER_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_TOKEN_ANSWER_H_

#include <chrono>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/store/registry/internal/host.h"

namespace hallmark::store::registry {

// Reads what a token realm answered: "token" or "access_token", and "expires_in" seconds (60 when
// absent), counted from `asked` with a tenth to spare. kProtocol when there is no token, or one
// with characters that have no place in a header (RFC 6750 section 2.1), or over 32 KiB.
Result<Token> ParseTokenAnswer(ByteView untrusted_body,
                               std::chrono::steady_clock::time_point asked);

}  // namespace hallmark::store::registry

#endif  // HALLMARK_STORE_REGISTRY_INTERNAL_TOKEN_ANSWER_H_
