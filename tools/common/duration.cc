#include <charconv>
#include <chrono>

#include "hallmark/base/printable.h"
#include "tools/common/arguments.h"

namespace hallmark::cli {
namespace {

struct Unit {
  std::string_view name;
  std::chrono::milliseconds length;
};
constexpr Unit kUnits[] = {
    {"ms", std::chrono::milliseconds(1)}, {"s", std::chrono::seconds(1)},
    {"m", std::chrono::minutes(1)},       {"h", std::chrono::hours(1)},
    {"d", std::chrono::hours(24)},        {"w", std::chrono::hours(24 * 7)},
    {"y", std::chrono::hours(24 * 365)},
};
constexpr std::chrono::milliseconds kLongest = std::chrono::hours(24 * 365 * 100);

}  // namespace

Result<std::chrono::milliseconds> ParseDuration(std::string_view text, std::string_view flag) {
  std::int64_t count = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  for (const Unit& known : kUnits) {
    if (problem != std::errc() || count <= 0 || known.name != unit) continue;
    if (count > kLongest / known.length) break;
    return known.length * count;
  }
  return Error(ErrorCode::kConfig, std::string(flag) +
                                       ": want a duration such as 90d, 12h or 30s, not \"" +
                                       Printable(text, 40) + "\"");
}

}  // namespace hallmark::cli
