#ifndef HALLMARK_TSA_FETCH_H_
#define HALLMARK_TSA_FETCH_H_

#include <string>

#include "hallmark/net/http_client.h"
#include "hallmark/tsa/response.h"

namespace hallmark::tsa {

// Asks the authority at `url` (http or https: a token proves itself) to stamp `imprint`, by the
// HTTP of RFC 3161 section 3.4: one request, nothing repeated, no redirect followed (A85), no
// credential sent. The token answers exactly this request (ReadResponse).
//
// Errors name the URL without its query: those of HttpClient::Send and of net::UnexpectedStatus;
// kDenied also when the authority refuses in its own words; kLimit for answers over
// kMaxResponseBytes; kProtocol for another content type than application/timestamp-reply, and for
// what is no answer to the request.
Result<Token> Fetch(const Context& context, net::HttpClient& http, const std::string& url,
                    const Imprint& imprint);

}  // namespace hallmark::tsa

#endif  // HALLMARK_TSA_FETCH_H_
