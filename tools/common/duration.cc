#include "hallmark/encoding/duration.h"

#include <charconv>
#include <chrono>
#include <cstdint>

#include "hallmark/base/printable.h"
#include "tools/common/arguments.h"

namespace hallmark::cli {
namespace {

constexpr std::string_view kMilliseconds = "ms";

}  // namespace

// What policies write, and milliseconds, for time-outs.
Result<std::chrono::milliseconds> ParseDuration(std::string_view text, std::string_view flag) {
  if (text.ends_with(kMilliseconds)) {
    const char* const last = text.data() + text.size() - kMilliseconds.size();
    std::uint32_t count = 0;
    const auto [end, problem] = std::from_chars(text.data(), last, count);
    if (problem == std::errc() && end == last && count > 0) return std::chrono::milliseconds(count);
  }
  const Result<std::chrono::seconds> duration = encoding::ParseDuration(text);
  if (duration.ok()) return std::chrono::milliseconds(duration.value());
  return Error(ErrorCode::kConfig, std::string(flag) + ": " + duration.error().message());
}

}  // namespace hallmark::cli
