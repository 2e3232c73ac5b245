#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/plugin/verify_signature.h"

// SemVer 2.0.0, as far as comparing two versions takes it.
namespace hallmark::plugin {
namespace {

constexpr std::size_t kMaxVersionBytes = 128;

struct Version {
  std::vector<std::string> core;        // major, minor, patch
  std::vector<std::string> prerelease;  // empty: a release
};

std::vector<std::string> SplitAtDots(std::string_view text) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == '.') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

bool IsNumber(const std::string& text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Section 2: no leading zeros.
bool IsCleanNumber(const std::string& text) {
  return IsNumber(text) && (text.size() == 1 || text[0] != '0');
}

// Section 9 and 10.
bool IsIdentifier(const std::string& text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  });
}

std::optional<Version> Parse(std::string_view text) {
  if (text.size() > kMaxVersionBytes) return std::nullopt;
  const std::size_t plus = std::min(text.find('+'), text.size());
  if (plus < text.size() &&
      !std::ranges::all_of(SplitAtDots(text.substr(plus + 1)), IsIdentifier)) {
    return std::nullopt;
  }
  text = text.substr(0, plus);
  const std::size_t dash = std::min(text.find('-'), text.size());
  Version version{SplitAtDots(text.substr(0, dash)), {}};
  if (version.core.size() != 3 || !std::ranges::all_of(version.core, IsCleanNumber)) {
    return std::nullopt;
  }
  if (dash == text.size()) return version;
  version.prerelease = SplitAtDots(text.substr(dash + 1));
  const bool is_clean = std::ranges::all_of(version.prerelease, [](const std::string& part) {
    return IsIdentifier(part) && (!IsNumber(part) || IsCleanNumber(part));
  });
  if (!is_clean) return std::nullopt;
  return version;
}

// Numbers without leading zeros, of any length.
int CompareNumbers(const std::string& left, const std::string& right) {
  if (left.size() != right.size()) return left.size() < right.size() ? -1 : 1;
  return left.compare(right);
}

// Section 11.4: numbers are below other identifiers.
int CompareIdentifiers(const std::string& left, const std::string& right) {
  if (IsNumber(left) && IsNumber(right)) return CompareNumbers(left, right);
  if (IsNumber(left) != IsNumber(right)) return IsNumber(left) ? -1 : 1;
  return left.compare(right);
}

int Compare(const Version& left, const Version& right) {
  for (std::size_t i = 0; i < left.core.size(); ++i) {
    if (const int order = CompareNumbers(left.core[i], right.core[i])) return order;
  }
  // Section 11.3: a release is above its prereleases.
  if (left.prerelease.empty() || right.prerelease.empty()) {
    return static_cast<int>(left.prerelease.empty()) - static_cast<int>(right.prerelease.empty());
  }
  const std::size_t common = std::min(left.prerelease.size(), right.prerelease.size());
  for (std::size_t i = 0; i < common; ++i) {
    const int order = CompareIdentifiers(left.prerelease[i], right.prerelease[i]);
    if (order != 0) return order;
  }
  return static_cast<int>(left.prerelease.size()) - static_cast<int>(right.prerelease.size());
}

Error NoVersion(std::string_view text) {
  return {ErrorCode::kMalformed, "\"" + Printable(text, 40) + "\" is no version (SemVer 2.0.0)"};
}

}  // namespace

Result<Done> CheckVersion(const Versions& versions) {
  const std::optional<Version> found = Parse(versions.found);
  if (!found) return NoVersion(versions.found);
  const std::optional<Version> minimum = Parse(versions.minimum);
  if (!minimum) return NoVersion(versions.minimum);
  if (Compare(*found, *minimum) >= 0) return Done{};
  return Error(ErrorCode::kConfig, "it is version " + std::string(versions.found) +
                                       ", the signature demands " + std::string(versions.minimum));
}

}  // namespace hallmark::plugin
