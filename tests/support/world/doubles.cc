#include "tests/support/world/doubles.h"

namespace hallmark::testing {

void CountingSink::OnRequest(const RequestEvent& event) {
  const std::scoped_lock lock(mutex_);
  requests_.push_back(
      {std::string(event.method), std::string(event.host), std::string(event.path), event.status});
}

void CountingSink::OnNote(std::string_view note) {
  const std::scoped_lock lock(mutex_);
  notes_.emplace_back(note);
}

std::vector<CountingSink::Request> CountingSink::requests() const {
  const std::scoped_lock lock(mutex_);
  return requests_;
}

std::vector<std::string> CountingSink::notes() const {
  const std::scoped_lock lock(mutex_);
  return notes_;
}

std::map<std::string, std::size_t> CountingSink::requests_by_host() const {
  const std::scoped_lock lock(mutex_);
  std::map<std::string, std::size_t> counts;
  for (const Request& request : requests_) ++counts[request.host];
  return counts;
}

Context PatientContext(EventSink* events) {
  return {std::chrono::steady_clock::now() + std::chrono::minutes(1), {}, events};
}

Context ExpiredContext() {
  return {std::chrono::steady_clock::now() - std::chrono::seconds(1), {}, nullptr};
}

}  // namespace hallmark::testing
