#include "hallmark/store/registry/internal/challenge.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace hallmark::store::registry {
namespace {

constexpr std::size_t kMaxChallenges = 16;
constexpr std::size_t kMaxParams = 16;

bool IsTokenByte(char c) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         kMarks.find(c) != std::string_view::npos;
}

std::string Lowered(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lowered;
}

bool IsName(std::string_view text, std::string_view name) { return Lowered(text) == name; }

// Walks over one header line.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  void SkipBlanks() { SkipAny(" \t"); }
  void SkipSeparators() { SkipAny(" \t,"); }
  bool AtEnd() const { return text_.empty(); }
  bool TakeIf(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }

  std::string_view Token() {
    const auto end = std::find_if_not(text_.begin(), text_.end(), IsTokenByte);
    const auto length = static_cast<std::size_t>(end - text_.begin());
    const std::string_view token = text_.substr(0, length);
    text_.remove_prefix(length);
    return token;
  }

  // A token or a quoted-string; nullopt when neither is there or the quote stays open.
  std::optional<std::string> Value() {
    if (TakeIf('"')) return Quoted();
    const std::string_view token = Token();
    if (token.empty()) return std::nullopt;
    return std::string(token);
  }

 private:
  void SkipAny(std::string_view characters) {
    text_.remove_prefix(std::min(text_.find_first_not_of(characters), text_.size()));
  }

  std::optional<std::string> Quoted() {
    std::string value;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      if (text_[i] == '"') {
        text_.remove_prefix(i + 1);
        return value;
      }
      if (text_[i] == '\\' && ++i == text_.size()) break;
      value += text_[i];
    }
    return std::nullopt;
  }

  std::string_view text_;
};

// A token is a parameter's name when '=' follows, else the next challenge's scheme.
void ParseLine(std::string_view line, std::vector<Challenge>& challenges) {
  Scanner scanner(line);
  for (scanner.SkipSeparators(); !scanner.AtEnd(); scanner.SkipSeparators()) {
    const std::string name = Lowered(scanner.Token());
    if (name.empty()) return;
    scanner.SkipBlanks();
    if (!scanner.TakeIf('=')) {
      if (challenges.size() == kMaxChallenges) return;
      challenges.push_back({name, {}});
      continue;
    }
    scanner.SkipBlanks();
    std::optional<std::string> value = scanner.Value();
    if (!value || challenges.empty() || challenges.back().params.size() == kMaxParams) return;
    challenges.back().params.emplace(name, std::move(*value));
  }
}

}  // namespace

std::vector<Challenge> ParseChallenges(const net::Response& response) {
  std::vector<Challenge> challenges;
  for (const auto& [name, value] : response.headers) {
    if (IsName(name, "www-authenticate")) ParseLine(value, challenges);
  }
  return challenges;
}

}  // namespace hallmark::store::registry
