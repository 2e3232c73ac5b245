#include "hallmark/policy/internal/nearest_name.h"

#include <algorithm>
#include <cstddef>

namespace hallmark::policy {
namespace {

// Longer texts are no misspelling of ours, and the distance costs their length squared.
constexpr std::size_t kMaxCompared = 64;

char Lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

// Optimal string alignment distance.
std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = Lower(a[i - 1]) == Lower(b[j - 1]) ? 0 : 1;
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && Lower(a[i - 1]) == Lower(b[j - 2]) &&
          Lower(a[i - 2]) == Lower(b[j - 1])) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

std::string DidYouMean(std::string_view misspelt, const std::vector<std::string_view>& known) {
  if (misspelt.empty() || misspelt.size() > kMaxCompared) return "";
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, misspelt.size() / 3) + 1;
  for (const std::string_view name : known) {
    const std::size_t distance = Distance(misspelt, name);
    if (distance >= best_distance) continue;
    best_distance = distance;
    best = name;
  }
  return best.empty() ? "" : "; did you mean \"" + std::string(best) + "\"?";
}

}  // namespace hallmark::policy
