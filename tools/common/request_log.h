#ifndef HALLMARK_TOOLS_COMMON_REQUEST_LOG_H_
#define HALLMARK_TOOLS_COMMON_REQUEST_LOG_H_

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "hallmark/base/event_sink.h"
#include "tools/common/console.h"

namespace hallmark::cli {

// Counts the requests of one REF a host; with -v also says each on stderr.
class RequestLog final : public EventSink {
 public:
  // `console` outlives the log; null: counts only.
  explicit RequestLog(Console* console) : console_(console) {}

  void OnRequest(const RequestEvent& event) override;
  void OnNote(std::string_view note) override;

  std::map<std::string, std::uint64_t> Hosts() const;
  std::uint64_t Total() const;

 private:
  Console* console_;
  mutable std::mutex mutex_;
  std::map<std::string, std::uint64_t> hosts_;
};

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_REQUEST_LOG_H_
