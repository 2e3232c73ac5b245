#include "hallmark/policy/tag_pattern.h"

#include <algorithm>
#include <cstddef>

#include "hallmark/base/printable.h"
#include "hallmark/oci/reference.h"

namespace hallmark::policy {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsIdentifierCharacter(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

// Semantic Versioning 2.0.0, points 2 and 9: digits without a leading zero.
bool IsNumber(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit) &&
         (text.front() != '0' || text.size() == 1);
}

// Point 9: letters, digits and hyphens; without a leading zero when it is a number.
bool IsIdentifier(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsIdentifierCharacter) &&
         (!std::all_of(text.begin(), text.end(), IsDigit) || IsNumber(text));
}

// How many parts `text` has between dots, 0 when one of them is not as `is_part` wants it.
std::size_t CountParts(std::string_view text, bool (*is_part)(std::string_view)) {
  for (std::size_t count = 1;; ++count) {
    const std::size_t dot = text.find('.');
    if (!is_part(text.substr(0, dot))) return 0;
    if (dot == std::string_view::npos) return count;
    text.remove_prefix(dot + 1);
  }
}

}  // namespace

Result<TagPattern> TagPattern::Parse(std::string_view text) {
  std::string sample(text);
  std::replace(sample.begin(), sample.end(), '*', 'x');
  if (!oci::IsTag(sample)) {
    return Error(ErrorCode::kMalformed, "tag pattern \"" + Printable(text) +
                                            "\": want letters, digits, '_', '.', '-' and '*', at "
                                            "most 128");
  }
  return TagPattern(text);
}

// On a mismatch the last '*' takes one character more; earlier ones need not be tried again.
bool TagPattern::Matches(std::string_view tag) const {
  std::size_t at = 0;
  std::size_t star = std::string::npos;
  std::size_t taken = 0;  // where in the tag the last '*' ends
  for (std::size_t i = 0; i < tag.size();) {
    if (at < text_.size() && text_[at] == '*') {
      star = at++;
      taken = i;
    } else if (at < text_.size() && text_[at] == tag[i]) {
      ++at;
      ++i;
    } else if (star != std::string::npos) {
      at = star + 1;
      i = ++taken;
    } else {
      return false;
    }
  }
  return text_.find_first_not_of('*', at) == std::string::npos;
}

bool IsSemanticVersion(std::string_view tag) {
  if (tag.starts_with('v')) tag.remove_prefix(1);
  const std::size_t hyphen = tag.find('-');
  if (CountParts(tag.substr(0, hyphen), IsNumber) != 3) return false;
  return hyphen == std::string_view::npos || CountParts(tag.substr(hyphen + 1), IsIdentifier) > 0;
}

}  // namespace hallmark::policy
