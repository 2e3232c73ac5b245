#include "hallmark/signature/dsse.h"

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hallmark/encoding/base64.h"
#include "hallmark/signature/limits.h"

namespace hallmark::signature {
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

Result<Bytes> Base64Member(json::Fields& fields, std::string_view name) {
  // The text of a payload may be large: it is not copied.
  const json::Value* value = fields.OptionalAny(name);
  if (value == nullptr) return fields.Complain(name, "missing");
  if (value->string() == nullptr) return fields.Complain(name, "want a string");
  Result<Bytes> bytes = encoding::FromBase64(*value->string());
  if (!bytes.ok()) return fields.Complain(name, bytes.error().message());
  return bytes;
}

// The envelope allows several signatures; what carries it here holds exactly one.
Result<Bytes> ParseSignature(json::Fields& envelope) {
  HALLMARK_ASSIGN(const std::vector<json::Value>* signatures, envelope.Array("signatures"));
  if (signatures->size() != 1) return envelope.Complain("signatures", "want exactly one signature");
  HALLMARK_ASSIGN(json::Fields fields,
                  json::Fields::Of(signatures->front(), envelope.where() + ".signatures[0]"));
  HALLMARK_ASSIGN(Bytes signature, Base64Member(fields, "sig"));
  HALLMARK_ASSIGN(const std::optional<std::string> key_id, fields.OptionalString("keyid"));
  HALLMARK_RETURN_IF_ERROR(fields.NothingElse());
  if (signature.empty()) return fields.Complain("sig", "the signature is empty");
  if (signature.size() > kMaxSignatureBytes || (key_id && key_id->size() > kMaxHintBytes)) {
    return Error(ErrorCode::kLimit, "signature or key id is too long");
  }
  return signature;
}

}  // namespace

Result<UnverifiedEnvelope> ParseEnvelope(const json::Value& envelope, const std::string& where) {
  HALLMARK_ASSIGN(json::Fields fields, json::Fields::Of(envelope, where));
  UnverifiedEnvelope parsed;
  HALLMARK_ASSIGN(parsed.payload, Base64Member(fields, "payload"));
  HALLMARK_ASSIGN(parsed.payload_type, fields.String("payloadType"));
  HALLMARK_ASSIGN(parsed.signature, ParseSignature(fields));
  HALLMARK_RETURN_IF_ERROR(fields.NothingElse());
  return parsed;
}

std::string WriteEnvelope(UnverifiedEnvelope envelope) {
  using json::Value;
  Value signature = Value::Object({{"keyid", Value::String("")},
                                   {"sig", Value::String(encoding::ToBase64(envelope.signature))}});
  const std::string around =
      json::ToText(Value::Object({{"payloadType", Value::String(envelope.payload_type)},
                                  {"signatures", Value::Array({std::move(signature)})}}));
  // A payload may be large: it is never copied into a document.
  const std::string payload = encoding::ToBase64(envelope.payload);
  envelope.payload = {};
  constexpr std::string_view kPayload = R"({"payload":")";
  std::string text;
  text.reserve(around.size() + payload.size() + kPayload.size() + 2);
  text.append(kPayload).append(payload).append("\",").append(around, 1);
  return text;
}

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

}  // namespace hallmark::signature
