#ifndef HALLMARK_NET_INTERNAL_REQUEST_CHECK_H_
#define HALLMARK_NET_INTERNAL_REQUEST_CHECK_H_

#include <string>
#include <string_view>

#include "hallmark/base/result.h"
#include "hallmark/net/http_client.h"

namespace hallmark::net {

// The parts of a URL that events and messages name.
struct UrlParts {
  bool https = false;
  std::string host;  // host[:port] as in the URL
  std::string path;  // no query; "/" when the URL has none
};

// Takes an absolute http or https URL apart (RFC 3986). kConfig, never showing the query: another
// scheme, no host, userinfo, a fragment, a backslash, white space, control or non-ASCII
// characters, a port that is none, more than kMaxUrlBytes.
Result<UrlParts> ParseUrl(std::string_view url);

// Whether method and headers are ones that cannot change the shape of the request (RFC 9110
// sections 5.5, 5.6.2, 9.1): tokens as names, no control characters in values. kConfig naming the
// header, not its value.
Result<Done> CheckShape(const Request& request);

}  // namespace hallmark::net

#endif  // HALLMARK_NET_INTERNAL_REQUEST_CHECK_H_
