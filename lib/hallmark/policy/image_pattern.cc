#include "hallmark/policy/image_pattern.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "hallmark/base/printable.h"

namespace hallmark::policy {
namespace {

constexpr std::string_view kOne = "*";
constexpr std::string_view kRest = "**";
constexpr std::string_view kLayout = "oci:";
// Repository names are shorter; a pattern has no reason to be longer.
constexpr std::size_t kMaxPatternBytes = 512;
// Stand for wildcards while oci::Repository normalises the literal parts.
constexpr std::string_view kAnyRegistry = "wildcard.invalid";
constexpr std::string_view kAnySegment = "wildcard";

bool IsWildcard(std::string_view segment) { return segment == kOne || segment == kRest; }

int Rank(std::string_view segment) {
  if (segment == kRest) return 1;
  return segment == kOne ? 2 : 3;
}

std::vector<std::string> Split(std::string_view text) {
  std::vector<std::string> segments;
  for (std::size_t start = 0;;) {
    const std::size_t slash = text.find('/', start);
    segments.emplace_back(text.substr(start, slash - start));
    if (slash == std::string_view::npos) return segments;
    start = slash + 1;
  }
}

bool SegmentsMeet(std::size_t at, std::string_view a, std::string_view b) {
  if (a == kOne) return ImagePattern::OneMatches(at == 0, b);
  if (b == kOne) return ImagePattern::OneMatches(at == 0, a);
  return a == b;
}

Error Complain(std::string_view text, std::string_view why) {
  return Error(ErrorCode::kMalformed,
               "image pattern \"" + Printable(text) + "\": " + std::string(why));
}

// What is wrong with the wildcards, if anything.
std::optional<std::string_view> WildcardFault(const std::vector<std::string>& segments) {
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (segments[i].empty()) return "empty path segment";
    if (segments[i] == kRest && i + 1 < segments.size()) return "\"**\" must be the last segment";
    if (!IsWildcard(segments[i]) && segments[i].find('*') != std::string::npos) {
      return "a wildcard is a whole path segment: \"*\" for one, \"**\" at the end for the rest";
    }
  }
  return std::nullopt;
}

// What is wrong before wildcards are looked at, in patterns for registries.
std::optional<std::string_view> RegistryFault(std::string_view text,
                                              const std::vector<std::string>& segments) {
  if (text.find('@') != std::string_view::npos) return "a pattern has no digest";
  const std::string& first = segments.front();
  const bool is_host = first.find_first_of(".:") != std::string::npos || first == "localhost";
  if (segments.size() == 1 && (is_host || first == kOne)) {
    return "a registry without a repository; append \"/**\" for everything in it";
  }
  if (segments.size() > 1 && segments.back().find(':') != std::string::npos) {
    return "a pattern has no tag";
  }
  return std::nullopt;
}

std::string Join(const std::vector<std::string>& segments) {
  std::string joined;
  for (const std::string& segment : segments) joined += (joined.empty() ? "" : "/") + segment;
  return joined;
}

// The literal parts in oci::Repository's spelling, the wildcards where they were. Both counted
// from the end, since "library" may be put in front.
Result<std::vector<std::string>> Normalise(const std::vector<std::string>& segments) {
  std::vector<std::string> literal = segments;
  const bool has_rest = segments.back() == kRest;
  for (std::size_t i = 0; i < literal.size(); ++i) {
    if (IsWildcard(literal[i])) literal[i] = i == 0 ? kAnyRegistry : kAnySegment;
  }
  // "docker.io/**" is more than docker.io/library.
  if (has_rest) literal.emplace_back(kAnySegment);
  HALLMARK_ASSIGN(const oci::Repository repository, oci::Repository::Parse(Join(literal)));
  std::vector<std::string> normal = ImagePattern::SegmentsOf(repository);
  if (has_rest) normal.pop_back();
  for (std::size_t i = 1; i <= segments.size(); ++i) {
    const std::string& written = segments[segments.size() - i];
    if (IsWildcard(written)) normal[normal.size() - i] = written;
  }
  return normal;
}

Result<std::vector<std::string>> NormaliseLayout(const std::vector<std::string>& segments) {
  std::vector<std::string> literal = segments;
  std::replace_if(literal.begin(), literal.end(), IsWildcard, std::string(kAnySegment));
  HALLMARK_ASSIGN(const oci::Repository repository,
                  oci::Repository::ForLayout("/" + Join(literal)));
  std::vector<std::string> normal = {std::string(kLayout)};
  normal.insert(normal.end(), segments.begin(), segments.end());
  if (ImagePattern::SegmentsOf(repository).size() != normal.size()) {
    return Error(ErrorCode::kMalformed, "the path of a layout is not in its shortest form");
  }
  return normal;
}

}  // namespace

std::vector<std::string> ImagePattern::SegmentsOf(const oci::Repository& repository) {
  std::string_view path = repository.path();
  if (path.starts_with('/')) path.remove_prefix(1);
  std::vector<std::string> segments = {repository.registry()};
  for (std::string& segment : Split(path)) segments.push_back(std::move(segment));
  return segments;
}

bool ImagePattern::OneMatches(bool is_first, std::string_view segment) {
  return !is_first || segment != kLayout;
}

Result<ImagePattern> ImagePattern::Parse(std::string_view text) {
  if (text.empty() || text.size() > kMaxPatternBytes) {
    return Complain(text, text.empty() ? "empty" : "longer than 512 bytes");
  }
  if (text == kRest) return ImagePattern(std::string(text), {std::string(kRest)});
  const bool is_layout = text.starts_with(kLayout);
  std::string_view path = text;
  if (is_layout) path.remove_prefix(kLayout.size());
  if (is_layout && !path.starts_with('/')) return Complain(text, "a layout's path is absolute");
  if (is_layout) path.remove_prefix(1);
  const std::vector<std::string> segments = Split(path);
  std::optional<std::string_view> fault = WildcardFault(segments);
  if (!fault && !is_layout) fault = RegistryFault(text, segments);
  if (fault) return Complain(text, *fault);
  Result<std::vector<std::string>> normal =
      is_layout ? NormaliseLayout(segments) : Normalise(segments);
  // The cause may name the stand-ins, so it is not repeated.
  if (!normal.ok()) return Complain(text, "not a registry and a repository in lower case");
  return ImagePattern(std::string(text), std::move(normal).value());
}

std::string ImagePattern::Canonical() const { return Join(segments_); }

bool ImagePattern::Matches(const oci::Repository& repository) const {
  const std::vector<std::string> name = SegmentsOf(repository);
  const bool has_rest = segments_.back() == kRest;
  const std::size_t fixed = segments_.size() - (has_rest ? 1 : 0);
  if (has_rest ? name.size() <= fixed : name.size() != fixed) return false;
  for (std::size_t i = 0; i < fixed; ++i) {
    if (segments_[i] == kOne ? !OneMatches(i == 0, name[i]) : segments_[i] != name[i]) return false;
  }
  return true;
}

std::weak_ordering ImagePattern::CompareSpecificity(const ImagePattern& other) const {
  const std::size_t shared = std::min(segments_.size(), other.segments_.size());
  for (std::size_t i = 0; i < shared; ++i) {
    const int mine = Rank(segments_[i]);
    const int theirs = Rank(other.segments_[i]);
    if (mine != theirs) return mine <=> theirs;
  }
  return segments_.size() <=> other.segments_.size();
}

bool ImagePattern::Overlaps(const ImagePattern& other) const {
  for (std::size_t i = 0;; ++i) {
    const bool ends = i == segments_.size();
    const bool other_ends = i == other.segments_.size();
    if (ends || other_ends) return ends && other_ends;
    // "**" takes what is left, which is at least one segment: the one that is here.
    if (segments_[i] == kRest || other.segments_[i] == kRest) return true;
    if (!SegmentsMeet(i, segments_[i], other.segments_[i])) return false;
  }
}

}  // namespace hallmark::policy
