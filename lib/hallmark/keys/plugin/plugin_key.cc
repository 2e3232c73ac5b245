#include "hallmark/keys/plugin/plugin_key.h"

#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/crypto/ecdsa_signature.h"
#include "hallmark/keys/plugin/internal/protocol.h"
#include "hallmark/keys/plugin/limits.h"
#include "hallmark/process/child_process.h"
#include "hallmark/x509/notary_chain.h"

namespace hallmark::keys {
namespace {

// What the first signature is over: no document of any format looks like it.
constexpr std::string_view kProbe = "hallmark: which key is this?";

Error Config(std::string message) { return {ErrorCode::kConfig, std::move(message)}; }

// The specification wants a regular file and no link; what everybody may write to is no plugin.
Result<std::string> FindPlugin(const PluginRef& ref, const PluginWorld& world) {
  for (const std::filesystem::path& folder : world.folders) {
    const std::string file = folder / ref.name / ("notation-" + ref.name);
    struct stat facts {};
    if (lstat(file.c_str(), &facts) != 0) continue;
    const std::string shown = Printable(file);
    if (!S_ISREG(facts.st_mode)) return Config(shown + " is not a regular file");
    if ((facts.st_mode & S_IWOTH) != 0) return Config(shown + " can be written to by anybody");
    if (access(file.c_str(), X_OK) != 0) return Config(shown + " is not executable");
    return file;
  }
  return Config("there is no program " + ref.name + "/notation-" + ref.name +
                " in the folders of notation's plugins");
}

// One plugin, asked one command after the other.
class Plugin {
 public:
  Plugin(PluginRef ref, PluginWorld world, std::string file)
      : ref_(std::move(ref)), world_(std::move(world)), file_(std::move(file)) {}

  const PluginRef& ref() const { return ref_; }

  // The answer's bytes; the Error does not name the plugin.
  Result<Bytes> Ask(const char* command, std::string request) const {
    const Context context{std::chrono::steady_clock::now() + world_.deadline, {}, nullptr};
    HALLMARK_ASSIGN(const process::Finished finished,
                    process::Run(context, {file_,
                                           {command},
                                           world_.environment,
                                           std::move(request),
                                           kMaxPluginAnswerBytes,
                                           kMaxPluginErrorBytes}));
    if (finished.exit_status != 0) return ParsePluginError(finished.errors, finished.exit_status);
    const ByteView output = finished.output.ExposeSecret();
    return Bytes(output.begin(), output.end());
  }

  Result<const KeySpec*> Describe() const {
    HALLMARK_ASSIGN(const Bytes metadata, Ask("get-plugin-metadata", MetadataRequest(ref_)));
    HALLMARK_RETURN_IF_ERROR(CheckMetadata(metadata, ref_));
    HALLMARK_ASSIGN(const Bytes description, Ask("describe-key", DescribeRequest(ref_)));
    return ParseDescription(description, ref_);
  }

  Result<PluginSignature> Sign(const KeySpec& spec, ByteView message) const {
    HALLMARK_ASSIGN(const Bytes answer,
                    Ask("generate-signature", SignRequest(ref_, spec, message)));
    return ParseSignature(answer, ref_, spec);
  }

 private:
  PluginRef ref_;
  PluginWorld world_;
  std::string file_;
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
  OpenedPlugin(Plugin plugin, const KeySpec& spec, crypto::PublicKey key,
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

  Plugin plugin_;
  const KeySpec& spec_;
  crypto::PublicKey key_;
  std::vector<x509::Certificate> chain_;
};

Result<std::unique_ptr<PluginSigner>> Open(Plugin plugin, UnixTime now) {
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
  HALLMARK_ASSIGN(std::string file, FindPlugin(ref, world));
  Result<std::unique_ptr<PluginSigner>> signer = Open(Plugin(ref, world, std::move(file)), now);
  if (signer.ok()) return signer;
  return std::move(signer).error().While("plugin " + ref.name);
}

}  // namespace hallmark::keys
