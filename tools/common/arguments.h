#ifndef HALLMARK_TOOLS_COMMON_ARGUMENTS_H_
#define HALLMARK_TOOLS_COMMON_ARGUMENTS_H_

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/result.h"
#include "tools/common/environment.h"
#include "tools/common/option.h"

namespace hallmark::cli {

// The words after the verb, read by its option table.
class Arguments {
 public:
  // Flags of the command line come first, then the environment twins of those that it does not
  // name (--switch=0 is named, and off): a switch is off when its variable is unset, empty, 0,
  // false, no or off, on for 1, true, yes and on; an option that repeats takes one value a line.
  // kConfig, in words for the user, for an unknown flag, a missing or unexpected value, a value
  // outside the choices, a single option given twice.
  static Result<Arguments> Parse(const Verb& verb, std::span<const char* const> words,
                                 const Environment& environment);

  bool Has(std::string_view name) const;
  // Whether the command line itself says it, not its environment twin.
  bool IsTyped(std::string_view name) const;
  std::optional<std::string> Value(std::string_view name) const;
  std::vector<std::string> Values(std::string_view name) const;
  // "k=v" pairs of a repeatable option. kConfig for one without '=', an empty name, or one name
  // with two values.
  Result<std::map<std::string, std::string>> Pairs(std::string_view name) const;
  const std::vector<std::string>& words() const { return words_; }

 private:
  Result<Done> Take(const Option& option, std::string_view value, std::string_view source);
  Result<Done> TakeTwins(const Verb& verb, const Environment& environment);
  Result<Done> TakeTwin(const Option& option, const Environment& environment);

  std::map<std::string, std::vector<std::string>, std::less<>> values_;
  std::set<std::string, std::less<>> typed_;
  std::vector<std::string> words_;
};

// "90d", "12h", "30m", "45s", "250ms": a whole number and its unit. kConfig otherwise, also for 0
// and for more than a hundred years.
Result<std::chrono::milliseconds> ParseDuration(std::string_view text, std::string_view flag);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_ARGUMENTS_H_
