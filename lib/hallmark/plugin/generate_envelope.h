#ifndef HALLMARK_PLUGIN_GENERATE_ENVELOPE_H_
#define HALLMARK_PLUGIN_GENERATE_ENVELOPE_H_

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "hallmark/plugin/plugin.h"

// The command generate-envelope (plugin-extensibility.md, "Signature Envelope Generator"): the
// plugin signs, and makes the whole envelope, with its certificates and perhaps a timestamp.
namespace hallmark::plugin {

struct EnvelopeOrder {
  std::string key_id;
  Settings config;
  Bytes payload;
  std::string payload_type;   // "application/vnd.cncf.notary.payload.v1+json"
  std::string envelope_type;  // "application/jose+json", "application/cose"
  std::optional<std::chrono::seconds> expires_in;
};

// Nothing in it is proved, and nothing read: that the envelope is about the payload, and signed as
// the specification wants it, is for the caller to check.
struct GeneratedEnvelope {
  Bytes untrusted_envelope;  // not empty
  // To go into the manifest that carries it, unless something of that name is there.
  std::map<std::string, std::string> annotations;
};

// kProtocol also for an envelope of another type than was ordered; else as Plugin::Ask. That the
// plugin has the capability is for the caller to know.
Result<GeneratedEnvelope> GenerateEnvelope(const Plugin& plugin, const EnvelopeOrder& order);

}  // namespace hallmark::plugin

#endif  // HALLMARK_PLUGIN_GENERATE_ENVELOPE_H_
