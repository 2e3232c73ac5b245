#ifndef HALLMARK_REVOCATION_FETCH_H_
#define HALLMARK_REVOCATION_FETCH_H_

#include <string>

#include "hallmark/net/http_client.h"

namespace hallmark::revocation {

// One request each: nothing repeated, no redirect followed (A85), no credential sent, status 200
// alone taken (a part, 206, is none: A39). What comes back is not looked at: lists and answers are
// signed. `url` is one that Places names. Ends at `context`'s deadline or at its own
// (revocation/limits.h), whichever is first.
//
// Errors name the URL without its query: those of HttpClient::Send and net::UnexpectedStatus,
// kLimit beyond kMaxCrlBytes or kMaxOcspBytes.
Result<Bytes> FetchCrl(const Context& context, net::HttpClient& http, const std::string& url);
// By POST (RFC 6960 appendix A.1).
Result<Bytes> FetchOcsp(const Context& context, net::HttpClient& http, const std::string& url,
                        ByteView request);

// The URL as messages have it.
std::string ShownUrl(const std::string& url);

}  // namespace hallmark::revocation

#endif  // HALLMARK_REVOCATION_FETCH_H_
