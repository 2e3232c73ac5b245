#include "hallmark/net/internal/curl_error.h"

#include <string>

#include "hallmark/base/printable.h"

namespace hallmark::net {
namespace {

struct Meaning {
  ErrorCode code;
  std::string_view words;
};

// libcurl reports a broken chunk as a failed read; only its text tells.
bool IsBadChunk(std::string_view said) { return said.find("chunk") != std::string_view::npos; }

Meaning MeaningOf(CURLcode code, std::string_view said) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      return {ErrorCode::kTimeout, "deadline passed"};
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return {ErrorCode::kUnavailable, "host name not found"};
    case CURLE_COULDNT_CONNECT:
    case CURLE_PROXY:
      return {ErrorCode::kUnavailable, "no connection"};
    case CURLE_GOT_NOTHING:
      return {ErrorCode::kUnavailable, "connection closed without an answer"};
    case CURLE_RECV_ERROR:
      if (IsBadChunk(said)) return {ErrorCode::kProtocol, "bad http"};
      return {ErrorCode::kUnavailable, "connection lost"};
    case CURLE_SEND_ERROR:
      return {ErrorCode::kUnavailable, "connection lost"};
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CLIENTCERT:
      return {ErrorCode::kUnavailable, "tls failure"};
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE:
      return {ErrorCode::kConfig, "certificate or key file cannot be used"};
    case CURLE_URL_MALFORMAT:
    case CURLE_UNKNOWN_OPTION:
    case CURLE_NOT_BUILT_IN:
      return {ErrorCode::kConfig, "request cannot be made"};
    case CURLE_PARTIAL_FILE:
      return {ErrorCode::kProtocol, "body cut short"};
    // Of all allocations only that of one endless header line fails at a bound of libcurl's own.
    case CURLE_OUT_OF_MEMORY:
    case CURLE_FILESIZE_EXCEEDED:
      return {ErrorCode::kLimit, "answer too large"};
    default:  // bad status line, HTTP/0.9, broken encodings and framing
      return {ErrorCode::kProtocol, "bad http"};
  }
}

}  // namespace

Error FromCurl(CURLcode code, std::string_view said) {
  const Meaning meaning = MeaningOf(code, said);
  const std::string_view text = said.empty() ? curl_easy_strerror(code) : said;
  return {meaning.code, std::string(meaning.words) + " (" + Printable(text) + ")"};
}

}  // namespace hallmark::net
