#include "hallmark/encoding/rfc3339.h"

#include <array>
#include <cstdio>
#include <optional>

namespace hallmark::encoding {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// Longer fractions than anybody writes.
constexpr std::size_t kMaxText = 64;

Error Malformed() {
  return {ErrorCode::kMalformed, "time: want RFC 3339 such as 2026-11-24T06:26:03Z"};
}

// Reads a fixed form from left to right.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool Skip(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // Exactly `count` digits giving a number from `least` to `most`.
  std::optional<int> Number(std::size_t count, int least, int most) {
    if (rest_.size() < count) return std::nullopt;
    int value = 0;
    for (const char c : rest_.substr(0, count)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    if (value < least || value > most) return std::nullopt;
    rest_.remove_prefix(count);
    return value;
  }
  // A dot and at least one digit, or nothing.
  bool SkipFraction() {
    if (!Skip('.')) return true;
    const std::size_t digits = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    rest_.remove_prefix(digits);
    return digits > 0;
  }
  bool AtEnd() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

std::optional<std::chrono::sys_days> ScanDate(Scanner& scan) {
  const auto year = scan.Number(4, 1970, 9999);
  if (!year || !scan.Skip('-')) return std::nullopt;
  const auto month = scan.Number(2, 1, 12);
  if (!month || !scan.Skip('-')) return std::nullopt;
  const auto day = scan.Number(2, 1, 31);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

std::optional<seconds> ScanTimeOfDay(Scanner& scan) {
  const auto hour = scan.Number(2, 0, 23);
  if (!hour || !scan.Skip(':')) return std::nullopt;
  const auto minute = scan.Number(2, 0, 59);
  if (!minute || !scan.Skip(':')) return std::nullopt;
  const auto second = scan.Number(2, 0, 59);
  if (!second || !scan.SkipFraction()) return std::nullopt;
  return hours(*hour) + minutes(*minute) + seconds(*second);
}

// How far local time is ahead of UTC.
std::optional<seconds> ScanOffset(Scanner& scan) {
  if (scan.Skip('Z')) return seconds(0);
  const bool ahead = scan.Skip('+');
  if (!ahead && !scan.Skip('-')) return std::nullopt;
  const auto hour = scan.Number(2, 0, 23);
  if (!hour || !scan.Skip(':')) return std::nullopt;
  const auto minute = scan.Number(2, 0, 59);
  if (!minute) return std::nullopt;
  const seconds offset = hours(*hour) + minutes(*minute);
  return ahead ? offset : -offset;
}

}  // namespace

std::string ToRfc3339(UnixTime time) {
  const auto day = std::chrono::floor<days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text.data();
}

Result<UnixTime> FromRfc3339(std::string_view text) {
  if (text.size() > kMaxText) return Malformed();
  Scanner scan(text);
  const auto date = ScanDate(scan);
  if (!date || !scan.Skip('T')) return Malformed();
  const auto time_of_day = ScanTimeOfDay(scan);
  if (!time_of_day) return Malformed();
  const auto offset = ScanOffset(scan);
  if (!offset || !scan.AtEnd()) return Malformed();
  const UnixTime time = *date + *time_of_day - *offset;
  if (time < UnixTime(seconds(0))) return Malformed();
  return time;
}

}  // namespace hallmark::encoding
