#include "hallmark/signature/notation/internal/cose.h"

#include <algorithm>
#include <array>
#include <utility>

#include "hallmark/base/check.h"
#include "hallmark/encoding/cbor.h"
#include "hallmark/signature/notation/internal/algorithms.h"
#include "hallmark/signature/notation/internal/attribute_rules.h"
#include "hallmark/signature/notation/limits.h"

namespace hallmark::signature::notation {
namespace {

using cbor::Value;

constexpr cbor::Limits kLimits{kMaxEnvelopeBytes, kMaxEnvelopeDepth, kMaxEnvelopeValues};

constexpr std::uint64_t kSign1Tag = 18;
constexpr std::uint64_t kEpochTag = 1;
// 9999-12-31T23:59:59Z: the last second that RFC 3339 can write down, so both envelopes end there.
constexpr std::uint64_t kLastSecond = 253'402'300'799;

// RFC 9052 section 3.1, RFC 9360 section 2, draft-ietf-cose-hash-envelope.
constexpr std::int64_t kAlg = 1;
constexpr std::int64_t kCrit = 2;
constexpr std::int64_t kContentType = 3;
constexpr std::int64_t kKid = 4;
constexpr std::int64_t kX5Bag = 32;
constexpr std::int64_t kX5Chain = 33;
constexpr std::int64_t kX5T = 34;
constexpr std::int64_t kX5U = 35;
constexpr std::int64_t kPayloadHashAlg = 258;

constexpr std::array<std::int64_t, 8> kKnownLabels{kAlg,   kCrit,    kContentType, kKid,
                                                   kX5Bag, kX5Chain, kX5T,         kX5U};
constexpr std::array<std::string_view, 4> kKnownNames{kSigningScheme, kSigningTime,
                                                      kAuthenticSigningTime, kExpiry};

Error Malformed(std::string_view where, std::string_view what) {
  return Error(ErrorCode::kMalformed, std::string(where) + ": " + std::string(what));
}

// A label as messages and attributes call it; nullopt for what cannot be one (RFC 9052
// section 1.5).
std::optional<std::string> LabelName(const Value& label) {
  if (label.text() != nullptr) return *label.text();
  if (const auto number = label.integer()) return "label " + std::to_string(*number);
  return std::nullopt;
}

bool IsKnown(const Value& label) {
  if (const auto number = label.integer()) {
    return std::find(kKnownLabels.begin(), kKnownLabels.end(), *number) != kKnownLabels.end();
  }
  return std::find(kKnownNames.begin(), kKnownNames.end(), *label.text()) != kKnownNames.end();
}

Result<Done> CheckLabels(const Value& header, std::string_view where) {
  if (header.map() == nullptr) return Malformed(where, "want a map");
  for (const cbor::Entry& entry : *header.map()) {
    if (!LabelName(entry.key)) return Malformed(where, "a label that is no integer and no text");
  }
  return Done{};
}

Result<std::string> TextOf(const Value* value, std::string_view name) {
  if (value == nullptr) return Malformed(name, "missing");
  if (value->text() == nullptr) return Malformed(name, "want text");
  return *value->text();
}

// RFC 8949 section 3.4.2. A fraction is cut off, as it is in JWS.
Result<std::optional<UnixTime>> TimeOf(const Value& header, std::string_view name) {
  const Value* member = header.Find(name);
  if (member == nullptr) return std::optional<UnixTime>();
  const Value* content = member->content_of_tag(kEpochTag);
  if (content == nullptr) return Malformed(name, "want an epoch time, tag 1");
  std::optional<std::uint64_t> seconds = content->unsigned_integer();
  if (const auto fraction = content->floating()) {
    if (*fraction >= 0 && *fraction <= static_cast<double>(kLastSecond)) {
      seconds = static_cast<std::uint64_t>(*fraction);
    }
  }
  if (!seconds || *seconds > kLastSecond) return Malformed(name, "want a time from 1970 to 9999");
  return std::optional<UnixTime>(UnixTime(std::chrono::seconds(*seconds)));
}

Result<std::string> AlgorithmOf(const Value& header) {
  const Value* algorithm = header.Find(kAlg);
  if (algorithm == nullptr) return Malformed("alg", "missing");
  if (!algorithm->integer()) return Malformed("alg", "want an integer");
  return NameOfCoseAlgorithm(*algorithm->integer());
}

// RFC 9052 section 3.1: a list of labels. Labels 0 to 8 and those read here cannot be critical, and
// come out as names that CheckAttributes does not know.
Result<std::vector<std::string>> CriticalOf(const Value& header) {
  const Value* critical = header.Find(kCrit);
  if (critical == nullptr || critical->array() == nullptr) return Malformed("crit", "want a list");
  std::vector<std::string> names;
  for (const Value& label : *critical->array()) {
    std::optional<std::string> name = LabelName(label);
    if (!name) return Malformed("crit", "a label that is no integer and no text");
    names.push_back(*std::move(name));
  }
  return names;
}

std::vector<ExtendedAttribute> ExtendedOf(const Value& header) {
  std::vector<ExtendedAttribute> extended;
  for (const cbor::Entry& entry : *header.map()) {
    if (IsKnown(entry.key)) continue;
    const std::string* text = entry.value.text();
    extended.push_back(
        {*LabelName(entry.key), false, text == nullptr ? std::nullopt : std::optional(*text)});
  }
  return extended;
}

Result<Value> ParseHeader(ByteView protected_bytes) {
  HALLMARK_ASSIGN(Value header, cbor::Parse(protected_bytes, cbor::Encoding::kShortest, kLimits));
  HALLMARK_RETURN_IF_ERROR(CheckLabels(header, "protected header"));
  return header;
}

Result<Attributes> ReadAttributes(const Value& document) {
  if (document.Find(kPayloadHashAlg) != nullptr) {
    return Error(ErrorCode::kUnsupported, "a COSE hash envelope says nothing about an image");
  }
  ProtectedHeader header;
  HALLMARK_ASSIGN(header.algorithm, AlgorithmOf(document));
  HALLMARK_ASSIGN(header.content_type, TextOf(document.Find(kContentType), "content type"));
  HALLMARK_ASSIGN(header.signing_scheme, TextOf(document.Find(kSigningScheme), kSigningScheme));
  HALLMARK_ASSIGN(header.signing_time, TimeOf(document, kSigningTime));
  HALLMARK_ASSIGN(header.authentic_signing_time, TimeOf(document, kAuthenticSigningTime));
  HALLMARK_ASSIGN(header.expiry, TimeOf(document, kExpiry));
  HALLMARK_ASSIGN(header.critical, CriticalOf(document));
  header.extended = ExtendedOf(document);
  return CheckAttributes(std::move(header));
}

// RFC 9052 section 3: a label stands in one of the two headers. So alg and crit, which the
// protected one must have, cannot be here (A26).
Result<Done> CheckDisjoint(const Value& unprotected, const Value& header) {
  for (const cbor::Entry& entry : *unprotected.map()) {
    const auto number = entry.key.integer();
    const Value* twin = number ? header.Find(*number) : header.Find(*entry.key.text());
    if (twin != nullptr) {
      return Malformed("unprotected header", "a label that stands in the protected one too");
    }
  }
  return Done{};
}

// RFC 9360 section 2: one certificate as it is, or a list of them.
Result<std::vector<Bytes>> CertificatesOf(const Value* chain) {
  if (chain == nullptr) return Malformed("x5chain", "missing");
  const std::vector<Value> single{*chain};
  const std::vector<Value>& items = chain->array() == nullptr ? single : *chain->array();
  if (items.empty()) return Malformed("x5chain", "no certificate");
  if (items.size() > kMaxCertificates) {
    return Error(ErrorCode::kLimit,
                 "more than " + std::to_string(kMaxCertificates) + " certificates");
  }
  std::vector<Bytes> certificates;
  for (const Value& item : items) {
    if (item.bytes() == nullptr || item.bytes()->empty()) {
      return Malformed("x5chain", "want byte strings");
    }
    certificates.push_back(*item.bytes());
  }
  return certificates;
}

Result<Done> ReadUnprotected(const Value& unprotected, const Value& header, Envelope& envelope) {
  HALLMARK_RETURN_IF_ERROR(CheckLabels(unprotected, "unprotected header"));
  HALLMARK_RETURN_IF_ERROR(CheckDisjoint(unprotected, header));
  const Value* chain = header.Find(kX5Chain);
  if (chain == nullptr) chain = unprotected.Find(kX5Chain);
  HALLMARK_ASSIGN(envelope.certificates, CertificatesOf(chain));
  if (const Value* timestamp = unprotected.Find(kTimestampSignature)) {
    if (timestamp->bytes() == nullptr) return Malformed(kTimestampSignature, "want a byte string");
    envelope.timestamp = *timestamp->bytes();
  }
  const Value* agent = unprotected.Find(kSigningAgent);
  if (agent != nullptr && agent->text() != nullptr) envelope.signing_agent = *agent->text();
  return Done{};
}

// RFC 9052 section 4.4, without external data.
Bytes SigStructure(const Bytes& protected_bytes, const Bytes& payload) {
  return cbor::Encode(Value::Array({Value::Text("Signature1"), Value::ByteString(protected_bytes),
                                    Value::ByteString({}), Value::ByteString(payload)}));
}

// The two byte strings of a Sig_structure.
struct SigParts {
  Bytes protected_bytes;
  Bytes payload;
};
Result<SigParts> SplitSigStructure(ByteView signed_bytes) {
  // The envelope's own bound, and room for the head and the context.
  constexpr cbor::Limits kSigLimits{kMaxEnvelopeBytes + 64, 1, 5};
  HALLMARK_ASSIGN(const Value document,
                  cbor::Parse(signed_bytes, cbor::Encoding::kDeterministic, kSigLimits));
  const std::vector<Value>* parts = document.array();
  if (parts == nullptr || parts->size() != 4 || (*parts)[1].bytes() == nullptr ||
      (*parts)[3].bytes() == nullptr) {
    return Malformed("signed bytes", "no Sig_structure");
  }
  return SigParts{*(*parts)[1].bytes(), *(*parts)[3].bytes()};
}

// The four parts of COSE_Sign1, each of its kind.
Result<const std::vector<Value>*> Sign1Parts(const Value& document) {
  const Value* content = document.content_of_tag(kSign1Tag);
  if (content == nullptr) return Malformed("envelope", "want COSE_Sign1, tag 18");
  const std::vector<Value>* parts = content->array();
  if (parts == nullptr || parts->size() != 4) return Malformed("envelope", "want four parts");
  if ((*parts)[0].bytes() == nullptr) return Malformed("protected header", "want a byte string");
  if ((*parts)[2].bytes() == nullptr) return Malformed("payload", "want a byte string");
  if ((*parts)[3].bytes() == nullptr) return Malformed("signature", "want a byte string");
  if ((*parts)[3].bytes()->size() > kMaxSignatureBytes) {
    return Error(ErrorCode::kLimit, "the signature is too long");
  }
  return parts;
}

}  // namespace

Result<Envelope> ParseCose(ByteView untrusted_bytes) {
  HALLMARK_ASSIGN(const Value document,
                  cbor::Parse(untrusted_bytes, cbor::Encoding::kShortest, kLimits));
  HALLMARK_ASSIGN(const std::vector<Value>* parts, Sign1Parts(document));
  const Bytes& protected_bytes = *(*parts)[0].bytes();
  HALLMARK_ASSIGN(const Value header, ParseHeader(protected_bytes));
  HALLMARK_ASSIGN(Attributes attributes, ReadAttributes(header));
  Envelope envelope{EnvelopeType::kCose,
                    std::move(attributes),
                    SigStructure(protected_bytes, *(*parts)[2].bytes()),
                    *(*parts)[3].bytes(),
                    {},
                    {},
                    {}};
  HALLMARK_RETURN_IF_ERROR(ReadUnprotected((*parts)[1], header, envelope));
  return envelope;
}

Bytes WriteCose(const Envelope& envelope) {
  HALLMARK_CHECK(envelope.type == EnvelopeType::kCose);
  const Result<SigParts> parts = SplitSigStructure(envelope.signed_bytes);
  HALLMARK_CHECK(parts.ok());
  std::vector<cbor::Entry> unprotected;
  const Result<Value> header = ParseHeader(parts.value().protected_bytes);
  HALLMARK_CHECK(header.ok());
  if (header.value().Find(kX5Chain) == nullptr) {
    std::vector<Value> certificates;
    for (const Bytes& der : envelope.certificates) certificates.push_back(Value::ByteString(der));
    unprotected.push_back({Value::Integer(kX5Chain), Value::Array(std::move(certificates))});
  }
  if (envelope.timestamp) {
    unprotected.push_back(
        {Value::Text(std::string(kTimestampSignature)), Value::ByteString(*envelope.timestamp)});
  }
  if (envelope.signing_agent) {
    unprotected.push_back(
        {Value::Text(std::string(kSigningAgent)), Value::Text(*envelope.signing_agent)});
  }
  return cbor::Encode(Value::Tagged(
      kSign1Tag,
      Value::Array({Value::ByteString(parts.value().protected_bytes),
                    Value::Map(std::move(unprotected)), Value::ByteString(parts.value().payload),
                    Value::ByteString(envelope.signature)})));
}

Result<SignedParts> SplitCoseSignedBytes(ByteView signed_bytes) {
  HALLMARK_ASSIGN(SigParts parts, SplitSigStructure(signed_bytes));
  HALLMARK_ASSIGN(const Value header, ParseHeader(parts.protected_bytes));
  HALLMARK_ASSIGN(Attributes attributes, ReadAttributes(header));
  return SignedParts{std::move(attributes), std::move(parts.payload)};
}

Bytes JoinCoseSignedBytes(const Attributes& attributes, ByteView payload) {
  return SigStructure(WriteCoseProtected(attributes), Bytes(payload.begin(), payload.end()));
}

Bytes WriteCoseProtected(const Attributes& attributes) {
  const Algorithm* algorithm = AlgorithmNamed(attributes.algorithm);
  HALLMARK_CHECK(algorithm != nullptr);
  std::vector<Value> critical;
  for (std::string& name : CriticalNames(attributes, EnvelopeType::kCose)) {
    critical.push_back(Value::Text(std::move(name)));
  }
  const auto text = [](std::string_view value) { return Value::Text(std::string(value)); };
  std::vector<cbor::Entry> entries{{Value::Integer(kAlg), Value::Integer(algorithm->cose)},
                                   {Value::Integer(kCrit), Value::Array(std::move(critical))},
                                   {Value::Integer(kContentType), text(kPayloadType)},
                                   {text(kSigningScheme), text(ToName(attributes.scheme))}};
  const auto put_time = [&](std::string_view name, const std::optional<UnixTime>& time) {
    if (!time) return;
    const Value seconds = Value::Integer(time->time_since_epoch().count());
    entries.push_back({text(name), Value::Tagged(kEpochTag, seconds)});
  };
  put_time(kSigningTime, attributes.signing_time);
  put_time(kAuthenticSigningTime, attributes.authentic_signing_time);
  put_time(kExpiry, attributes.expiry);
  for (const ExtendedAttribute& attribute : attributes.extended) {
    HALLMARK_CHECK(attribute.text.has_value());
    entries.push_back({text(attribute.name), text(*attribute.text)});
  }
  return cbor::Encode(Value::Map(std::move(entries)));
}

}  // namespace hallmark::signature::notation
