#ifndef HALLMARK_KEYS_PLUGIN_INTERNAL_PROTOCOL_H_
#define HALLMARK_KEYS_PLUGIN_INTERNAL_PROTOCOL_H_

#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/public_key.h"
#include "hallmark/keys/plugin/plugin_ref.h"
#include "hallmark/x509/certificate.h"

// Private to the module: requests and answers of the plugin contract 1.0 (Notary Project
// specifications, plugin-extensibility.md, "Signature Generator"), as plugin/answer.h reads them.
// Parse functions give kProtocol for what is no answer.
namespace hallmark::keys {

// One row of the specification's "Algorithm Selection".
struct KeySpec {
  std::string_view name;  // "EC-256"
  int bits;
  crypto::Scheme scheme;
  std::string_view hash;       // "SHA-256"
  std::string_view algorithm;  // "ECDSA-SHA-256"

  bool Fits(const crypto::PublicKey& key) const { return key.bits() == bits && key.CanUse(scheme); }
};

std::string DescribeRequest(const PluginRef& ref);
std::string SignRequest(const PluginRef& ref, const KeySpec& spec, ByteView payload);

// Row of a static table.
Result<const KeySpec*> ParseDescription(ByteView answer, const PluginRef& ref);

struct PluginSignature {
  Bytes signature;                       // ECDSA: r || s
  std::vector<x509::Certificate> chain;  // as it came, at least one
};
Result<PluginSignature> ParseSignature(ByteView answer, const PluginRef& ref, const KeySpec& spec);

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_PLUGIN_INTERNAL_PROTOCOL_H_
