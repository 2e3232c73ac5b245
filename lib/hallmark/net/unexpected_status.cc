#include "hallmark/net/unexpected_status.h"

#include <string>

namespace hallmark::net {
namespace {

ErrorCode CodeOf(int status) {
  if (status == 401 || status == 403) return ErrorCode::kDenied;
  if (status == 429) return ErrorCode::kThrottled;
  if (status == 408 || status >= 500) return ErrorCode::kUnavailable;
  return ErrorCode::kProtocol;
}

}  // namespace

Error UnexpectedStatus(int status) {
  const bool is_redirect = status >= 300 && status < 400;
  return {CodeOf(status),
          "status " + std::to_string(status) + (is_redirect ? ", redirects are not followed" : "")};
}

}  // namespace hallmark::net
