#include "hallmark/policy/internal/policy_reader.h"

#include <algorithm>

#include "hallmark/base/printable.h"
#include "hallmark/policy/internal/nearest_name.h"
#include "hallmark/policy/limits.h"

namespace hallmark::policy {
namespace {

bool IsLetterOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

Error ComplainAt(json::Position position, const std::string& where, const std::string& what) {
  return Error(ErrorCode::kConfig, std::to_string(position.line) + ":" +
                                       std::to_string(position.column) + ": " + where + ": " +
                                       what);
}

Result<json::Fields> OpenObject(const json::Value& value, const std::string& where,
                                std::span<const std::string_view> known) {
  HALLMARK_ASSIGN(json::Fields fields, json::Fields::Of(value, where));
  for (const json::Member& member : *value.object()) {
    if (std::find(known.begin(), known.end(), member.name) != known.end()) continue;
    return fields.Complain(
        member.name, "unknown member" + DidYouMean(member.name, {known.begin(), known.end()}));
  }
  return fields;
}

bool IsName(std::string_view text) {
  return !text.empty() && text.size() <= kMaxNameBytes && IsLetterOrDigit(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return IsLetterOrDigit(c) || c == '.' || c == '_' || c == '-'; });
}

}  // namespace hallmark::policy
