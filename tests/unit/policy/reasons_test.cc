// Holds three lists together: the reasons that the sources can give, the table in the library and
// docs/reasons.md.
#include "hallmark/policy/reasons.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "hallmark/policy/trust_policy.h"
#include "tests/support/catch.h"
#include "tests/support/world.h"
#include "tests/unit/policy/evidence.h"

namespace hallmark::policy {
namespace {

namespace fs = std::filesystem;

std::string Read(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool IsId(std::string_view text) {
  if (text.empty() || text.front() < 'a' || text.front() > 'z' || text.back() == '-') return false;
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::islower(c) != 0 || std::isdigit(c) != 0 || c == '-';
  });
}

// What stands before a literal that is a reason; blanks do not count.
constexpr auto kBefore = std::to_array<std::string_view>({"reason=",
                                                          "reason==",
                                                          "Refusal{",
                                                          "Refused(",
                                                          "Fault(",
                                                          "kPassed,",
                                                          "kFailed,",
                                                          "kUnknown,",
                                                          "kNotApplicable,",
                                                          "return{{",
                                                          "return{",
                                                          "TellingRank(",
                                                          "FixFor(",
                                                          "Fix(",
                                                          "kStranger=",
                                                          "kUncertified=",
                                                          "Overlook(std::move(verdict),",
                                                          "kLimit?",
                                                          "Check::kIntegrity,",
                                                          "Check::kSubject,"});

bool IsReason(std::string_view before, std::string_view after) {
  const bool is_pair = before.ends_with("return{{") || before.ends_with("return{");
  // A pair of a reason and its detail; one text in braces is something else.
  if (is_pair && (after.empty() || after.front() != ',')) return false;
  return std::any_of(kBefore.begin(), kBefore.end(),
                     [&](std::string_view each) { return before.ends_with(each); });
}

// The reasons in one source, by how they are given: a literal at one of the places above.
std::set<std::string> ReasonsIn(const std::string& text) {
  std::set<std::string> found;
  std::string before;  // without blanks
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      std::size_t end = at + 1;
      while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
      const std::string literal = text.substr(at + 1, end - at - 1);
      const std::string after = text.substr(std::min(text.size(), end + 1), 1);
      const bool is_image_fault = literal.starts_with("image-");
      if (IsId(literal) && (is_image_fault || IsReason(before, after))) found.insert(literal);
      before += "\"\"";
      at = end;
    } else if (std::isspace(static_cast<unsigned char>(c)) == 0) {
      before += c;
    }
  }
  return found;
}

std::set<std::string> ReasonsOfSources() {
  std::set<std::string> found;
  for (const char* module : {"policy", "signature", "verify", "x509", "tsa"}) {
    const fs::path folder = fs::path(HALLMARK_SOURCE_DIR) / "lib" / "hallmark" / module;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.path().extension() == ".cc") found.merge(ReasonsIn(Read(entry.path())));
    }
  }
  return found;
}

std::set<std::string> ErrorWords() {
  std::set<std::string> words;
  for (int code = 1; code <= static_cast<int>(ErrorCode::kInternal); ++code) {
    words.emplace(ToWord(static_cast<ErrorCode>(code)));
  }
  return words;
}

using Row = std::vector<std::string>;  // verdict, exit code, meaning, what to do

std::map<std::string, Row> Page() {
  std::map<std::string, Row> rows;
  std::ifstream file(HALLMARK_SOURCE_DIR "/docs/reasons.md");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("| `")) continue;
    Row cells;
    for (std::size_t at = 2; at < line.size();) {
      const std::size_t end = line.find(" | ", at);
      cells.push_back(line.substr(at, std::min(end, line.size() - 2) - at));
      at = end == std::string::npos ? line.size() : end + 3;
    }
    REQUIRE(cells.size() == 5);
    const std::string id = cells[0].substr(1, cells[0].size() - 2);
    CAPTURE(id);
    CHECK(rows.emplace(id, Row(cells.begin() + 1, cells.end())).second);
  }
  return rows;
}

std::string ExitCodesFor(std::string verdicts) {
  const std::map<std::string, std::string> codes = {
      {"allowed", "0"}, {"denied", "1"}, {"unsigned", "3"}, {"unknown", "4"}, {"-", "-"}};
  for (const auto& [word, code] : codes) {
    if (const std::size_t at = verdicts.find(word); at != std::string::npos) {
      verdicts.replace(at, word.size(), code);
    }
  }
  return verdicts;
}

TEST_CASE("reasons stand once each, by id, with words for people") {
  std::string_view last;
  for (const Reason& reason : Reasons()) {
    CAPTURE(reason.id);
    CHECK(IsId(reason.id));
    CHECK(last < reason.id);
    CHECK(FindReason(reason.id) == &reason);
    for (const std::string_view text : {reason.meaning, reason.remedy}) {
      CHECK(text.ends_with("."));
      CHECK(text.size() < 500);  // both together make one description: at most 1024 at GitHub
      // No message of SARIF reads more into it than is there.
      CHECK(text.find_first_of("{}[]|\\`") == std::string_view::npos);
    }
    last = reason.id;
  }
  for (const char* stranger : {"", "a", "zz", "verifie", "verified2"}) {
    CHECK(FindReason(stranger) == nullptr);
  }
}

TEST_CASE("every reason that the sources can give is in the table, and no other") {
  std::set<std::string> given = ReasonsOfSources();
  for (const std::string& reason : given) {
    CAPTURE(reason);
    CHECK(FindReason(reason) != nullptr);
  }
  given.merge(ErrorWords());
  for (const Reason& reason : Reasons()) {
    CAPTURE(reason.id);
    CHECK(given.count(std::string(reason.id)) == 1);
  }
}

TEST_CASE("the page about reasons says what the table says, of all of them") {
  std::map<std::string, Row> page = Page();
  for (const Reason& reason : Reasons()) {
    CAPTURE(reason.id);
    const auto row = page.find(std::string(reason.id));
    REQUIRE(row != page.end());
    CHECK(row->second[1] == ExitCodesFor(row->second[0]));
    CHECK(row->second[2] == reason.meaning);
    CHECK(row->second[3] == reason.remedy);
    page.erase(row);
  }
  CHECK(page.empty());
}

TEST_CASE("the page about reasons has the verdict of every error") {
  const std::map<std::string, Row> page = Page();
  const Rule rule(testing::RuleParts(testing::Needs("ci")));
  const store::Subject subject = testing::SubjectAsked("registry.example/app:1.4");
  for (int code = 1; code <= static_cast<int>(ErrorCode::kInternal); ++code) {
    const Error error(static_cast<ErrorCode>(code), "asking");
    const Verdict unresolved = rule.DecideUnresolved(error);
    const Verdict gap = rule.Decide(subject, testing::EvidenceOf({}, {error}), testing::kNow);
    CAPTURE(unresolved.reason);
    const std::string& verdicts = page.at(unresolved.reason).at(0);
    CHECK(verdicts.find(unresolved.word()) != std::string::npos);
    CHECK(verdicts.find(gap.word()) != std::string::npos);
  }
}

TEST_CASE("the reasons of all vectors are in the table") {
  std::size_t cases = 0;
  for (const auto& entry :
       fs::recursive_directory_iterator(fs::path(HALLMARK_SOURCE_DIR) / "vectors")) {
    if (entry.path().filename() != "case.json") continue;
    const std::string text = Read(entry.path());
    const std::size_t at = text.find("\"reason\": \"");
    if (at == std::string::npos) continue;
    const std::size_t start = at + 11;
    const std::string reason = text.substr(start, text.find('"', start) - start);
    CAPTURE(entry.path(), reason);
    CHECK(FindReason(reason) != nullptr);
    ++cases;
  }
  CHECK(cases > 50);
}

}  // namespace
}  // namespace hallmark::policy
