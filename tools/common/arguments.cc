#include "tools/common/arguments.h"

// cxxopts compiles its regular expressions before main() unless told not to, and splits values at
// commas, which annotations may hold.
#define CXXOPTS_NO_REGEX true
#define CXXOPTS_VECTOR_DELIMITER '\0'
#include <algorithm>
#include <cxxopts.hpp>

#include "hallmark/base/printable.h"

namespace hallmark::cli {
namespace {

Error Usage(std::string message) { return {ErrorCode::kConfig, std::move(message)}; }

void Add(cxxopts::OptionAdder& adder, const Option& option) {
  std::string names(option.name);
  if (option.letter != 0) names = std::string(1, option.letter) + "," + names;
  if (option.arity == Arity::kSwitch) {
    adder(names, "");
  } else {
    adder(names, "", cxxopts::value<std::string>());
  }
}

bool IsChoice(std::string_view choices, std::string_view value) {
  while (!choices.empty()) {
    const std::size_t bar = std::min(choices.find('|'), choices.size());
    if (choices.substr(0, bar) == value) return true;
    choices.remove_prefix(std::min(bar + 1, choices.size()));
  }
  return false;
}

// Word by word in cxxopts' terms, so that what is taken is exactly what the table says.
struct Parsed {
  std::vector<std::pair<std::string, std::string>> options;
  std::vector<std::string> words;
};

Result<Parsed> ParseWords(const Verb& verb, std::span<const char* const> words) {
  try {
    cxxopts::Options options("hallmark");
    cxxopts::OptionAdder adder = options.add_options();
    for (const OptionGroup& group : verb.groups) {
      for (const Option& option : group.options) Add(adder, option);
    }
    for (const Option& option : GlobalOptions()) Add(adder, option);
    std::vector<const char*> argv = {"hallmark"};
    argv.insert(argv.end(), words.begin(), words.end());
    const cxxopts::ParseResult result = options.parse(static_cast<int>(argv.size()), argv.data());
    Parsed parsed;
    for (const cxxopts::KeyValue& pair : result.arguments()) {
      parsed.options.emplace_back(pair.key(), pair.value());
    }
    parsed.words = result.unmatched();
    return parsed;
  } catch (const std::exception& problem) {
    std::string said = problem.what();
    for (const std::string_view quote : {"\u2018", "\u2019"}) {  // cxxopts' own quotes
      for (std::size_t at = said.find(quote); at != std::string::npos; at = said.find(quote)) {
        said.replace(at, quote.size(), "'");
      }
    }
    return Usage(Printable(said));
  }
}

Result<bool> ReadSwitch(std::string_view value, std::string_view source) {
  std::string lower(value);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (lower.empty() || lower == "0" || lower == "false" || lower == "no" || lower == "off") {
    return false;
  }
  if (lower == "1" || lower == "true" || lower == "yes" || lower == "on") return true;
  return Usage(std::string(source) + ": want 1 or 0, not \"" + Printable(value, 40) + "\"");
}

std::string_view NextLine(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

}  // namespace

Result<Done> Arguments::Take(const Option& option, std::string_view value,
                             std::string_view source) {
  if (option.arity == Arity::kSwitch) {
    HALLMARK_ASSIGN(const bool on, ReadSwitch(value, source));
    // Off is an answer too: an empty list keeps the twin from answering.
    values_[std::string(option.name)].assign(on ? 1 : 0, "true");
    return Done{};
  }
  if (value.empty()) return Usage(std::string(source) + " has no value");
  if (option.hint == Hint::kChoice && !IsChoice(option.choices, value)) {
    return Usage(std::string(source) + ": want " + std::string(option.choices) + ", not \"" +
                 Printable(value, 40) + "\"");
  }
  std::vector<std::string>& values = values_[std::string(option.name)];
  if (option.arity == Arity::kOne && !values.empty()) {
    return Usage(std::string(source) + " is given twice");
  }
  values.emplace_back(value);
  return Done{};
}

Result<Done> Arguments::TakeTwin(const Option& option, const Environment& environment) {
  const std::string twin = TwinOf(option);
  const std::optional<std::string> value = environment.Text(twin);
  if (!value || values_.contains(option.name)) return Done{};
  if (option.arity != Arity::kMany) return Take(option, *value, twin);
  std::string_view rest = *value;
  while (!rest.empty()) {
    const std::string_view line = NextLine(rest);
    if (!line.empty()) HALLMARK_RETURN_IF_ERROR(Take(option, line, twin));
  }
  return Done{};
}

Result<Done> Arguments::TakeTwins(const Verb& verb, const Environment& environment) {
  for (const OptionGroup& group : verb.groups) {
    for (const Option& option : group.options) {
      HALLMARK_RETURN_IF_ERROR(TakeTwin(option, environment));
    }
  }
  for (const Option& option : GlobalOptions()) {
    if (option.name == "help") continue;
    HALLMARK_RETURN_IF_ERROR(TakeTwin(option, environment));
  }
  return Done{};
}

Result<Arguments> Arguments::Parse(const Verb& verb, std::span<const char* const> words,
                                   const Environment& environment) {
  HALLMARK_ASSIGN(Parsed parsed, ParseWords(verb, words));
  Arguments arguments;
  for (const auto& [name, value] : parsed.options) {
    const Option* option = FindOption(verb, name);
    HALLMARK_CHECK(option != nullptr);
    HALLMARK_RETURN_IF_ERROR(arguments.Take(*option, value, "--" + name));
    arguments.typed_.insert(name);
  }
  arguments.words_ = std::move(parsed.words);
  if (!arguments.Has("help")) HALLMARK_RETURN_IF_ERROR(arguments.TakeTwins(verb, environment));
  return arguments;
}

bool Arguments::Has(std::string_view name) const {
  const auto found = values_.find(name);
  return found != values_.end() && !found->second.empty();
}

bool Arguments::IsTyped(std::string_view name) const { return typed_.contains(name); }

std::optional<std::string> Arguments::Value(std::string_view name) const {
  if (!Has(name)) return std::nullopt;
  return values_.find(name)->second.front();
}

std::vector<std::string> Arguments::Values(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>{} : found->second;
}

Result<std::map<std::string, std::string>> Arguments::Pairs(std::string_view name) const {
  std::map<std::string, std::string> pairs;
  for (const std::string& text : Values(name)) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      return Usage("--" + std::string(name) + ": want name=value, not \"" + Printable(text) + "\"");
    }
    const auto [at, fresh] = pairs.emplace(text.substr(0, equals), text.substr(equals + 1));
    if (!fresh && at->second != text.substr(equals + 1)) {
      return Usage("--" + std::string(name) + ": two values for \"" + Printable(at->first) + "\"");
    }
  }
  return pairs;
}

}  // namespace hallmark::cli
