#include "hallmark/policy/internal/secret_look.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace hallmark::policy {
namespace {

constexpr std::array<std::string_view, 10> kNames{
    "PASSWORD",   "PASSWD",  "PASSPHRASE", "SECRET",     "TOKEN",
    "CREDENTIAL", "API_KEY", "APIKEY",     "ACCESS_KEY", "PRIVATE_KEY"};

// AWS, GitHub, GitLab, Slack, Docker Hub, npm, Stripe, Google.
constexpr std::array<std::string_view, 20> kPrefixes{
    "AKIA",        "ASIA",      "ghp_",  "gho_",     "ghu_",     "ghs_",  "ghr_",
    "github_pat_", "glpat-",    "xoxa-", "xoxb-",    "xoxe-",    "xoxp-", "xoxr-",
    "xoxs-",       "dckr_pat_", "npm_",  "sk_live_", "rk_live_", "AIza"};
// The shortest of these tokens has 16 characters after its prefix; fewer are words.
constexpr std::size_t kMinTail = 16;

bool IsTokenCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string UpperCase(std::string_view text) {
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return upper;
}

// A word of `value` that starts with the prefix and goes on long enough.
bool HoldsToken(std::string_view value, std::string_view prefix) {
  for (std::size_t at = value.find(prefix); at != std::string_view::npos;
       at = value.find(prefix, at + 1)) {
    if (at > 0 && IsTokenCharacter(value[at - 1])) continue;
    const std::string_view tail = value.substr(at + prefix.size());
    const auto end = std::find_if_not(tail.begin(), tail.end(), IsTokenCharacter);
    if (static_cast<std::size_t>(end - tail.begin()) >= kMinTail) return true;
  }
  return false;
}

// "postgres://user:password@host/db"
bool HoldsUrlPassword(std::string_view value) {
  constexpr std::string_view kMark = "://";
  for (std::size_t at = value.find(kMark); at != std::string_view::npos;
       at = value.find(kMark, at + 1)) {
    std::string_view authority = value.substr(at + kMark.size());
    authority = authority.substr(0, authority.find_first_of("/?# \t\r\n"));
    const std::string_view user = authority.substr(0, authority.rfind('@'));
    const std::size_t colon = user.find(':');
    if (user.size() < authority.size() && colon < user.size() && colon + 1 < user.size()) {
      return true;
    }
  }
  return false;
}

bool IsSecretName(const oci::EnvironmentVariable& variable) {
  const std::string name = UpperCase(variable.name);
  if (variable.value.empty()) return false;
  if (name.ends_with("_FILE") && variable.value.starts_with('/')) return false;
  return std::any_of(kNames.begin(), kNames.end(),
                     [&](std::string_view part) { return Contains(name, part); });
}

bool IsSecretValue(std::string_view value) {
  if (Contains(value, "-----BEGIN ") && Contains(value, "PRIVATE KEY-----")) return true;
  return HoldsUrlPassword(value) ||
         std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return HoldsToken(value, prefix); });
}

}  // namespace

bool LooksSecret(const oci::EnvironmentVariable& variable) {
  return IsSecretName(variable) || IsSecretValue(variable.value);
}

}  // namespace hallmark::policy
