#ifndef HALLMARK_TESTS_SUPPORT_WORLD_DOUBLES_H_
#define HALLMARK_TESTS_SUPPORT_WORLD_DOUBLES_H_

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/context.h"
#include "hallmark/base/event_sink.h"
#include "hallmark/base/time.h"

namespace hallmark::testing {

// Stands still until told otherwise; starts at 2026-06-01T12:00:00Z.
class FakeClock final : public Clock {
 public:
  FakeClock() = default;
  explicit FakeClock(UnixTime now) : now_(now) {}
  UnixTime Now() const override { return now_; }
  void Set(UnixTime now) { now_ = now; }
  void Advance(std::chrono::seconds step) { now_ += step; }

 private:
  UnixTime now_{std::chrono::seconds{1'780'315'200}};
};

// Remembers every event.
class CountingSink final : public EventSink {
 public:
  struct Request {
    std::string method;
    std::string host;
    std::string path;
    int status;
  };

  void OnRequest(const RequestEvent& event) override;
  void OnNote(std::string_view note) override;

  std::vector<Request> requests() const;
  std::vector<std::string> notes() const;
  std::map<std::string, std::size_t> requests_by_host() const;

 private:
  mutable std::mutex mutex_;
  std::vector<Request> requests_;
  std::vector<std::string> notes_;
};

// A context whose deadline no healthy test reaches.
Context PatientContext(EventSink* events = nullptr);

// A context whose deadline has passed.
Context ExpiredContext();

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_SUPPORT_WORLD_DOUBLES_H_
