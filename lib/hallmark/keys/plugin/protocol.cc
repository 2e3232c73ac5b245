#include "hallmark/keys/plugin/internal/protocol.h"

#include <algorithm>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/json.h"
#include "hallmark/plugin/answer.h"

namespace hallmark::keys {
namespace {

using crypto::Scheme;
using json::Value;
using plugin::BytesOf;
using plugin::NoAnswer;
using plugin::TextOf;
using plugin::TextsOf;

constexpr std::size_t kMaxCertificates = 10;

constexpr KeySpec kSpecs[] = {
    {"EC-256", 256, Scheme::kEcdsaP256Sha256, "SHA-256", "ECDSA-SHA-256"},
    {"EC-384", 384, Scheme::kEcdsaP384Sha384, "SHA-384", "ECDSA-SHA-384"},
    {"EC-521", 521, Scheme::kEcdsaP521Sha512, "SHA-512", "ECDSA-SHA-512"},
    {"RSA-2048", 2048, Scheme::kRsaPssSha256, "SHA-256", "RSASSA-PSS-SHA-256"},
    {"RSA-3072", 3072, Scheme::kRsaPssSha384, "SHA-384", "RSASSA-PSS-SHA-384"},
    {"RSA-4096", 4096, Scheme::kRsaPssSha512, "SHA-512", "RSASSA-PSS-SHA-512"},
};

plugin::Members RequestOf(const PluginRef& ref) {
  plugin::Members members = plugin::RequestOf(ref.config);
  members.emplace_back("keyId", Value::String(ref.key_id));
  return members;
}

Result<Done> CheckKeyId(const Value& answer, const PluginRef& ref) {
  HALLMARK_ASSIGN(const std::string id, TextOf(answer, "keyId"));
  if (id == ref.key_id) return Done();
  return NoAnswer("it answers about another key, \"" + Printable(id) + "\"");
}

}  // namespace

std::string DescribeRequest(const PluginRef& ref) {
  return json::ToText(Value::Object(RequestOf(ref)));
}

std::string SignRequest(const PluginRef& ref, const KeySpec& spec, ByteView payload) {
  plugin::Members members = RequestOf(ref);
  members.emplace_back("keySpec", Value::String(std::string(spec.name)));
  members.emplace_back("hashAlgorithm", Value::String(std::string(spec.hash)));
  members.emplace_back("payload", Value::String(encoding::ToBase64(payload)));
  return json::ToText(Value::Object(std::move(members)));
}

Result<const KeySpec*> ParseDescription(ByteView answer, const PluginRef& ref) {
  HALLMARK_ASSIGN(const Value value, plugin::ParseAnswer(answer));
  HALLMARK_RETURN_IF_ERROR(CheckKeyId(value, ref));
  HALLMARK_ASSIGN(const std::string name, TextOf(value, "keySpec"));
  const auto* spec = std::ranges::find(kSpecs, name, &KeySpec::name);
  if (spec == std::end(kSpecs)) {
    return Error(ErrorCode::kUnsupported, "a key of the kind \"" + Printable(name) + "\"");
  }
  return spec;
}

Result<PluginSignature> ParseSignature(ByteView answer, const PluginRef& ref, const KeySpec& spec) {
  HALLMARK_ASSIGN(const Value value, plugin::ParseAnswer(answer));
  HALLMARK_RETURN_IF_ERROR(CheckKeyId(value, ref));
  HALLMARK_ASSIGN(const std::string algorithm, TextOf(value, "signingAlgorithm"));
  if (algorithm != spec.algorithm) {
    return NoAnswer("it signed by \"" + Printable(algorithm) + "\", want " +
                    std::string(spec.algorithm));
  }
  PluginSignature signature;
  HALLMARK_ASSIGN(const std::string raw, TextOf(value, "signature"));
  HALLMARK_ASSIGN(signature.signature, BytesOf(raw, "the signature"));
  HALLMARK_ASSIGN(const auto chain, TextsOf(value, "certificateChain"));
  if (chain.empty() || chain.size() > kMaxCertificates) {
    return NoAnswer("want 1 to 10 certificates, found " + std::to_string(chain.size()));
  }
  for (const std::string& text : chain) {
    HALLMARK_ASSIGN(const Bytes der, BytesOf(text, "a certificate"));
    Result<x509::Certificate> certificate = x509::Certificate::FromDer(der);
    if (!certificate.ok()) return NoAnswer("a certificate: " + certificate.error().message());
    signature.chain.push_back(std::move(certificate).value());
  }
  return signature;
}

}  // namespace hallmark::keys
