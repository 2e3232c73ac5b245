#include "tools/common/request_log.h"

#include <chrono>

#include "hallmark/base/printable.h"

namespace hallmark::cli {

void RequestLog::OnRequest(const RequestEvent& event) {
  {
    const std::lock_guard lock(mutex_);
    ++hosts_[std::string(event.host)];
  }
  if (console_ == nullptr) return;
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(event.elapsed);
  console_->Err(std::string(event.method) + " " + Printable(event.host) + Printable(event.path) +
                " " + (event.status == 0 ? "no answer" : std::to_string(event.status)) + " " +
                std::to_string(milliseconds.count()) + " ms");
}

void RequestLog::OnNote(std::string_view note) {
  if (console_ != nullptr) console_->Err(note);
}

std::map<std::string, std::uint64_t> RequestLog::Hosts() const {
  const std::lock_guard lock(mutex_);
  return hosts_;
}

std::uint64_t RequestLog::Total() const {
  std::uint64_t total = 0;
  for (const auto& [host, count] : Hosts()) total += count;
  return total;
}

}  // namespace hallmark::cli
