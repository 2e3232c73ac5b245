#ifndef HALLMARK_NET_INTERNAL_CURL_ERROR_H_
#define HALLMARK_NET_INTERNAL_CURL_ERROR_H_

#include <curl/curl.h>

#include <string_view>

#include "hallmark/base/error.h"

namespace hallmark::net {

// What a failed transfer means to us. `said` is libcurl's own text for it, untrusted in parts.
Error FromCurl(CURLcode code, std::string_view said);

}  // namespace hallmark::net

#endif  // HALLMARK_NET_INTERNAL_CURL_ERROR_H_
