#ifndef HALLMARK_POLICY_IMAGE_PATTERN_H_
#define HALLMARK_POLICY_IMAGE_PATTERN_H_

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/oci/reference.h"

namespace hallmark::policy {

// "registry.example/prod/**": whole path segments, the registry is the first. A segment is literal
// or "*" (exactly one segment); the last may be "**" (one or more). No other wildcard, no tag, no
// digest. Literal parts are normalised as oci::Repository does ("nginx" is docker.io/library/nginx;
// a first segment without '.' or ':' other than localhost is docker.io's). "*" in the first place
// is any registry, "**" alone matches everything, "oci:/path/**" matches layouts. kMalformed
// otherwise.
class ImagePattern {
 public:
  static Result<ImagePattern> Parse(std::string_view text);
  bool Matches(const oci::Repository& repository) const;
  const std::string& text() const { return text_; }  // as written
  // Its segments in that spelling, wildcards as "*" and "**"; the first is the registry, or "oci:".
  const std::vector<std::string>& segments() const { return segments_; }
  // "docker.io", "library", "nginx"; "oci:", "srv", "images".
  static std::vector<std::string> SegmentsOf(const oci::Repository& repository);
  // Whether "*" stands for that segment of a name: a lone "*" in the registry's place means
  // registries, and layouts are asked for by name.
  static bool OneMatches(bool is_first, std::string_view segment);

  // One spelling for every pattern that means the same: "docker.io/library/nginx".
  std::string Canonical() const;

  // More specific is greater: compared segment by segment, literal > "*" > "**", then longer.
  // Equal for two patterns that differ only in literals at the same places; two that are equally
  // specific and overlap therefore have one Canonical().
  std::weak_ordering CompareSpecificity(const ImagePattern& other) const;
  // Whether some repository is matched by both.
  bool Overlaps(const ImagePattern& other) const;

 private:
  ImagePattern(std::string text, std::vector<std::string> segments)
      : text_(std::move(text)), segments_(std::move(segments)) {}
  std::string text_;
  std::vector<std::string> segments_;
};

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_IMAGE_PATTERN_H_
