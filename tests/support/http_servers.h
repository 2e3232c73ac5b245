#ifndef HALLMARK_TESTS_SUPPORT_HTTP_SERVERS_H_
#define HALLMARK_TESTS_SUPPORT_HTTP_SERVERS_H_

#include <map>
#include <mutex>
#include <string>

#include "hallmark/net/http_client.h"

namespace hallmark::testing {

// Answers by URL; what it does not know cannot be reached.
class HttpServers final : public net::HttpClient {
 public:
  Result<net::Response> Send(const Context&, const net::Request& request) override {
    const std::lock_guard lock(mutex_);
    ++asked_[request.url];
    last_ = {request.method, request.headers, request.max_response_bytes};
    const auto found = answers_.find(request.url);
    if (found == answers_.end()) return Error(ErrorCode::kUnavailable, "no connection");
    return found->second;
  }
  void Put(const std::string& url, const Bytes& body, int status = 200) {
    const std::lock_guard lock(mutex_);
    answers_.insert_or_assign(url, net::Response{status, {}, body});
  }
  void TakeDown() { answers_.clear(); }
  int asked(const std::string& url) { return asked_[url]; }
  struct Asked {
    std::string method;
    net::Headers headers;
    std::size_t most;
  };
  const Asked& last() const { return last_; }

 private:
  std::mutex mutex_;
  std::map<std::string, net::Response> answers_;
  std::map<std::string, int> asked_;
  Asked last_;
};

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_SUPPORT_HTTP_SERVERS_H_
