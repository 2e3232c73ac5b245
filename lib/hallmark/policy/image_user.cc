#include "hallmark/policy/internal/image_user.h"

#include <algorithm>

#include "hallmark/base/printable.h"

namespace hallmark::policy {
namespace {

// Runtimes have taken greater numbers for 0 (containerd, CVE-2024-40635).
constexpr std::string_view kMaxId = "2147483647";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// "1000", not "01000", "+1000" or "4294967296".
bool IsPlainId(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit) &&
         (text.front() != '0' || text.size() == 1) &&
         (text.size() < kMaxId.size() || (text.size() == kMaxId.size() && text <= kMaxId));
}

// What no runtime takes for a number: it starts with a letter or '_'.
bool IsName(std::string_view text) {
  return !text.empty() && (IsLetter(text.front()) || text.front() == '_') &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return IsLetter(c) || IsDigit(c) || c == '_' || c == '.' || c == '-';
         });
}

}  // namespace

std::string UserFault(std::string_view user, ImageRule::User wanted) {
  const std::string shown = "\"" + Printable(user) + "\"";
  const std::size_t colon = std::min(user.find(':'), user.size());
  const std::string_view name = user.substr(0, colon);
  const std::string_view group = user.substr(std::min(colon + 1, user.size()));
  if (name.empty()) return "runs as root: no user is set";
  if (name == "root" || name == "0") return "runs as root: user " + shown;
  if (!group.empty() && !IsPlainId(group) && !IsName(group)) {
    return "the group of user " + shown + " is neither a name nor a number up to 2147483647";
  }
  if (IsPlainId(name)) return "";
  if (!IsName(name)) {
    return "user " + shown + " is neither a name nor a number up to 2147483647";
  }
  switch (wanted) {
    case ImageRule::User::kNotRoot:
      return "";
    case ImageRule::User::kNumericNotRoot:
    default:
      return "user " + shown + " is no number, so it may be root";
  }
}

}  // namespace hallmark::policy
