#include "tools/common/sarif_location.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <utility>

#include "hallmark/base/printable.h"
#include "tools/common/verdict_text.h"

namespace hallmark::cli {
namespace {

using json::Value;

struct Place {
  std::string file;
  std::int64_t line;
};

// Unreserved characters of RFC 3986 and "/"; a colon is not among them, so that no first segment
// looks like a scheme.
bool StandsForItself(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~/").find(c) != std::string_view::npos;
}

// "policy.json:14"; line 1 of what names no line.
Place ReadPlace(std::string_view place) {
  std::int64_t line = 0;
  const std::size_t colon = place.rfind(':');
  if (colon == std::string_view::npos) return {std::string(place), 1};
  const char* const end = place.data() + place.size();
  const auto [stop, error] = std::from_chars(place.data() + colon + 1, end, line);
  if (error != std::errc() || stop != end || line < 1) return {std::string(place), 1};
  return {std::string(place.substr(0, colon)), line};
}

Value Text(std::string_view text) { return Value::String(std::string(text)); }

// The line, as its first character: GitHub asks for all four.
Value Region(std::int64_t line) {
  return Value::Object({{"startLine", Value::Integer(line)},
                        {"startColumn", Value::Integer(1)},
                        {"endLine", Value::Integer(line)},
                        {"endColumn", Value::Integer(2)}});
}

}  // namespace

std::string PathUri(std::string_view path) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const std::string normal = std::filesystem::path(path).lexically_normal().string();
  std::string uri;
  for (const char c : normal) {
    if (StandsForItself(c)) {
      uri += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    uri += '%';
    uri += kHex[byte >> 4U];
    uri += kHex[byte & 0xFU];
  }
  if (!uri.starts_with('/')) return uri.empty() ? "." : uri;
  return "file:///" + uri.substr(std::min(uri.find_first_not_of('/'), uri.size()));
}

Value SarifLocation(const policy::VerdictReport& report) {
  const Place place = report.verdict.place.empty() ? Place{Printable(report.reference, 1024), 1}
                                                   : ReadPlace(report.verdict.place);
  Value physical =
      Value::Object({{"artifactLocation", Value::Object({{"uri", Text(PathUri(place.file))}})},
                     {"region", Region(place.line)}});
  Value logical = Value::Object({{"name", Text(Printable(report.reference, 1024))},
                                 {"fullyQualifiedName", Text(PinnedName(report))},
                                 {"kind", Text("resource")}});
  return Value::Object({{"physicalLocation", std::move(physical)},
                        {"logicalLocations", Value::Array({std::move(logical)})}});
}

}  // namespace hallmark::cli
