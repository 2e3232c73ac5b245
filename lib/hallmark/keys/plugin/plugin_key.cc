#include "hallmark/keys/plugin/plugin_key.h"

#include <utility>

#include "hallmark/crypto/ecdsa_signature.h"
#include "hallmark/keys/plugin/internal/protocol.h"
#include "hallmark/plugin/plugin.h"
#include "hallmark/x509/notary_chain.h"

namespace hallmark::keys {
namespace {

// What the first signature is over: no document of any format looks like it.
constexpr std::string_view kProbe = "hallmark: which key is this?";

// One key of a plugin, asked one command after the other.
class PluginKey {
 public:
  PluginKey(PluginRef ref, plugin::Plugin plugin)
      : ref_(std::move(ref)), plugin_(std::move(plugin)) {}

  const PluginRef& ref() const { return ref_; }

  Result<const KeySpec*> Describe() const {
    HALLMARK_ASSIGN(const plugin::Metadata metadata, plugin_.Describe(ref_.config));
    if (!metadata.Can(plugin::Capability::kSignatureGeneratorRaw)) {
      return Error(ErrorCode::kConfig, "it has not the capability SIGNATURE_GENERATOR.RAW");
    }
    HALLMARK_ASSIGN(const Bytes description, plugin_.Ask("describe-key", DescribeRequest(ref_)));
    return ParseDescription(description, ref_);
  }

  Result<PluginSignature> Sign(const KeySpec& spec, ByteView message) const {
    HALLMARK_ASSIGN(const Bytes answer,
                    plugin_.Ask("generate-signature", SignRequest(ref_, spec, message)));
    return ParseSignature(answer, ref_, spec);
  }

 private:
  PluginRef ref_;
  plugin::Plugin plugin_;
};

// As crypto::PublicKey reads it; nullopt when it is not that key's signature.
std::optional<Bytes> Verified(const crypto::PublicKey& key, const KeySpec& spec, ByteView message,
                              Bytes signature) {
  const crypto::KeyType type = key.type();
  if (type != crypto::KeyType::kRsa && type != crypto::KeyType::kRsaPss) {
    Result<Bytes> der = crypto::EcdsaDerFromRaw(type, signature);
    if (!der.ok()) return std::nullopt;
    signature = std::move(der).value();
  }
  if (!key.IsSignedBy(spec.scheme, message, signature)) return std::nullopt;
  return signature;
}

Error NotItsSignature() {
  return {ErrorCode::kProtocol, "the signature does not verify with the key of its certificate"};
}

class OpenedPlugin final : public PluginSigner {
 public:
  OpenedPlugin(PluginKey plugin, const KeySpec& spec, crypto::PublicKey key,
               std::vector<x509::Certificate> chain)
      : plugin_(std::move(plugin)), spec_(spec), key_(std::move(key)), chain_(std::move(chain)) {}

  crypto::Scheme scheme() const override { return spec_.scheme; }
  const crypto::PublicKey& public_key() const override { return key_; }
  const std::vector<x509::Certificate>& certificate_chain() const override { return chain_; }

  Result<Bytes> Sign(ByteView message) override {
    Result<Bytes> signature = Checked(message);
    if (signature.ok()) return signature;
    return std::move(signature).error().While("plugin " + plugin_.ref().name);
  }

 private:
  Result<Bytes> Checked(ByteView message) const {
    HALLMARK_ASSIGN(PluginSignature made, plugin_.Sign(spec_, message));
    if (!(made.chain.front() == chain_.front())) {
      return Error(ErrorCode::kProtocol, "it signed with another certificate than the time before");
    }
    std::optional<Bytes> signature = Verified(key_, spec_, message, std::move(made.signature));
    if (!signature) return NotItsSignature();
    return std::move(*signature);
  }

  PluginKey plugin_;
  const KeySpec& spec_;
  crypto::PublicKey key_;
  std::vector<x509::Certificate> chain_;
};

Result<std::unique_ptr<PluginSigner>> Open(PluginKey plugin, UnixTime now) {
  HALLMARK_ASSIGN(const KeySpec* spec, plugin.Describe());
  const ByteView probe = AsBytes(kProbe);
  HALLMARK_ASSIGN(PluginSignature made, plugin.Sign(*spec, probe));
  HALLMARK_ASSIGN(crypto::PublicKey key, made.chain.front().public_key());
  if (!spec->Fits(key)) {
    return Error(ErrorCode::kProtocol, "it described a key " + std::string(spec->name) +
                                           ", but its certificate has another");
  }
  if (!Verified(key, *spec, probe, std::move(made.signature))) return NotItsSignature();
  if (const auto fault = x509::CheckNotaryChain(made.chain, x509::Purpose::kNotarySigning, now)) {
    return Error(ErrorCode::kProtocol, "its certificates: " + fault->detail);
  }
  return std::unique_ptr<PluginSigner>(std::make_unique<OpenedPlugin>(
      std::move(plugin), *spec, std::move(key), std::move(made.chain)));
}

}  // namespace

Result<std::unique_ptr<PluginSigner>> OpenPlugin(const PluginRef& ref, const PluginWorld& world,
                                                 UnixTime now) {
  Result<plugin::Plugin> found = plugin::Plugin::Find(ref.name, world);
  if (!found.ok()) return std::move(found).error().While("plugin " + ref.name);
  Result<std::unique_ptr<PluginSigner>> signer =
      Open(PluginKey(ref, std::move(found).value()), now);
  if (signer.ok()) return signer;
  return std::move(signer).error().While("plugin " + ref.name);
}

}  // namespace hallmark::keys
