#include "hallmark/encoding/duration.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "hallmark/base/printable.h"

namespace hallmark::encoding {
namespace {

struct Unit {
  char name;
  std::chrono::seconds length;
};
constexpr Unit kUnits[] = {
    {'s', std::chrono::seconds(1)},    {'m', std::chrono::minutes(1)},
    {'h', std::chrono::hours(1)},      {'d', std::chrono::hours(24)},
    {'w', std::chrono::hours(24 * 7)}, {'y', std::chrono::hours(24 * 365)},
};
constexpr std::chrono::seconds kLongest = std::chrono::hours(24 * 365 * 100);

}  // namespace

Result<std::chrono::seconds> ParseDuration(std::string_view text) {
  std::int64_t count = 0;
  const char* const last = text.data() + text.size();
  const auto [end, problem] = std::from_chars(text.data(), last, count);
  const bool is_plain = problem == std::errc() && text.front() >= '1' && text.front() <= '9';
  for (const Unit& unit : kUnits) {
    if (!is_plain || end + 1 != last || *end != unit.name) continue;
    if (count > kLongest / unit.length) break;
    return unit.length * count;
  }
  return Error(ErrorCode::kMalformed,
               "want a duration such as 90d, 12h or 30s, not \"" + Printable(text, 40) + "\"");
}

std::string DurationText(std::chrono::seconds duration) {
  for (const char name : {'d', 'h', 'm'}) {
    const auto unit = std::find_if(std::begin(kUnits), std::end(kUnits),
                                   [&](const Unit& each) { return each.name == name; });
    if (duration % unit->length == std::chrono::seconds(0)) {
      return std::to_string(duration / unit->length) + name;
    }
  }
  return std::to_string(duration.count()) + "s";
}

}  // namespace hallmark::encoding
