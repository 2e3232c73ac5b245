#ifndef HALLMARK_BASE_EVENT_SINK_H_
#define HALLMARK_BASE_EVENT_SINK_H_

#include <chrono>
#include <string_view>

namespace hallmark {

// One HTTP exchange, told after it ended. No header values, no query strings that carry secrets.
struct RequestEvent {
  std::string_view method;
  std::string_view host;  // host:port as in the URL
  std::string_view path;  // path of the URL, no query
  int status;             // HTTP status; 0 when no answer came
  std::chrono::microseconds elapsed;
};

// Listens to what the library does. Implementations are thread-safe and never fail.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void OnRequest(const RequestEvent&) = 0;
  virtual void OnNote(std::string_view note) = 0;  // one printable line
};

}  // namespace hallmark

#endif  // HALLMARK_BASE_EVENT_SINK_H_
