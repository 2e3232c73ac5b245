#ifndef HALLMARK_TESTS_UNIT_NET_NET_TEST_H_
#define HALLMARK_TESTS_UNIT_NET_NET_TEST_H_

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hallmark/base/event_sink.h"
#include "hallmark/net/http_client.h"
#include "tests/support/catch.h"
#include "tests/support/registry.h"

namespace hallmark::net {

inline std::unique_ptr<HttpClient> MakeClient(CurlOptions options = {}) {
  options.user_agent = "hallmark-test/1";
  Result<std::unique_ptr<HttpClient>> client = MakeCurlClient(std::move(options));
  REQUIRE(client.ok());
  return std::move(client).value();
}

// Long enough for a machine under load; tests of deadlines bring their own.
inline Context Within(std::chrono::milliseconds time = std::chrono::seconds(30)) {
  return {std::chrono::steady_clock::now() + time, {}, nullptr};
}

inline Request Get(std::string url, std::size_t max = 1 << 20) {
  return {"GET", std::move(url), {}, {}, max};
}

inline ErrorCode CodeOf(const Result<Response>& response) {
  return response.ok() ? ErrorCode::kInternal : response.error().code();
}

inline bool Says(const Result<Response>& response, std::string_view words) {
  return !response.ok() && response.error().message().find(words) != std::string::npos;
}

inline test::Fault Faulty(test::Fault::Kind kind) {
  test::Fault fault;
  fault.kind = kind;
  return fault;
}

inline test::Fault AnswerWith(int status, test::HeaderLines headers, std::string body) {
  test::Fault fault = Faulty(test::Fault::Kind::kAnswer);
  fault.status = status;
  fault.headers = std::move(headers);
  fault.body = std::move(body);
  return fault;
}

inline test::Fault RawAnswer(std::string bytes) {
  test::Fault fault = Faulty(test::Fault::Kind::kRaw);
  fault.body = std::move(bytes);
  return fault;
}

// Keeps copies of what it was told.
class Recorder final : public EventSink {
 public:
  struct Seen {
    std::string method, host, path;
    int status;
  };
  void OnRequest(const RequestEvent& event) override {
    const std::lock_guard lock(mutex_);
    seen_.push_back({std::string(event.method), std::string(event.host), std::string(event.path),
                     event.status});
  }
  void OnNote(std::string_view) override {}
  std::vector<Seen> seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Seen> seen_;
};

}  // namespace hallmark::net

#endif  // HALLMARK_TESTS_UNIT_NET_NET_TEST_H_
