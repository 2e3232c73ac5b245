#ifndef HALLMARK_TOOLS_COMMON_OPTION_H_
#define HALLMARK_TOOLS_COMMON_OPTION_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "tools/common/exit_code.h"

// The tables that the parser, --help, the environment twins and the shell completions are made
// of. Constant data: nothing runs before main().
namespace hallmark::cli {

enum class Arity : std::uint8_t {
  kSwitch = 1,  // --recursive
  kOne,         // --policy FILE; given twice is a usage error
  kMany,        // --key K --key K
};

// What a shell offers as the argument.
enum class Hint : std::uint8_t { kNothing = 1, kFile, kFolder, kChoice };

struct Option {
  std::string_view name;  // "annotate"
  char letter = 0;        // 'a'; 0: none
  Arity arity = Arity::kSwitch;
  std::string_view argument = {};  // "FILE"; empty for switches
  Hint hint = Hint::kNothing;
  std::string_view choices = {};  // "text|json" with Hint::kChoice: nothing else is taken
  std::string_view help = {};
};

struct OptionGroup {
  std::string_view title;  // "Registry"
  std::span<const Option> options;
};

struct Session;

struct Verb {
  std::string_view name;      // "verify", "key generate"
  std::string_view synopsis;  // "REF... --policy FILE [flags]"
  std::string_view summary;   // one line
  std::string_view about;     // lines of at most 80 columns, may be empty
  std::string_view examples;  // two, with a line of explanation each
  std::span<const OptionGroup> groups;
  Hint positional;  // what a shell offers for the words after the verb
  ExitCode (*run)(Session&);
};

// The option of that long name; null when the verb has none.
const Option* FindOption(const Verb& verb, std::string_view name);

// "HALLMARK_SIGNED_NAME"
std::string TwinOf(const Option& option);

// Every verb has these.
std::span<const Option> GlobalOptions();

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_OPTION_H_
