#include "tools/common/option.h"

namespace hallmark::cli {
namespace {

constexpr Option kGlobal[] = {
    {.name = "help", .letter = 'h', .help = "say what the verb does, with examples"},
    {.name = "quiet", .letter = 'q', .help = "results only: no notes, no progress"},
    {.name = "verbose", .letter = 'v', .help = "one line on stderr for every request"},
};

char Upper(char c) {
  if (c == '-') return '_';
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

}  // namespace

std::span<const Option> GlobalOptions() { return kGlobal; }

const Option* FindOption(const Verb& verb, std::string_view name) {
  for (const OptionGroup& group : verb.groups) {
    for (const Option& option : group.options) {
      if (option.name == name) return &option;
    }
  }
  for (const Option& option : kGlobal) {
    if (option.name == name) return &option;
  }
  return nullptr;
}

std::string TwinOf(const Option& option) {
  std::string twin = "HALLMARK_";
  for (const char c : option.name) twin += Upper(c);
  return twin;
}

}  // namespace hallmark::cli
