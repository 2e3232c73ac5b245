#ifndef HALLMARK_TESTS_SUPPORT_TIMESTAMP_SERVER_SERVER_H_
#define HALLMARK_TESTS_SUPPORT_TIMESTAMP_SERVER_SERVER_H_

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

#include "tests/support/registry/http.h"
#include "tests/support/timestamp_authority.h"

namespace hallmark::testing {

// What goes wrong with every answer.
enum class TimestampFault {
  kNone,
  kWrongImprint,  // a good token, of something else
  kWrongNonce,    // a good token, of another request
  kNoNonce,
  kRejected,       // refused in the authority's words
  kGarbage,        // no DER
  kHtml,           // 200, of another type
  kUnauthorized,   // 401
  kUnavailable,    // 503
  kRedirect,       // to the same server
  kHuge,           // more than anybody reads
  kHang,           // no answer at all
  kTamperedToken,  // one byte of the signature
};

// "wrong-imprint" and so on; throws std::invalid_argument.
TimestampFault ParseTimestampFault(const std::string& name);

// An authority of a root of its own behind HTTP on 127.0.0.1 (RFC 3161 section 3.4). Tokens have
// the machine's time.
class TimestampServer {
 public:
  struct Options {
    std::uint16_t port = 0;  // 0: any that is free
    TimestampFault fault = TimestampFault::kNone;
    std::string log_file;  // a line a request, "POST /path?query"; "": none
  };
  explicit TimestampServer(Options options);

  std::uint16_t port() const { return http_.port(); }
  std::string root_pem() const { return authority_.root.certificate().ToPem(); }

 private:
  bool Serve(test::Connection& connection, const test::HttpRequest& request);
  void Log(const test::HttpRequest& request);
  test::HttpResponse Answer(const test::HttpRequest& request);
  Bytes Stamp(const std::string& query);

  Options options_;
  TimestampAuthority authority_;
  std::atomic<unsigned> serial_{0};
  std::mutex mutex_;       // guards the log
  test::HttpServer http_;  // last: its threads use everything above
};

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_SUPPORT_TIMESTAMP_SERVER_SERVER_H_
