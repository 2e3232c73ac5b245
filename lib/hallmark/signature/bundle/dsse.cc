#include "hallmark/signature/bundle/internal/dsse.h"

#include <cstddef>
#include <limits>
#include <optional>
#include <string>

namespace hallmark::signature::bundle {
namespace {

constexpr std::string_view kPrefix = "DSSEv1 ";

// Eats "LEN SP" and LEN bytes from the front of `rest`.
std::optional<std::string_view> TakeCounted(std::string_view& rest) {
  std::size_t length = 0;
  std::size_t digits = 0;
  for (; digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9'; ++digits) {
    const auto digit = static_cast<std::size_t>(rest[digits] - '0');
    if (length > (std::numeric_limits<std::size_t>::max() - digit) / 10) return std::nullopt;
    length = length * 10 + digit;
  }
  const bool leading_zero = digits > 1 && rest.front() == '0';
  if (digits == 0 || leading_zero || digits == rest.size() || rest[digits] != ' ') {
    return std::nullopt;
  }
  rest.remove_prefix(digits + 1);
  if (length > rest.size()) return std::nullopt;
  const std::string_view taken = rest.substr(0, length);
  rest.remove_prefix(length);
  return taken;
}

Error NoEncoding() {
  return Error(ErrorCode::kMalformed, "the signed bytes are no DSSE pre-authentication encoding");
}

}  // namespace

Bytes PreAuthEncoding(std::string_view payload_type, ByteView payload) {
  const std::string head = std::string(kPrefix) + std::to_string(payload_type.size()) + " " +
                           std::string(payload_type) + " " + std::to_string(payload.size()) + " ";
  Bytes encoding;
  encoding.reserve(head.size() + payload.size());
  encoding.insert(encoding.end(), head.begin(), head.end());
  encoding.insert(encoding.end(), payload.begin(), payload.end());
  return encoding;
}

Result<SignedPayload> SplitPreAuth(const crypto::SignedBytes& encoding) {
  std::string_view rest = AsText(encoding.bytes());
  if (!rest.starts_with(kPrefix)) return NoEncoding();
  rest.remove_prefix(kPrefix.size());
  const std::optional<std::string_view> type = TakeCounted(rest);
  if (!type || !rest.starts_with(' ')) return NoEncoding();
  rest.remove_prefix(1);
  const std::optional<std::string_view> payload = TakeCounted(rest);
  if (!payload || !rest.empty()) return NoEncoding();
  return SignedPayload{*type, AsBytes(*payload)};
}

}  // namespace hallmark::signature::bundle
