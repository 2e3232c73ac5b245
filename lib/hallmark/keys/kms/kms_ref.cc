#include "hallmark/keys/kms/kms_ref.h"

#include <algorithm>
#include <array>

#include "hallmark/base/utf8.h"
#include "hallmark/keys/kms/limits.h"

namespace hallmark::keys {
namespace {

constexpr std::string_view kSeparator = "://";
constexpr std::size_t kMaxNameBytes = 128;
// With a meaning of their own, here or for whoever types a URL.
constexpr std::array<std::string_view, 9> kTaken = {
    "file", "env", "pkcs11", "plugin", "notation", "http", "https", "oci", "oci-archive"};

bool IsAlphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool IsName(std::string_view name) {
  return !name.empty() && name.size() <= kMaxNameBytes && IsAlphanumeric(name[0]) &&
         std::ranges::all_of(
             name, [](char c) { return IsAlphanumeric(c) || c == '.' || c == '_' || c == '-'; }) &&
         std::ranges::find(kTaken, name) == kTaken.end();
}

bool IsControl(char c) { return (c >= 0 && c < ' ') || c == '\x7F'; }

}  // namespace

bool IsKmsRef(std::string_view text) {
  const std::size_t end = text.find(kSeparator);
  return end != std::string_view::npos && IsName(text.substr(0, end));
}

Result<KmsRef> KmsRef::Parse(std::string_view text) {
  if (!IsKmsRef(text)) return Error(ErrorCode::kMalformed, "want NAME://RESOURCE");
  if (text.size() > kMaxKmsRefBytes) {
    return Error(ErrorCode::kLimit, "a key's reference of more than 4 KiB");
  }
  if (!IsUtf8(text) || std::ranges::any_of(text, IsControl)) {
    return Error(ErrorCode::kMalformed, "want NAME://RESOURCE in UTF-8, without line breaks");
  }
  const std::size_t end = text.find(kSeparator);
  return KmsRef{std::string(text.substr(0, end)),
                std::string(text.substr(end + kSeparator.size()))};
}

}  // namespace hallmark::keys
