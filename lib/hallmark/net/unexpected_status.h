#ifndef HALLMARK_NET_UNEXPECTED_STATUS_H_
#define HALLMARK_NET_UNEXPECTED_STATUS_H_

#include "hallmark/net/http_client.h"

namespace hallmark::net {

// What a status means to whoever hoped for 200 of a server that has no protocol of its own for
// failures: kDenied for 401 and 403, kThrottled for 429, kUnavailable for 408 and 5xx, else
// kProtocol. A redirect is said to be one that is not followed.
Error UnexpectedStatus(int status);

}  // namespace hallmark::net

#endif  // HALLMARK_NET_UNEXPECTED_STATUS_H_
