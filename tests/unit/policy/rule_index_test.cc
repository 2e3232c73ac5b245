#include "hallmark/policy/internal/rule_index.h"

#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/world.h"

namespace hallmark::policy {
namespace {

using testing::Must;
using testing::Ref;

Rule RuleWith(std::vector<ImagePattern> images) {
  Rule::Parts parts;
  parts.images = std::move(images);
  return Rule(std::move(parts));
}

std::vector<Rule> RulesFor(const std::vector<std::string>& patterns) {
  std::vector<Rule> rules;
  for (const std::string& pattern : patterns) {
    rules.push_back(RuleWith({Must(ImagePattern::Parse(pattern))}));
  }
  return rules;
}

// The pattern that decides, by looking at every one.
std::optional<std::size_t> Linear(const std::vector<Rule>& rules,
                                  const oci::Repository& repository) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const ImagePattern& pattern = rules[i].parts().images.front();
    if (!pattern.Matches(repository)) continue;
    if (best && pattern.CompareSpecificity(rules[*best].parts().images.front()) <= 0) {
      continue;
    }
    best = i;
  }
  return best;
}

std::string RandomPath(std::mt19937& random, bool is_pattern) {
  std::string path =
      is_pattern && random() % 5 == 0 ? "*" : (random() % 2 == 0 ? "r.example" : "s.example");
  const std::size_t length = 1 + random() % 4;
  for (std::size_t i = 0; i < length; ++i) {
    const bool is_last = i + 1 == length;
    if (is_pattern && is_last && random() % 3 == 0) {
      path += "/**";
    } else if (is_pattern && random() % 3 == 0) {
      path += "/*";
    } else {
      path += std::string("/") + static_cast<char>('a' + random() % 3);
    }
  }
  return path;
}

TEST_CASE("no rules, no match") {
  CHECK_FALSE(RuleIndex().Find(Ref("r.example/a").repository()).has_value());
  CHECK_FALSE(RuleIndex(std::vector<Rule>()).Find(Ref("r.example/a").repository()).has_value());
}

TEST_CASE("a search that leads nowhere goes back to the next best pattern") {
  const RuleIndex index(RulesFor({"r.example/a/b/c", "r.example/a/*/d", "r.example/*/b/**", "**"}));
  const auto find = [&](const std::string& name) {
    return index.Find(Ref(name).repository()).value_or(99);
  };
  CHECK(find("r.example/a/b/c") == 0);
  CHECK(find("r.example/a/b/d") == 1);
  CHECK(find("r.example/a/b/e") == 2);
  CHECK(find("r.example/a/b") == 3);
  CHECK(find("other.example/x") == 3);
}

TEST_CASE("layouts are matched by their own patterns, and by the one for everything") {
  const auto layout = Must(oci::Repository::ForLayout("/srv/images/app"));
  CHECK_FALSE(RuleIndex(RulesFor({"*/srv/**"})).Find(layout).has_value());
  CHECK(RuleIndex(RulesFor({"*/srv/**", "oci:/srv/**"})).Find(layout) == 1);
  CHECK(RuleIndex(RulesFor({"*/srv/**", "**"})).Find(layout) == 1);
}

TEST_CASE("property: the index finds what looking at every pattern finds") {
  std::mt19937 random(41);
  std::size_t found = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> patterns;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < 1 + random() % 30; ++i) {
      const std::string pattern = random() % 40 == 0 ? "**" : RandomPath(random, true);
      if (seen.insert(Must(ImagePattern::Parse(pattern)).Canonical()).second) {
        patterns.push_back(pattern);
      }
    }
    const std::vector<Rule> rules = RulesFor(patterns);
    const RuleIndex index(rules);
    for (int i = 0; i < 30; ++i) {
      const oci::Repository repository = Ref(RandomPath(random, false)).repository();
      const auto expected = Linear(rules, repository);
      REQUIRE(index.Find(repository) == expected);
      found += expected.has_value() ? 1 : 0;
    }
  }
  CHECK(found > 1'000);
}

}  // namespace
}  // namespace hallmark::policy
