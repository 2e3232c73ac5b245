#include "tools/common/plugin_signer.h"

#include <string>
#include <utility>
#include <vector>

#include "hallmark/base/time.h"
#include "hallmark/keys/plugin/plugin_key.h"
#include "hallmark/plugin/generate_envelope.h"
#include "hallmark/signature/bundle/bundle_format.h"
#include "tools/common/plugin_world.h"

namespace hallmark::cli {
namespace {

class OneSchemeSigner final : public crypto::Signer {
 public:
  explicit OneSchemeSigner(std::unique_ptr<keys::PluginSigner> plugin)
      : plugin_(std::move(plugin)) {}

  crypto::Scheme scheme() const override { return signature::BundleScheme(public_key()); }
  const crypto::PublicKey& public_key() const override { return plugin_->public_key(); }
  Result<Bytes> Sign(ByteView message) override { return SignBy(scheme(), message); }
  std::vector<Bytes> certificates() const override {
    std::vector<Bytes> certificates;
    for (const x509::Certificate& one : plugin_->certificate_chain()) {
      certificates.emplace_back(one.der().begin(), one.der().end());
    }
    return certificates;
  }

  Result<Bytes> SignBy(crypto::Scheme wanted, ByteView message) override {
    if (wanted == plugin_->scheme()) return plugin_->Sign(message);
    return Error(ErrorCode::kConfig,
                 "the plugin's key signs by " + std::string(ToName(plugin_->scheme())) +
                     " alone, and this format wants " + std::string(ToName(wanted)));
  }

 private:
  std::unique_ptr<keys::PluginSigner> plugin_;
};

// Of a plugin that makes whole envelopes.
class EnvelopeOnlySigner final : public crypto::Signer {
 public:
  EnvelopeOnlySigner(crypto::PublicKey key, std::vector<Bytes> certificates)
      : key_(std::move(key)), certificates_(std::move(certificates)) {}

  crypto::Scheme scheme() const override { return signature::BundleScheme(key_); }
  const crypto::PublicKey& public_key() const override { return key_; }
  std::vector<Bytes> certificates() const override { return certificates_; }
  Result<Bytes> Sign(ByteView message) override { return SignBy(scheme(), message); }
  Result<Bytes> SignBy(crypto::Scheme, ByteView) override {
    return Error(ErrorCode::kConfig,
                 "the plugin makes whole envelopes: notation-jws and notation-cose alone");
  }

 private:
  crypto::PublicKey key_;
  std::vector<Bytes> certificates_;
};

signature::EnvelopeMaker MakerOf(plugin::Plugin plugin, const keys::PluginRef& ref) {
  return [plugin = std::move(plugin),
          ref](const signature::EnvelopeOrder& order) -> Result<signature::MadeEnvelope> {
    Result<plugin::GeneratedEnvelope> made =
        plugin::GenerateEnvelope(plugin, {ref.key_id, ref.config, order.payload, order.payload_type,
                                          order.envelope_type, order.expires_in});
    if (!made.ok()) return std::move(made).error().While("plugin " + ref.name);
    return signature::MadeEnvelope{std::move(made.value().untrusted_envelope),
                                   std::move(made.value().annotations)};
  };
}

// With the certificates of one envelope.
Result<SigningKey> OpenMaker(plugin::Plugin plugin, const keys::PluginRef& ref,
                             signature::FormatId kind) {
  SigningKey key;
  key.make_envelope = MakerOf(std::move(plugin), ref);
  // The one reading of the clock, as below.
  HALLMARK_ASSIGN(const auto chain,
                  signature::CertificatesOf(key.make_envelope, kind, SystemClock().Now()));
  HALLMARK_ASSIGN(crypto::PublicKey public_key, chain.front().public_key());
  std::vector<Bytes> certificates;
  certificates.reserve(chain.size());
  for (const x509::Certificate& one : chain) {
    certificates.emplace_back(one.der().begin(), one.der().end());
  }
  key.signer = std::make_unique<EnvelopeOnlySigner>(std::move(public_key), std::move(certificates));
  return key;
}

}  // namespace

Result<std::unique_ptr<crypto::Signer>> OpenPluginSigner(const Environment& environment,
                                                         std::string_view key_ref) {
  HALLMARK_ASSIGN(const keys::PluginRef ref, keys::PluginRef::Parse(key_ref));
  // The one reading of the clock that opening a key needs: is the certificate current?
  HALLMARK_ASSIGN(std::unique_ptr<keys::PluginSigner> plugin,
                  keys::OpenPlugin(ref, PluginWorldOf(environment), SystemClock().Now()));
  return std::unique_ptr<crypto::Signer>(std::make_unique<OneSchemeSigner>(std::move(plugin)));
}

Result<SigningKey> OpenPluginKey(const Environment& environment, std::string_view key_ref,
                                 signature::FormatId kind) {
  HALLMARK_ASSIGN(const keys::PluginRef ref, keys::PluginRef::Parse(key_ref));
  const auto named = [&](Error error) { return std::move(error).While("plugin " + ref.name); };
  Result<plugin::Plugin> plugin = plugin::Plugin::Find(ref.name, PluginWorldOf(environment));
  if (!plugin.ok()) return named(std::move(plugin).error());
  const Result<plugin::Metadata> metadata = plugin.value().Describe(ref.config);
  if (!metadata.ok()) return named(metadata.error());
  const bool makes_envelopes =
      !metadata.value().Can(plugin::Capability::kSignatureGeneratorRaw) &&
      metadata.value().Can(plugin::Capability::kSignatureGeneratorEnvelope);
  if (makes_envelopes) return OpenMaker(std::move(plugin).value(), ref, kind);
  SigningKey key;
  HALLMARK_ASSIGN(key.signer, OpenPluginSigner(environment, key_ref));
  return key;
}

}  // namespace hallmark::cli
