#ifndef HALLMARK_TOOLS_COMMON_COMMA_LIST_H_
#define HALLMARK_TOOLS_COMMON_COMMA_LIST_H_

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace hallmark::cli {

// What stands between the commas of a flag's value, in its order; empty parts too.
inline std::vector<std::string> SplitAtCommas(std::string_view list) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t comma = std::min(list.find(','), list.size());
    parts.emplace_back(list.substr(0, comma));
    if (comma == list.size()) return parts;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_COMMA_LIST_H_
