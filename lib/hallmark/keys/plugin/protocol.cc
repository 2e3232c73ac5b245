#include "hallmark/keys/plugin/internal/protocol.h"

#include <algorithm>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/json.h"
#include "hallmark/keys/plugin/limits.h"

namespace hallmark::keys {
namespace {

using crypto::Scheme;
using json::Value;

constexpr std::string_view kContract = "1.0";
constexpr json::Limits kLimits{kMaxPluginAnswerBytes, 8, 256};
constexpr std::size_t kMaxCertificates = 10;

constexpr KeySpec kSpecs[] = {
    {"EC-256", 256, Scheme::kEcdsaP256Sha256, "SHA-256", "ECDSA-SHA-256"},
    {"EC-384", 384, Scheme::kEcdsaP384Sha384, "SHA-384", "ECDSA-SHA-384"},
    {"EC-521", 521, Scheme::kEcdsaP521Sha512, "SHA-512", "ECDSA-SHA-512"},
    {"RSA-2048", 2048, Scheme::kRsaPssSha256, "SHA-256", "RSASSA-PSS-SHA-256"},
    {"RSA-3072", 3072, Scheme::kRsaPssSha384, "SHA-384", "RSASSA-PSS-SHA-384"},
    {"RSA-4096", 4096, Scheme::kRsaPssSha512, "SHA-512", "RSASSA-PSS-SHA-512"},
};

struct ErrorWord {
  std::string_view word;
  ErrorCode code;
};
constexpr ErrorWord kErrorWords[] = {
    {"VALIDATION_ERROR", ErrorCode::kConfig}, {"UNSUPPORTED_CONTRACT_VERSION", ErrorCode::kConfig},
    {"ACCESS_DENIED", ErrorCode::kDenied},    {"TIMEOUT", ErrorCode::kTimeout},
    {"THROTTLED", ErrorCode::kThrottled},     {"ERROR", ErrorCode::kUnavailable},
};

Error NoAnswer(std::string why) { return {ErrorCode::kProtocol, std::move(why)}; }

using Members = std::vector<std::pair<std::string, Value>>;

Members RequestOf(const PluginRef& ref) {
  Members members = {{"contractVersion", Value::String(std::string(kContract))},
                     {"keyId", Value::String(ref.key_id)}};
  if (ref.config.empty()) return members;
  Members config;
  for (const auto& [name, value] : ref.config) config.emplace_back(name, Value::String(value));
  members.emplace_back("pluginConfig", Value::Object(std::move(config)));
  return members;
}

Result<Value> ParseAnswer(ByteView answer) {
  Result<Value> value = json::Parse(answer, kLimits);
  if (!value.ok()) return NoAnswer("its answer is no JSON: " + value.error().message());
  if (value.value().object() == nullptr) return NoAnswer("its answer is no JSON object");
  return value;
}

// A text member that must be there.
Result<std::string> Text(const Value& answer, const std::string& name) {
  const Value* member = answer.Find(name);
  const std::string* text = member == nullptr ? nullptr : member->string();
  if (text == nullptr) return NoAnswer("its answer has no text \"" + name + "\"");
  return *text;
}

Result<std::vector<std::string>> Texts(const Value& answer, const std::string& name) {
  const Value* member = answer.Find(name);
  const std::vector<Value>* items = member == nullptr ? nullptr : member->array();
  if (items == nullptr) return NoAnswer("its answer has no list \"" + name + "\"");
  std::vector<std::string> texts;
  for (const Value& item : *items) {
    if (item.string() == nullptr) return NoAnswer("\"" + name + "\" holds more than texts");
    texts.push_back(*item.string());
  }
  return texts;
}

bool Holds(const std::vector<std::string>& texts, std::string_view wanted) {
  return std::ranges::find(texts, wanted) != texts.end();
}

Result<Done> CheckKeyId(const Value& answer, const PluginRef& ref) {
  HALLMARK_ASSIGN(const std::string id, Text(answer, "keyId"));
  if (id == ref.key_id) return Done();
  return NoAnswer("it answers about another key, \"" + Printable(id) + "\"");
}

Result<Bytes> Decoded(const std::string& base64, const char* what) {
  Result<Bytes> bytes = encoding::FromBase64(base64);
  if (bytes.ok() && !bytes.value().empty()) return bytes;
  return NoAnswer(std::string(what) + " is no base64");
}

}  // namespace

std::string MetadataRequest(const PluginRef& ref) {
  Members members = RequestOf(ref);
  std::erase_if(members, [](const auto& member) { return member.first == "keyId"; });
  return json::ToText(Value::Object(std::move(members)));
}

std::string DescribeRequest(const PluginRef& ref) {
  return json::ToText(Value::Object(RequestOf(ref)));
}

std::string SignRequest(const PluginRef& ref, const KeySpec& spec, ByteView payload) {
  Members members = RequestOf(ref);
  members.emplace_back("keySpec", Value::String(std::string(spec.name)));
  members.emplace_back("hashAlgorithm", Value::String(std::string(spec.hash)));
  members.emplace_back("payload", Value::String(encoding::ToBase64(payload)));
  return json::ToText(Value::Object(std::move(members)));
}

Result<Done> CheckMetadata(ByteView answer, const PluginRef& ref) {
  HALLMARK_ASSIGN(const Value value, ParseAnswer(answer));
  HALLMARK_ASSIGN(const std::string name, Text(value, "name"));
  HALLMARK_ASSIGN(const auto contracts, Texts(value, "supportedContractVersions"));
  HALLMARK_ASSIGN(const auto capabilities, Texts(value, "capabilities"));
  if (name != ref.name) {
    return Error(ErrorCode::kConfig, "it calls itself \"" + Printable(name) + "\"");
  }
  if (!Holds(contracts, kContract)) {
    return Error(ErrorCode::kConfig, "it does not support version 1.0 of the plugin contract");
  }
  if (!Holds(capabilities, "SIGNATURE_GENERATOR.RAW")) {
    return Error(ErrorCode::kConfig, "it has not the capability SIGNATURE_GENERATOR.RAW");
  }
  return Done();
}

Result<const KeySpec*> ParseDescription(ByteView answer, const PluginRef& ref) {
  HALLMARK_ASSIGN(const Value value, ParseAnswer(answer));
  HALLMARK_RETURN_IF_ERROR(CheckKeyId(value, ref));
  HALLMARK_ASSIGN(const std::string name, Text(value, "keySpec"));
  const auto* spec = std::ranges::find(kSpecs, name, &KeySpec::name);
  if (spec == std::end(kSpecs)) {
    return Error(ErrorCode::kUnsupported, "a key of the kind \"" + Printable(name) + "\"");
  }
  return spec;
}

Result<PluginSignature> ParseSignature(ByteView answer, const PluginRef& ref, const KeySpec& spec) {
  HALLMARK_ASSIGN(const Value value, ParseAnswer(answer));
  HALLMARK_RETURN_IF_ERROR(CheckKeyId(value, ref));
  HALLMARK_ASSIGN(const std::string algorithm, Text(value, "signingAlgorithm"));
  if (algorithm != spec.algorithm) {
    return NoAnswer("it signed by \"" + Printable(algorithm) + "\", want " +
                    std::string(spec.algorithm));
  }
  PluginSignature signature;
  HALLMARK_ASSIGN(const std::string raw, Text(value, "signature"));
  HALLMARK_ASSIGN(signature.signature, Decoded(raw, "the signature"));
  HALLMARK_ASSIGN(const auto chain, Texts(value, "certificateChain"));
  if (chain.empty() || chain.size() > kMaxCertificates) {
    return NoAnswer("want 1 to 10 certificates, found " + std::to_string(chain.size()));
  }
  for (const std::string& text : chain) {
    HALLMARK_ASSIGN(const Bytes der, Decoded(text, "a certificate"));
    Result<x509::Certificate> certificate = x509::Certificate::FromDer(der);
    if (!certificate.ok()) return NoAnswer("a certificate: " + certificate.error().message());
    signature.chain.push_back(std::move(certificate).value());
  }
  return signature;
}

Error ParsePluginError(std::string_view errors, int status) {
  const std::string ending =
      status < 0 ? "ended by a signal" : "exit status " + std::to_string(status);
  const Result<Value> value = ParseAnswer(AsBytes(errors));
  const Result<std::string> word =
      value.ok() ? Text(value.value(), "errorCode") : Result<std::string>(value.error());
  // Anything else on standard error may hold whatever the plugin was configured with.
  if (!word.ok()) return {ErrorCode::kUnavailable, ending};
  const Result<std::string> message = Text(value.value(), "errorMessage");
  const auto* known = std::ranges::find(kErrorWords, word.value(), &ErrorWord::word);
  return {known == std::end(kErrorWords) ? ErrorCode::kUnavailable : known->code,
          Printable(word.value(), 60) + (message.ok() ? ": " + Printable(message.value()) : "")};
}

}  // namespace hallmark::keys
