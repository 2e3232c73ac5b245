#include "hallmark/signature/notation/internal/jws.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "hallmark/base/check.h"
#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/json.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/signature/notation/internal/attribute_rules.h"
#include "hallmark/signature/notation/limits.h"

namespace hallmark::signature::notation {
namespace {

using json::Fields;
using json::Value;

constexpr json::Limits kLimits{kMaxEnvelopeBytes, kMaxEnvelopeDepth, kMaxEnvelopeValues};

// Registered header parameters (RFC 7515 section 4.1) that neither count nor can be critical.
constexpr std::array<std::string_view, 8> kUnused{"jku", "jwk", "kid",      "x5u",
                                                  "x5c", "x5t", "x5t#S256", "typ"};
constexpr std::array<std::string_view, 7> kRead{
    "alg", "cty", "crit", kSigningScheme, kSigningTime, kAuthenticSigningTime, kExpiry};

template <class Names>
bool Contains(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Result<Bytes> UrlMember(Fields& fields, std::string_view name, std::string& text) {
  HALLMARK_ASSIGN(text, fields.String(name));
  Result<Bytes> bytes = encoding::FromBase64Url(text);
  if (!bytes.ok()) return fields.Complain(name, bytes.error().message());
  return bytes;
}

Result<std::optional<UnixTime>> TimeMember(Fields& fields, std::string_view name) {
  HALLMARK_ASSIGN(const std::optional<std::string> text, fields.OptionalString(name));
  if (!text) return std::optional<UnixTime>();
  const Result<UnixTime> time = encoding::FromRfc3339(*text);
  if (!time.ok()) return fields.Complain(name, time.error().message());
  return std::optional<UnixTime>(time.value());
}

Result<std::vector<std::string>> CriticalMember(Fields& fields) {
  HALLMARK_ASSIGN(const std::vector<Value>* items, fields.Array("crit"));
  std::vector<std::string> names;
  for (const Value& item : *items) {
    if (item.string() == nullptr) return fields.Complain("crit", "want a list of names");
    names.push_back(*item.string());
  }
  return names;
}

std::vector<ExtendedAttribute> ExtendedMembers(const Value& header) {
  std::vector<ExtendedAttribute> extended;
  for (const json::Member& member : *header.object()) {
    if (Contains(kRead, member.name) || Contains(kUnused, member.name)) continue;
    const std::string* text = member.value.string();
    extended.push_back({member.name, false, text == nullptr ? std::nullopt : std::optional(*text)});
  }
  return extended;
}

Result<Value> ParseHeader(ByteView protected_text) {
  HALLMARK_ASSIGN(Value header, json::Parse(protected_text, kLimits));
  HALLMARK_RETURN_IF_ERROR(Fields::Of(header, "protected"));
  return header;
}

Result<Attributes> ReadAttributes(const Value& document) {
  HALLMARK_ASSIGN(Fields fields, Fields::Of(document, "protected"));
  // RFC 7797 changes what is signed; without that, a payload would be read otherwise than signed.
  if (document.Find("b64") != nullptr) return fields.Complain("b64", "not allowed");
  ProtectedHeader header;
  HALLMARK_ASSIGN(header.algorithm, fields.String("alg"));
  HALLMARK_ASSIGN(header.content_type, fields.String("cty"));
  HALLMARK_ASSIGN(header.signing_scheme, fields.String(kSigningScheme));
  HALLMARK_ASSIGN(header.signing_time, TimeMember(fields, kSigningTime));
  HALLMARK_ASSIGN(header.authentic_signing_time, TimeMember(fields, kAuthenticSigningTime));
  HALLMARK_ASSIGN(header.expiry, TimeMember(fields, kExpiry));
  HALLMARK_ASSIGN(header.critical, CriticalMember(fields));
  header.extended = ExtendedMembers(document);
  return CheckAttributes(std::move(header));
}

// "header" against the protected one: RFC 7515 section 7.2.1 wants their names disjoint. So alg and
// crit, which the protected one must have, cannot be here (A23, A24).
Result<Done> CheckDisjoint(const Fields& fields, const Value& unprotected, const Value& header) {
  for (const json::Member& member : *unprotected.object()) {
    if (member.name == "b64") return fields.Complain("b64", "not allowed");
    if (header.Find(member.name) != nullptr) {
      return fields.Complain(member.name, "stands in the protected header too");
    }
  }
  return Done{};
}

// RFC 7515 section 4.1.6: standard base64, not that of the rest.
Result<std::vector<Bytes>> Certificates(Fields& fields) {
  HALLMARK_ASSIGN(const std::vector<Value>* items, fields.Array("x5c"));
  if (items->empty()) return fields.Complain("x5c", "no certificate");
  if (items->size() > kMaxCertificates) {
    return Error(ErrorCode::kLimit,
                 "more than " + std::to_string(kMaxCertificates) + " certificates");
  }
  std::vector<Bytes> certificates;
  for (const Value& item : *items) {
    if (item.string() == nullptr) return fields.Complain("x5c", "want a list of base64");
    Result<Bytes> der = encoding::FromBase64(*item.string());
    if (!der.ok()) return fields.Complain("x5c", der.error().message());
    if (der.value().empty()) return fields.Complain("x5c", "an empty certificate");
    certificates.push_back(std::move(der).value());
  }
  return certificates;
}

Result<std::optional<Bytes>> Timestamp(Fields& fields) {
  HALLMARK_ASSIGN(const std::optional<std::string> text,
                  fields.OptionalString(kTimestampSignature));
  if (!text) return std::optional<Bytes>();
  Result<Bytes> token = encoding::FromBase64(*text);
  if (!token.ok()) return fields.Complain(kTimestampSignature, token.error().message());
  return std::optional<Bytes>(std::move(token).value());
}

Result<Done> ReadUnprotected(const Value& unprotected, const Value& header, Envelope& envelope) {
  HALLMARK_ASSIGN(Fields fields, Fields::Of(unprotected, "header"));
  HALLMARK_RETURN_IF_ERROR(CheckDisjoint(fields, unprotected, header));
  HALLMARK_ASSIGN(envelope.certificates, Certificates(fields));
  HALLMARK_ASSIGN(envelope.timestamp, Timestamp(fields));
  // "the verifier MUST NOT validate formatting, or fail validation" because of the agent's name.
  const Value* agent = fields.OptionalAny(kSigningAgent);
  if (agent != nullptr && agent->string() != nullptr) envelope.signing_agent = *agent->string();
  return Done{};
}

void Put(Bytes& out, std::string_view text) { out.insert(out.end(), text.begin(), text.end()); }

Value Text(std::string_view text) { return Value::String(std::string(text)); }

}  // namespace

Result<Envelope> ParseJws(ByteView untrusted_text) {
  HALLMARK_ASSIGN(const Value document, json::Parse(untrusted_text, kLimits));
  HALLMARK_ASSIGN(Fields fields, Fields::Of(document, "envelope"));
  std::string payload_text;
  std::string protected_text;
  std::string signature_text;
  HALLMARK_RETURN_IF_ERROR(UrlMember(fields, "payload", payload_text));
  HALLMARK_ASSIGN(const Bytes protected_bytes, UrlMember(fields, "protected", protected_text));
  HALLMARK_ASSIGN(const Value* unprotected, fields.Object("header"));
  HALLMARK_ASSIGN(Bytes signature, UrlMember(fields, "signature", signature_text));
  HALLMARK_RETURN_IF_ERROR(fields.NothingElse());
  if (signature.size() > kMaxSignatureBytes) {
    return Error(ErrorCode::kLimit, "the signature is too long");
  }
  HALLMARK_ASSIGN(const Value header, ParseHeader(protected_bytes));
  HALLMARK_ASSIGN(Attributes attributes, ReadAttributes(header));
  Envelope envelope{EnvelopeType::kJws,
                    std::move(attributes),
                    ToBytes(protected_text + "." + payload_text),
                    std::move(signature),
                    {},
                    {},
                    {}};
  HALLMARK_RETURN_IF_ERROR(ReadUnprotected(*unprotected, header, envelope));
  return envelope;
}

Bytes WriteJws(const Envelope& envelope) {
  const std::string_view text = AsText(envelope.signed_bytes);
  const std::size_t dot = text.find('.');
  HALLMARK_CHECK(envelope.type == EnvelopeType::kJws && dot != std::string_view::npos);
  std::vector<std::pair<std::string, Value>> header;
  if (envelope.timestamp) {
    header.emplace_back(kTimestampSignature, Text(encoding::ToBase64(*envelope.timestamp)));
  }
  std::vector<Value> certificates;
  for (const Bytes& der : envelope.certificates) {
    certificates.push_back(Value::String(encoding::ToBase64(der)));
  }
  header.emplace_back("x5c", Value::Array(std::move(certificates)));
  if (envelope.signing_agent) header.emplace_back(kSigningAgent, Text(*envelope.signing_agent));
  return ToBytes(json::ToText(
      Value::Object({{"payload", Text(text.substr(dot + 1))},
                     {"protected", Text(text.substr(0, dot))},
                     {"header", Value::Object(std::move(header))},
                     {"signature", Text(encoding::ToBase64Url(envelope.signature))}})));
}

Result<SignedParts> SplitJwsSignedBytes(ByteView signed_bytes) {
  const std::string_view text = AsText(signed_bytes);
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) {
    return Error(ErrorCode::kMalformed, "the signed bytes are no JWS signing input");
  }
  HALLMARK_ASSIGN(const Bytes protected_bytes, encoding::FromBase64Url(text.substr(0, dot)));
  HALLMARK_ASSIGN(Bytes payload, encoding::FromBase64Url(text.substr(dot + 1)));
  HALLMARK_ASSIGN(const Value header, ParseHeader(protected_bytes));
  HALLMARK_ASSIGN(Attributes attributes, ReadAttributes(header));
  return SignedParts{std::move(attributes), std::move(payload)};
}

Bytes JoinJwsSignedBytes(const Attributes& attributes, ByteView payload) {
  Bytes out;
  Put(out, encoding::ToBase64Url(AsBytes(WriteJwsProtected(attributes))));
  Put(out, ".");
  Put(out, encoding::ToBase64Url(payload));
  return out;
}

std::string WriteJwsProtected(const Attributes& attributes) {
  std::vector<Value> critical;
  for (std::string& name : CriticalNames(attributes, EnvelopeType::kJws)) {
    critical.push_back(Value::String(std::move(name)));
  }
  std::map<std::string, Value> sorted;
  sorted.emplace("alg", Text(attributes.algorithm));
  sorted.emplace("crit", Value::Array(std::move(critical)));
  sorted.emplace("cty", Text(kPayloadType));
  sorted.emplace(kSigningScheme, Text(ToName(attributes.scheme)));
  const auto put_time = [&](std::string_view name, const std::optional<UnixTime>& time) {
    if (time) sorted.emplace(name, Text(encoding::ToRfc3339(*time)));
  };
  put_time(kSigningTime, attributes.signing_time);
  put_time(kAuthenticSigningTime, attributes.authentic_signing_time);
  put_time(kExpiry, attributes.expiry);
  for (const ExtendedAttribute& attribute : attributes.extended) {
    HALLMARK_CHECK(attribute.text.has_value());
    sorted.emplace(attribute.name, Text(*attribute.text));
  }
  std::vector<std::pair<std::string, Value>> members(sorted.begin(), sorted.end());
  return json::ToText(Value::Object(std::move(members)));
}

}  // namespace hallmark::signature::notation
