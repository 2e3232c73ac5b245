#ifndef HALLMARK_POLICY_INTERNAL_RULE_INDEX_H_
#define HALLMARK_POLICY_INTERNAL_RULE_INDEX_H_

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/oci/reference.h"
#include "hallmark/policy/trust_policy.h"

namespace hallmark::policy {

// Which of many rules decides about an image: a tree of the segments of their patterns. What a
// search costs grows with the length of the name and with the patterns that agree with it, not with
// the rules that do not match.
class RuleIndex {
 public:
  RuleIndex() : nodes_(1) {}
  explicit RuleIndex(std::span<const Rule> rules);

  // The position of the rule whose matching pattern is the most specific one
  // (ImagePattern::CompareSpecificity); nullopt when none matches.
  std::optional<std::size_t> Find(const oci::Repository& repository) const;

 private:
  struct Node {
    std::map<std::string, std::size_t, std::less<>> literals;
    std::optional<std::size_t> one;   // the node behind "*"
    std::optional<std::size_t> here;  // the rule of a pattern that ends here
    std::optional<std::size_t> rest;  // the rule of a pattern that goes on with "**"
  };

  void Add(const ImagePattern& pattern, std::size_t rule);
  std::size_t Append();
  std::optional<std::size_t> Search(std::size_t node, std::span<const std::string> name,
                                    bool is_first) const;

  std::vector<Node> nodes_;  // the first is the root
};

// Those of `rules`, or `fallback`, that decide about the images.
std::set<const Rule*> DecidingRules(const std::vector<Rule>& rules, const Rule& fallback,
                                    const std::vector<oci::Repository>& images);

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_INTERNAL_RULE_INDEX_H_
