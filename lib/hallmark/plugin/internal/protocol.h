#ifndef HALLMARK_PLUGIN_INTERNAL_PROTOCOL_H_
#define HALLMARK_PLUGIN_INTERNAL_PROTOCOL_H_

#include <string>
#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/plugin/generate_envelope.h"
#include "hallmark/plugin/plugin.h"
#include "hallmark/plugin/verify_signature.h"

// Private to the module: requests and answers of the contract 1.0. Parse functions give kProtocol
// for what is no answer.
namespace hallmark::plugin {

std::string MetadataRequest(const Settings& config);
// kConfig when the plugin has another name or another contract.
Result<Metadata> ParseMetadata(ByteView answer, std::string_view name);

// What standard error says: the contract's error where it is one, else `status` alone.
Error ParsePluginError(std::string_view errors, int status);

std::string EnvelopeRequest(const EnvelopeOrder& order);
Result<GeneratedEnvelope> ParseEnvelopeAnswer(ByteView answer, const EnvelopeOrder& order);

std::string VerifyRequest(const VerifyOrder& order);
Result<std::vector<CheckResult>> ParseVerifyAnswer(ByteView answer, const VerifyOrder& order);

}  // namespace hallmark::plugin

#endif  // HALLMARK_PLUGIN_INTERNAL_PROTOCOL_H_
