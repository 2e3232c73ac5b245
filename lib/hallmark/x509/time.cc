#include "hallmark/x509/time.h"

#include <string_view>

#include "hallmark/encoding/der.h"

namespace hallmark::x509 {
namespace {

namespace der = encoding::der;

// Two digits a number: -1 when they are none.
int TakePair(std::string_view& text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() < 2 || !is_digit(text[0]) || !is_digit(text[1])) return -1;
  const int value = 10 * (text[0] - '0') + (text[1] - '0');
  text.remove_prefix(2);
  return value;
}

// MMDDHHMMSSZ after the year.
std::optional<UnixTime> ReadRest(int year, std::string_view text) {
  using namespace std::chrono;
  const int month = TakePair(text);
  const int day = TakePair(text);
  const int hour = TakePair(text);
  const int minute = TakePair(text);
  const int second = TakePair(text);
  if (text != "Z" || month < 1 || day < 1 || hour < 0 || minute < 0 || second < 0) {
    return std::nullopt;
  }
  const auto date = std::chrono::year{year} / month / day;
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return sys_days(date) + hours(hour) + minutes(minute) + seconds(second);
}

}  // namespace

std::optional<UnixTime> ReadTime(ByteView element) {
  der::Reader reader(element);
  const bool utc = reader.Sees(der::kUtcTime);
  std::string_view text = AsText(reader.Take(utc ? der::kUtcTime : der::kGeneralizedTime));
  if (!reader.Finished() || text.size() != (utc ? 13u : 15u)) return std::nullopt;
  const int first = TakePair(text);
  if (first < 0) return std::nullopt;
  if (utc) return ReadRest(first + (first >= 50 ? 1900 : 2000), text);
  const int second = TakePair(text);
  if (second < 0) return std::nullopt;
  return ReadRest(100 * first + second, text);
}

}  // namespace hallmark::x509
