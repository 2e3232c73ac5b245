// Every case of shared/interop that the command can be asked: artifacts of the real tools, each
// with the verdict that the tool itself gave, or that is to be given instead of it.
#include <spawn.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "hallmark/encoding/json.h"

namespace hallmark::testing {
namespace {

namespace fs = std::filesystem;
using json::Value;
using Words = std::vector<std::string>;

constexpr json::Limits kLimits{4 * 1024 * 1024, 16, 100'000};

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

const std::string& Text(const Value& object, std::string_view name) {
  static const std::string kNone;
  const Value* value = object.Find(name);
  return value == nullptr || value->string() == nullptr ? kNone : *value->string();
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

Words Split(const std::string& text) {
  std::istringstream in(text);
  Words words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

// How a peer's flags are said to us; nullopt for what we cannot be asked yet. A flag that switches
// off a look at the log or for plain http has nothing to switch off here.
const std::map<std::string, std::optional<std::string>>& Flags() {
  static const std::map<std::string, std::optional<std::string>> kFlags = {
      {"--key", "--key"},
      {"-a", "--annotate"},
      {"-m", "--annotate"},
      {"--type", "--attestation"},
      {"--insecure-ignore-tlog=true", ""},
      {"--experimental-oci11", ""},
      {"--insecure-registry", ""},
  };
  return kFlags;
}

struct Place {
  fs::path shared;
  fs::path layout;
  std::string repository;
  std::string image;
};

// `hallmark verify` with what a check asks its peer; nullopt when it cannot be asked.
std::optional<Words> Question(const Value& check, const Place& place) {
  const std::string& tool = Text(check, "tool");
  if (tool != "cosign2" && tool != "cosign3" && tool != "notation") return std::nullopt;
  std::string args = Replaced(Text(check, "args"), "$K", (place.shared / "keys").string());
  args = Replaced(std::move(args), "$IMAGE", place.image);
  Words words = {"verify", "--logical-name", place.repository};
  bool first = true;
  for (const std::string& word : Split(args)) {
    if (std::exchange(first, false)) continue;  // verify, verify-attestation
    if (word.starts_with("$REPO")) {
      words.push_back("oci:" + place.layout.string() + word.substr(5));
    } else if (word.starts_with("-")) {
      const auto flag = Flags().find(word);
      if (flag == Flags().end()) return std::nullopt;
      if (!flag->second->empty()) words.push_back(*flag->second);
    } else {
      words.push_back(word);
    }
  }
  if (tool == "notation") {
    words.insert(words.end(),
                 {"--policy", Replaced(Text(check, "policy"), "$SET", place.shared.string()),
                  "--trust-store", (place.shared / "notation/truststore").string()});
  }
  return words;
}

int Run(const std::string& program, const Words& words) {
  std::vector<char*> argv = {const_cast<char*>(program.c_str())};  // posix_spawn's own const
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", 1, 0);
  posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", 1, 0);
  pid_t pid = 0;
  const int failed = posix_spawn(&pid, program.c_str(), &quiet, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&quiet);
  int status = 0;
  if (failed != 0 || ::waitpid(pid, &status, 0) != pid || !WIFEXITED(status)) return -1;
  return WEXITSTATUS(status);
}

// Whether the exit code is the verdict: a refusal is one about evidence, never a usage error.
bool Agrees(int code, const std::string& expect) {
  return expect == "accept" ? code == 0 : code == 1 || code == 3;
}

struct Count {
  int asked = 0;
  int of = 0;
};

int Main(const std::string& program) {
  const char* folder = std::getenv("HALLMARK_SHARED");
  const fs::path set = fs::path(folder != nullptr ? folder : HALLMARK_SHARED_DEFAULT) / "interop";
  if (!fs::exists(set / "cases.json")) {
    std::cout << "skipped: no shared/interop; set HALLMARK_SHARED\n";
    return 77;
  }
  const std::string text = ReadFile(set / "cases.json");
  const Result<Value> document = json::Parse(AsBytes(text), kLimits);
  if (!document.ok()) {
    std::cerr << document.error().message() << "\n";
    return 1;
  }
  std::map<std::string, Count> counts;
  int wrong = 0;
  const Value* list = document.value().Find("cases");
  for (const Value& one : *(list == nullptr ? document.value() : *list).array()) {
    const Place place{set, set / Text(one, "layout"), Text(one, "repository"), Text(one, "image")};
    const std::string& id = Text(one, "id");
    for (const Value& check : *one.Find("checks")->array()) {
      Count& count = counts[id.substr(0, id.find('/'))];
      ++count.of;
      const std::optional<Words> question = Question(check, place);
      if (!question) continue;
      ++count.asked;
      const int code = Run(program, *question);
      if (Agrees(code, Text(check, "expect"))) continue;
      ++wrong;
      std::cout << id << ": want " << Text(check, "expect") << ", exit " << code << ":";
      for (const std::string& word : *question) std::cout << " " << word;
      std::cout << "\n";
    }
  }
  for (const auto& [peer, count] : counts) {
    std::cout << peer << ": " << count.asked << " of " << count.of << " checks can be asked\n";
  }
  // What could be asked once is not left out again.
  const bool enough = counts["cosign2"].asked >= 37 && counts["cosign3"].asked >= 37 &&
                      counts["notation"].asked == counts["notation"].of;
  if (!enough) std::cout << "fewer checks were asked than before\n";
  return wrong == 0 && enough ? 0 : 1;
}

}  // namespace
}  // namespace hallmark::testing

int main(int count, char** words) {
  if (count != 2) return 2;
  return hallmark::testing::Main(words[1]);
}
