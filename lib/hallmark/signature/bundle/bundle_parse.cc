#include "hallmark/signature/bundle/internal/bundle_parse.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/hex.h"
#include "hallmark/encoding/json.h"
#include "hallmark/signature/bundle/internal/media_types.h"
#include "hallmark/signature/bundle/limits.h"
#include "hallmark/signature/dsse.h"
#include "hallmark/signature/limits.h"

namespace hallmark::signature::bundle {
namespace {

using json::Fields;
using json::Value;

constexpr std::size_t kMaxHintShown = 64;
constexpr std::size_t kKeyIdBytes = 8;

Error Unsupported(std::string what) { return Error(ErrorCode::kUnsupported, std::move(what)); }

// A repeated message field: a list of objects, absent when empty.
Result<std::size_t> CountObjects(Fields& fields, std::string_view name) {
  HALLMARK_ASSIGN(const std::vector<Value>* items, fields.OptionalArray(name));
  if (items == nullptr) return std::size_t{0};
  for (const Value& item : *items) {
    if (item.object() == nullptr) return fields.Complain(name, "want a list of objects");
  }
  return items->size();
}

Result<Done> ParseTimestamps(const Value* data, UnverifiedBundle& bundle) {
  if (data == nullptr) return Done{};
  HALLMARK_ASSIGN(Fields fields,
                  Fields::Of(*data, "bundle.verificationMaterial.timestampVerificationData"));
  HALLMARK_ASSIGN(bundle.timestamps, CountObjects(fields, "rfc3161Timestamps"));
  return fields.NothingElse();
}

Result<Done> ParsePublicKey(const Value& key, UnverifiedBundle& bundle) {
  HALLMARK_ASSIGN(Fields fields, Fields::Of(key, "bundle.verificationMaterial.publicKey"));
  HALLMARK_ASSIGN(std::optional<std::string> hint, fields.OptionalString("hint"));
  if (hint && hint->size() > kMaxHintBytes) return Error(ErrorCode::kLimit, "hint is too long");
  bundle.key_hint = std::move(hint).value_or("");
  return fields.NothingElse();
}

Result<Done> ParseMaterial(const Value& material, UnverifiedBundle& bundle) {
  HALLMARK_ASSIGN(Fields fields, Fields::Of(material, "bundle.verificationMaterial"));
  HALLMARK_ASSIGN(const Value* key, fields.OptionalObject("publicKey"));
  HALLMARK_ASSIGN(const Value* certificate, fields.OptionalObject("certificate"));
  HALLMARK_ASSIGN(const Value* chain, fields.OptionalObject("x509CertificateChain"));
  HALLMARK_ASSIGN(bundle.log_entries, CountObjects(fields, "tlogEntries"));
  HALLMARK_ASSIGN(const Value* timestamps, fields.OptionalObject("timestampVerificationData"));
  HALLMARK_RETURN_IF_ERROR(ParseTimestamps(timestamps, bundle));
  HALLMARK_RETURN_IF_ERROR(fields.NothingElse());
  const int contents = (key != nullptr) + (certificate != nullptr) + (chain != nullptr);
  if (contents != 1) {
    return fields.Complain("", "want exactly one of publicKey, certificate, x509CertificateChain");
  }
  if (key == nullptr) return Unsupported("signed with a certificate, not with a plain key");
  return ParsePublicKey(*key, bundle);
}

// The version comes first: members of another version would only look like mistakes.
Result<Done> CheckVersion(Fields& fields) {
  HALLMARK_ASSIGN(const std::string media_type, fields.String("mediaType"));
  if (media_type == kBundleType) return Done{};
  if (!media_type.starts_with(kBundleTypePrefix)) {
    return fields.Complain("mediaType", "want " + std::string(kBundleType));
  }
  return Unsupported("bundle version " + Printable(media_type) + ": only v0.3 is read");
}

}  // namespace

std::optional<crypto::Fingerprint> UnverifiedBundle::HintedKey() const {
  return FingerprintFromHint(key_hint);
}

std::optional<crypto::Fingerprint> FingerprintFromHint(std::string_view hint) {
  const Result<Bytes> bytes = encoding::FromBase64(hint);
  crypto::Fingerprint fingerprint;
  if (!bytes.ok() || bytes.value().size() != fingerprint.size()) return std::nullopt;
  std::copy(bytes.value().begin(), bytes.value().end(), fingerprint.begin());
  return fingerprint;
}

std::string HintText(const UnverifiedBundle& bundle) {
  const std::optional<crypto::Fingerprint> fingerprint = bundle.HintedKey();
  if (fingerprint) return "key " + encoding::ToHex(ByteView(*fingerprint).first(kKeyIdBytes));
  if (bundle.key_hint.empty()) return "a key without a name";
  return "key \"" + Printable(bundle.key_hint, kMaxHintShown) + "\"";
}

Result<UnverifiedBundle> ParseBundle(ByteView untrusted_text) {
  HALLMARK_ASSIGN(
      const Value document,
      json::Parse(untrusted_text, {kMaxBundleBytes, kMaxBundleDepth, kMaxBundleValues}));
  HALLMARK_ASSIGN(Fields fields, Fields::Of(document, "bundle"));
  HALLMARK_RETURN_IF_ERROR(CheckVersion(fields));
  HALLMARK_ASSIGN(const Value* material, fields.Object("verificationMaterial"));
  HALLMARK_ASSIGN(const Value* envelope, fields.OptionalObject("dsseEnvelope"));
  HALLMARK_ASSIGN(const Value* message, fields.OptionalObject("messageSignature"));
  HALLMARK_RETURN_IF_ERROR(fields.NothingElse());
  if ((envelope != nullptr) == (message != nullptr)) {
    return fields.Complain("", "want exactly one of dsseEnvelope and messageSignature");
  }
  if (envelope == nullptr) return Unsupported("a messageSignature says nothing about an image");
  UnverifiedBundle bundle;
  HALLMARK_RETURN_IF_ERROR(ParseMaterial(*material, bundle));
  HALLMARK_ASSIGN(UnverifiedEnvelope parsed, ParseEnvelope(*envelope, "bundle.dsseEnvelope"));
  bundle.payload_type = std::move(parsed.payload_type);
  bundle.payload = std::move(parsed.payload);
  bundle.signature = std::move(parsed.signature);
  return bundle;
}

std::string WriteBundle(UnverifiedBundle bundle) {
  Value key = Value::Object({{"hint", Value::String(bundle.key_hint)}});
  Value signature = Value::Object({{"sig", Value::String(encoding::ToBase64(bundle.signature))}});
  Value envelope = Value::Object({{"payload", Value::String("")},
                                  {"payloadType", Value::String(bundle.payload_type)},
                                  {"signatures", Value::Array({std::move(signature)})}});
  const std::string around = json::ToText(
      Value::Object({{"mediaType", Value::String(std::string(kBundleType))},
                     {"verificationMaterial", Value::Object({{"publicKey", std::move(key)}})},
                     {"dsseEnvelope", std::move(envelope)}}));
  // A payload may be large: it is put in where it belongs and never copied in between. Inside of a
  // string the quotes of this text would be escaped.
  constexpr std::string_view kEmptyPayload = R"({"payload":"")";
  const std::size_t place = around.find(kEmptyPayload) + kEmptyPayload.size() - 1;
  const std::string payload = encoding::ToBase64(bundle.payload);
  bundle.payload = {};
  std::string text;
  text.reserve(around.size() + payload.size());
  text.append(around, 0, place).append(payload).append(around, place);
  return text;
}

}  // namespace hallmark::signature::bundle
