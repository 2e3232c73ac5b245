#ifndef HALLMARK_POLICY_TAG_PATTERN_H_
#define HALLMARK_POLICY_TAG_PATTERN_H_

#include <string>
#include <string_view>

#include "hallmark/base/result.h"

namespace hallmark::policy {

// "v1.*", "release-*": characters of tags, and '*' for any number of them, none too; at most 128.
// Tags are compared with their case. kMalformed otherwise.
class TagPattern {
 public:
  static Result<TagPattern> Parse(std::string_view text);
  bool Matches(std::string_view tag) const;
  bool IsLiteral() const { return text_.find('*') == std::string::npos; }
  const std::string& text() const { return text_; }

 private:
  explicit TagPattern(std::string_view text) : text_(text) {}
  std::string text_;
};

// Whether a tag is a semantic version (semver.org 2.0.0), with or without a 'v' in front. Tags
// hold no '+', so there is no build metadata.
bool IsSemanticVersion(std::string_view tag);

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_TAG_PATTERN_H_
