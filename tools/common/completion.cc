#include "tools/common/completion.h"

#include <algorithm>
#include <functional>
#include <vector>

namespace hallmark::cli {
namespace {

void ForEachOption(const Verb& verb, const std::function<void(const Option&)>& visit) {
  for (const OptionGroup& group : verb.groups) {
    for (const Option& option : group.options) visit(option);
  }
  for (const Option& option : GlobalOptions()) visit(option);
}

std::string FirstWord(std::string_view name) { return std::string(name.substr(0, name.find(' '))); }

std::string SecondWord(std::string_view name) {
  const std::size_t blank = name.find(' ');
  return blank == std::string_view::npos ? "" : std::string(name.substr(blank + 1));
}

std::vector<std::string> FirstWords(Verbs verbs) {
  std::vector<std::string> words;
  for (const Verb* verb : verbs) {
    const std::string word = FirstWord(verb->name);
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  }
  return words;
}

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<std::string> Nouns(Verbs verbs, const std::string& first) {
  std::vector<std::string> nouns;
  for (const Verb* verb : verbs) {
    if (FirstWord(verb->name) == first && !SecondWord(verb->name).empty()) {
      nouns.push_back(SecondWord(verb->name));
    }
  }
  return nouns;
}

std::string Replaced(std::string_view text, char from, char to) {
  std::string result(text);
  std::replace(result.begin(), result.end(), from, to);
  return result;
}

std::string BashFlags(const Verb& verb) {
  std::vector<std::string> flags;
  ForEachOption(verb,
                [&](const Option& option) { flags.push_back("--" + std::string(option.name)); });
  return Joined(flags);
}

// What follows a flag, once for all verbs: the tables give one name one meaning.
std::string BashValues(Verbs verbs) {
  std::vector<std::string> seen;
  std::string text;
  for (const Verb* verb : verbs) {
    ForEachOption(*verb, [&](const Option& option) {
      const std::string key = std::string(verb->name) + ":--" + std::string(option.name);
      if (option.hint == Hint::kNothing) return;
      std::string pattern = "    \"" + key + "\"";
      if (option.letter != 0) {
        pattern += "|\"" + std::string(verb->name) + ":-" + std::string(1, option.letter) + "\"";
      }
      text += pattern + ") ";
      if (option.hint == Hint::kChoice) {
        text += "COMPREPLY=($(compgen -W \"" + Replaced(option.choices, '|', ' ') +
                "\" -- \"$word\")); return ;;\n";
      } else {
        text += option.hint == Hint::kFile ? "compopt -o default; return ;;\n"
                                           : "compopt -o dirnames; return ;;\n";
      }
    });
  }
  return text;
}

std::string ZshArgument(const Option& option) {
  if (option.arity == Arity::kSwitch) return "";
  const std::string label = ":" + Replaced(option.argument, ':', ' ') + ":";
  if (option.hint == Hint::kChoice) return label + "(" + Replaced(option.choices, '|', ' ') + ")";
  if (option.hint == Hint::kFile) return label + "_files";
  if (option.hint == Hint::kFolder) return label + "_files -/";
  return label;
}

std::string WithoutSpecials(std::string_view help) {
  std::string text;
  for (const char c : help) {
    if (c == '\'' || c == '[' || c == ']' || c == ':') continue;
    text += c;
  }
  return text;
}

}  // namespace

std::string BashCompletion(Verbs verbs) {
  std::string text =
      "# bash completion for hallmark; made by: hallmark completion bash\n"
      "_hallmark() {\n"
      "  local word=\"${COMP_WORDS[COMP_CWORD]}\" before=\"${COMP_WORDS[COMP_CWORD-1]}\"\n"
      "  local verb=\"${COMP_WORDS[1]}\"\n"
      "  if ((COMP_CWORD == 1)); then\n"
      "    COMPREPLY=($(compgen -W \"" +
      Joined(FirstWords(verbs)) +
      "\" -- \"$word\")); return\n"
      "  fi\n"
      "  case \"$verb\" in\n";
  for (const std::string& first : FirstWords(verbs)) {
    const std::string nouns = Joined(Nouns(verbs, first));
    if (nouns.empty()) continue;
    text += "    " + first + ")\n      if ((COMP_CWORD == 2)); then COMPREPLY=($(compgen -W \"" +
            nouns + "\" -- \"$word\")); return; fi\n      verb=\"$verb ${COMP_WORDS[2]}\" ;;\n";
  }
  text += "  esac\n  case \"$verb:$before\" in\n" + BashValues(verbs) +
          "  esac\n  local flags=\n  case \"$verb\" in\n";
  for (const Verb* verb : verbs) {
    text += "    \"" + std::string(verb->name) + "\") flags=\"" + BashFlags(*verb) + "\" ;;\n";
  }
  return text +
         "  esac\n"
         "  if [[ $word == -* ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$flags\" -- \"$word\"))\n"
         "  else\n"
         "    compopt -o default\n"
         "  fi\n"
         "}\n"
         "complete -F _hallmark hallmark\n";
}

std::string ZshCompletion(Verbs verbs) {
  std::string text =
      "#compdef hallmark\n"
      "# zsh completion for hallmark; made by: hallmark completion zsh\n"
      "_hallmark() {\n"
      "  if ((CURRENT == 2)); then compadd -- " +
      Joined(FirstWords(verbs)) +
      "; return; fi\n  local verb=\"$words[2]\" skip=1\n  case \"$verb\" in\n";
  for (const std::string& first : FirstWords(verbs)) {
    const std::string nouns = Joined(Nouns(verbs, first));
    if (nouns.empty()) continue;
    text += "    " + first + ") if ((CURRENT == 3)); then compadd -- " + nouns +
            "; return; fi; verb=\"$verb $words[3]\"; skip=2 ;;\n";
  }
  text += "  esac\n  shift $skip words; ((CURRENT -= skip))\n  case \"$verb\" in\n";
  for (const Verb* verb : verbs) {
    text += "    '" + std::string(verb->name) + "') _arguments -s";
    ForEachOption(*verb, [&](const Option& option) {
      text += std::string(" \\\n      '") + (option.arity == Arity::kMany ? "*" : "") + "--" +
              std::string(option.name) + "[" + WithoutSpecials(option.help) + "]" +
              ZshArgument(option) + "'";
    });
    text += " \\\n      '*:word:_files' ;;\n";
  }
  return text + "  esac\n}\ncompdef _hallmark hallmark\n";
}

std::string FishCompletion(Verbs verbs) {
  std::string text =
      "# fish completion for hallmark; made by: hallmark completion fish\n"
      "complete -c hallmark -n __fish_use_subcommand -f\n";
  for (const Verb* verb : verbs) {
    const std::string first = FirstWord(verb->name);
    const std::string noun = SecondWord(verb->name);
    std::string when = "__fish_seen_subcommand_from " + first;
    const std::string about = " -d '" + WithoutSpecials(verb->summary) + "'\n";
    if (noun.empty()) {
      text += "complete -c hallmark -n __fish_use_subcommand -f -a " + first + about;
    } else {
      text += "complete -c hallmark -n __fish_use_subcommand -f -a " + first + "\n";
      text += "complete -c hallmark -n '" + when + "' -f -a " + noun + about;
      when += "; and __fish_seen_subcommand_from " + noun;
    }
    ForEachOption(*verb, [&](const Option& option) {
      text += "complete -c hallmark -n '" + when + "' -l " + std::string(option.name);
      if (option.letter != 0) text += " -s " + std::string(1, option.letter);
      if (option.arity != Arity::kSwitch) text += option.hint == Hint::kFile ? " -r -F" : " -x";
      if (option.hint == Hint::kChoice) text += " -a '" + Replaced(option.choices, '|', ' ') + "'";
      text += " -d '" + WithoutSpecials(option.help) + "'\n";
    });
  }
  return text;
}

}  // namespace hallmark::cli
