#include "hallmark/policy/internal/rule_index.h"

namespace hallmark::policy {

RuleIndex::RuleIndex(std::span<const Rule> rules) : nodes_(1) {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    for (const ImagePattern& pattern : rules[i].parts().images) Add(pattern, i);
  }
}

std::size_t RuleIndex::Append() {
  nodes_.emplace_back();
  return nodes_.size() - 1;
}

// The first rule with a pattern keeps it; the loader refuses a second one.
void RuleIndex::Add(const ImagePattern& pattern, std::size_t rule) {
  std::size_t at = 0;
  for (const std::string& segment : pattern.segments()) {
    if (segment == "**") {
      if (!nodes_[at].rest) nodes_[at].rest = rule;
      return;
    }
    std::optional<std::size_t> next = nodes_[at].one;
    if (segment != "*") {
      const auto literal = nodes_[at].literals.find(segment);
      next = literal == nodes_[at].literals.end() ? std::nullopt : std::optional(literal->second);
    }
    if (!next) {
      next = Append();
      if (segment == "*") {
        nodes_[at].one = next;
      } else {
        nodes_[at].literals.emplace(segment, *next);
      }
    }
    at = *next;
  }
  if (!nodes_[at].here) nodes_[at].here = rule;
}

std::optional<std::size_t> RuleIndex::Find(const oci::Repository& repository) const {
  return Search(0, ImagePattern::SegmentsOf(repository), true);
}

std::set<const Rule*> DecidingRules(const std::vector<Rule>& rules, const Rule& fallback,
                                    const std::vector<oci::Repository>& images) {
  std::set<const Rule*> deciding;
  const RuleIndex index(rules);
  for (const oci::Repository& image : images) {
    const std::optional<std::size_t> found = index.Find(image);
    deciding.insert(found ? &rules[*found] : &fallback);
  }
  return deciding;
}

// A literal before "*" before "**", which takes one segment or more: the order of specificity.
std::optional<std::size_t> RuleIndex::Search(std::size_t node, std::span<const std::string> name,
                                             bool is_first) const {
  const Node& here = nodes_[node];
  if (name.empty()) return here.here;
  const std::string& segment = name.front();
  const std::span<const std::string> further = name.subspan(1);
  if (const auto literal = here.literals.find(segment); literal != here.literals.end()) {
    if (const auto found = Search(literal->second, further, false)) return found;
  }
  if (here.one && ImagePattern::OneMatches(is_first, segment)) {
    if (const auto found = Search(*here.one, further, false)) return found;
  }
  return here.rest;
}

}  // namespace hallmark::policy
