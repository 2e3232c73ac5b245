#include "hallmark/plugin/generate_envelope.h"

#include "hallmark/base/printable.h"
#include "hallmark/encoding/base64.h"
#include "hallmark/plugin/answer.h"
#include "hallmark/plugin/internal/protocol.h"

namespace hallmark::plugin {
namespace {

using json::Value;

// Absent and null: none.
Result<std::map<std::string, std::string>> AnnotationsOf(const Value& answer) {
  std::map<std::string, std::string> annotations;
  const Value* member = answer.Find("annotations");
  if (member == nullptr || member->kind() == json::Kind::kNull) return annotations;
  if (member->object() == nullptr) return NoAnswer("\"annotations\" is no JSON object");
  for (const json::Member& one : *member->object()) {
    if (one.value.string() == nullptr || one.name.empty()) {
      return NoAnswer("\"annotations\" holds more than names and texts");
    }
    annotations[one.name] = *one.value.string();
  }
  return annotations;
}

}  // namespace

std::string EnvelopeRequest(const EnvelopeOrder& order) {
  Members members = RequestOf(order.config);
  members.emplace_back("keyId", Value::String(order.key_id));
  members.emplace_back("payload", Value::String(encoding::ToBase64(order.payload)));
  members.emplace_back("payloadType", Value::String(order.payload_type));
  members.emplace_back("signatureEnvelopeType", Value::String(order.envelope_type));
  if (order.expires_in) {
    members.emplace_back("expiryDurationInSeconds", Value::Integer(order.expires_in->count()));
  }
  return json::ToText(Value::Object(std::move(members)));
}

Result<GeneratedEnvelope> ParseEnvelopeAnswer(ByteView answer, const EnvelopeOrder& order) {
  HALLMARK_ASSIGN(const Value value, ParseAnswer(answer));
  HALLMARK_ASSIGN(const std::string type, TextOf(value, "signatureEnvelopeType"));
  if (type != order.envelope_type) {
    return NoAnswer("it made an envelope of type \"" + Printable(type) + "\", want " +
                    order.envelope_type);
  }
  GeneratedEnvelope generated;
  HALLMARK_ASSIGN(const std::string base64, TextOf(value, "signatureEnvelope"));
  HALLMARK_ASSIGN(generated.untrusted_envelope, BytesOf(base64, "the envelope"));
  HALLMARK_ASSIGN(generated.annotations, AnnotationsOf(value));
  return generated;
}

Result<GeneratedEnvelope> GenerateEnvelope(const Plugin& plugin, const EnvelopeOrder& order) {
  HALLMARK_ASSIGN(const Bytes answer, plugin.Ask("generate-envelope", EnvelopeRequest(order)));
  return ParseEnvelopeAnswer(answer, order);
}

}  // namespace hallmark::plugin
