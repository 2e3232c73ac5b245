#include "hallmark/store/registry/internal/retry_after.h"

#include <array>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <string>

namespace hallmark::store::registry {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::uint32_t kLongestWait = 24 * 3600;  // beyond any deadline; keeps sums small

std::optional<unsigned> Digits(std::string_view text) {
  unsigned value = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || status != std::errc() || end != text.data() + text.size()) return {};
  return value;
}

std::optional<unsigned> Month(std::string_view text) {
  for (unsigned i = 0; i < kMonths.size(); ++i) {
    if (kMonths[i] == text) return i + 1;
  }
  return std::nullopt;
}

std::optional<std::chrono::seconds> UntilDate(const net::Response& response,
                                              std::string_view date) {
  const std::string* now_text = response.Header("Date");
  const auto then = ParseHttpDate(date);
  if (now_text == nullptr || !then) return std::nullopt;
  const auto now = ParseHttpDate(*now_text);
  if (!now) return std::nullopt;
  return *then > *now ? *then - *now : std::chrono::seconds(0);
}

}  // namespace

std::optional<std::chrono::sys_seconds> ParseHttpDate(std::string_view text) {
  using namespace std::chrono;  // NOLINT: calendar names
  if (text.size() != 29 || text.substr(3, 2) != ", " || text.substr(25) != " GMT") return {};
  const auto d = Digits(text.substr(5, 2));
  const auto m = Month(text.substr(8, 3));
  const auto y = Digits(text.substr(12, 4));
  const auto hour = Digits(text.substr(17, 2));
  const auto minute = Digits(text.substr(20, 2));
  const auto second = Digits(text.substr(23, 2));
  if (!d || !m || !y || !hour || !minute || !second) return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  const year_month_day date{year{static_cast<int>(*y)}, month{*m}, day{*d}};
  if (!date.ok()) return std::nullopt;
  return sys_days{date} + hours{*hour} + minutes{*minute} + seconds{*second};
}

std::optional<std::chrono::seconds> RetryAfter(const net::Response& response) {
  if (response.status != 429 && response.status != 503) return std::nullopt;
  const std::string* value = response.Header("Retry-After");
  if (value == nullptr) return std::nullopt;
  if (const auto seconds = Digits(*value)) {
    return std::chrono::seconds(std::min(*seconds, kLongestWait));
  }
  return UntilDate(response, *value);
}

Result<Done> Wait(const Context& context, std::chrono::microseconds duration) {
  const auto end = std::chrono::steady_clock::now() + duration;
  if (end >= context.deadline) return Error(ErrorCode::kTimeout, "the deadline passed");
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any never;
  never.wait_until(lock, context.stop, end, [] { return false; });
  if (context.stop.stop_requested()) return Error(ErrorCode::kTimeout, "stopped");
  return Done{};
}

}  // namespace hallmark::store::registry
