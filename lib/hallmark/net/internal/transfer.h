#ifndef HALLMARK_NET_INTERNAL_TRANSFER_H_
#define HALLMARK_NET_INTERNAL_TRANSFER_H_

#include <curl/curl.h>

#include <memory>

#include "hallmark/base/context.h"
#include "hallmark/base/result.h"
#include "hallmark/net/http_client.h"
#include "hallmark/net/internal/request_check.h"

namespace hallmark::net {

struct EasyCleanup {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using EasyHandle = std::unique_ptr<CURL, EasyCleanup>;

// One exchange on a handle, which keeps its connections and nothing else afterwards. The caller
// has checked the request and passes its URL's parts.
Result<Response> Transfer(CURL* handle, const CurlOptions& options, const Context& context,
                          const Request& request, const UrlParts& url);

}  // namespace hallmark::net

#endif  // HALLMARK_NET_INTERNAL_TRANSFER_H_
