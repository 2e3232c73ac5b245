#include "hallmark/store/registry/internal/token_answer.h"

#include <algorithm>
#include <string>

#include "hallmark/encoding/json.h"
#include "hallmark/store/registry/internal/answer.h"

namespace hallmark::store::registry {
namespace {

constexpr json::Limits kTokenLimits{kMaxErrorBytes, 8, 200};
constexpr std::size_t kMaxTokenBytes = std::size_t{32} * 1024;
constexpr std::uint64_t kDefaultSeconds = 60;  // token specification: "at least 60 seconds"
constexpr std::uint64_t kMaxSeconds = 24 * 3600;

const std::string* TokenOf(const json::Value& body) {
  for (const char* name : {"token", "access_token"}) {
    const json::Value* member = body.Find(name);
    if (member != nullptr && member->string() != nullptr && !member->string()->empty()) {
      return member->string();
    }
  }
  return nullptr;
}

bool IsToken(std::string_view text) {
  return text.size() <= kMaxTokenBytes &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

std::chrono::milliseconds LifetimeOf(const json::Value& body) {
  const json::Value* member = body.Find("expires_in");
  const auto seconds = member == nullptr ? std::nullopt : member->unsigned_integer();
  const std::uint64_t bounded = std::min(seconds.value_or(kDefaultSeconds), kMaxSeconds);
  return std::chrono::milliseconds(bounded * 900);
}

}  // namespace

Result<Token> ParseTokenAnswer(ByteView untrusted_body,
                               std::chrono::steady_clock::time_point asked) {
  const Result<json::Value> body = json::Parse(untrusted_body, kTokenLimits);
  const std::string* token = body.ok() ? TokenOf(body.value()) : nullptr;
  if (token == nullptr || !IsToken(*token)) {
    return Error(ErrorCode::kProtocol, "the answer holds no usable token");
  }
  Bytes copy = ToBytes(*token);
  return Token{Secret::TakeAndWipe(copy), asked + LifetimeOf(body.value())};
}

}  // namespace hallmark::store::registry
