#include "tools/common/help.h"

#include <algorithm>
#include <map>
#include <vector>

namespace hallmark::cli {
namespace {

constexpr std::size_t kColumn = 30;

std::string Padded(std::string text, std::size_t width) {
  if (text.size() + 1 < width) return text.append(width - text.size(), ' ');
  return text + "\n" + std::string(width, ' ');
}

std::string Spelling(const Option& option) {
  std::string text = option.letter != 0 ? "  -" + std::string(1, option.letter) + ", " : "      ";
  text += "--" + std::string(option.name);
  if (option.arity != Arity::kSwitch) text += " " + std::string(option.argument);
  if (option.arity == Arity::kMany) text += "...";
  return text;
}

std::string Describe(std::string_view title, std::span<const Option> options) {
  std::string text = "\n" + std::string(title) + ":\n";
  for (const Option& option : options) {
    text += Padded(Spelling(option), kColumn) + std::string(option.help) + "\n";
  }
  return text;
}

std::string Indented(std::string_view lines) {
  std::string text;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    text += "  " + std::string(lines.substr(0, end)) + "\n";
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return text;
}

std::string VerbLine(const Verb& verb) {
  return Padded("  " + std::string(verb.name), 18) + std::string(verb.summary) + "\n";
}

std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
    }
  }
  return row[b.size()];
}

constexpr std::string_view kOtherVariables =
    "\nOther variables:\n"
    "  HALLMARK_PASSWORD         passphrase of a key file, PIN of a token\n"
    "  HALLMARK_PASSWORD_FILE    file whose first line is that passphrase\n"
    "  COSIGN_PASSWORD           the same as HALLMARK_PASSWORD, for pipelines that have it\n"
    "  NO_COLOR                  no colours\n"
    "  DOCKER_CONFIG             folder of docker's config.json (default ~/.docker)\n"
    "  REGISTRY_AUTH_FILE        podman's auth.json\n"
    "  HTTPS_PROXY, NO_PROXY     proxy for https, and the hosts that are asked directly\n"
    "  XDG_CACHE_HOME            what was learnt about registries, and revocation lists (default\n"
    "                            ~/.cache)\n"
    "  XDG_RUNTIME_DIR           locks by which signers on this machine take turns\n"
    "\nA switch is off when its variable is unset, empty, 0, false, no or off.\n"
    "A flag that repeats takes one value a line. The command line wins over a variable.\n";

}  // namespace

std::string Overview(Verbs verbs) {
  std::string text =
      "usage: hallmark VERB [NOUN] [REF...] [flags]\n\n"
      "Signs container images and verifies them against a trust policy.\n\nVerbs:\n";
  for (const Verb* verb : verbs) text += VerbLine(*verb);
  text +=
      "\nREF is registry/repo[:tag][@digest], oci:DIR[:tag|@digest] or oci-archive:FILE[:tag].\n"
      "KEYREF is a path, file:PATH, env:VAR, pkcs11:..., plugin:NAME?key=ID or NAME://RESOURCE.\n"
      "\nExit codes:\n"
      "  0 allowed, or done    1 denied     2 usage, policy, key or trust file unusable\n"
      "  3 unsigned            4 unknown    5 a bug\n"
      "\n`hallmark VERB --help` explains a verb; `man hallmark` explains everything.\n";
  return text;
}

std::string HelpFor(const Verb& verb) {
  std::string text =
      "usage: hallmark " + std::string(verb.name) + " " + std::string(verb.synopsis) + "\n\n";
  text += std::string(verb.summary) + "\n";
  if (!verb.about.empty()) text += "\n" + std::string(verb.about) + "\n";
  for (const OptionGroup& group : verb.groups) text += Describe(group.title, group.options);
  text += Describe("Everywhere", GlobalOptions());
  return text + "\nExamples:\n" + Indented(verb.examples);
}

std::string HelpForGroup(Verbs verbs, std::string_view group) {
  std::string text;
  for (const Verb* verb : verbs) {
    if (verb->name.starts_with(std::string(group) + " ")) text += VerbLine(*verb);
  }
  if (text.empty()) return text;
  return "usage: hallmark " + std::string(group) + " NOUN [flags]\n\n" + text;
}

std::string EnvironmentTwins(Verbs verbs) {
  std::map<std::string, std::string> users;  // "--key" -> "sign, verify"
  std::map<std::string, std::string> twins;
  const auto note = [&](const Option& option, std::string_view who) {
    if (option.name == "help") return;
    std::string& list = users["--" + std::string(option.name)];
    list += (list.empty() ? "" : ", ") + std::string(who);
    twins["--" + std::string(option.name)] = TwinOf(option);
  };
  for (const Option& option : GlobalOptions()) note(option, "every verb");
  for (const Verb* verb : verbs) {
    for (const OptionGroup& group : verb->groups) {
      for (const Option& option : group.options) note(option, verb->name);
    }
  }
  std::string text;
  for (const auto& [flag, verb_names] : users) {
    text += Padded(twins[flag], kColumn) + Padded(flag, 22) + verb_names + "\n";
  }
  return text + std::string(kOtherVariables);
}

std::string_view Nearest(Verbs verbs, std::string_view word) {
  std::string_view best;
  std::size_t least = 3;  // further away is another word
  for (const Verb* verb : verbs) {
    const std::string_view first = verb->name.substr(0, verb->name.find(' '));
    for (const std::string_view name : {verb->name, first}) {
      const std::size_t distance = EditDistance(word.substr(0, 40), name);
      if (distance < least && distance < name.size()) {
        least = distance;
        best = name;
      }
    }
  }
  return best;
}

}  // namespace hallmark::cli
