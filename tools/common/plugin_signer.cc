#include "tools/common/plugin_signer.h"

#include <string>
#include <utility>
#include <vector>

#include "hallmark/base/time.h"
#include "hallmark/keys/plugin/plugin_key.h"
#include "hallmark/plugin/limits.h"
#include "hallmark/signature/bundle/bundle_format.h"
#include "tools/common/program_environment.h"

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

std::vector<std::filesystem::path> PluginFolders(const Environment& environment) {
  std::vector<std::filesystem::path> folders;
  if (const auto config = environment.Folder("XDG_CONFIG_HOME", ".config")) {
    folders.push_back(*config / "notation" / "plugins");
  }
  folders.emplace_back("/usr/libexec/notation/plugins");
  return folders;
}

}  // namespace

Result<std::unique_ptr<crypto::Signer>> OpenPluginSigner(const Environment& environment,
                                                         std::string_view key_ref) {
  HALLMARK_ASSIGN(const keys::PluginRef ref, keys::PluginRef::Parse(key_ref));
  const keys::PluginWorld world{PluginFolders(environment), PluginEnvironment(environment),
                                plugin::kDeadline};
  // The one reading of the clock that opening a key needs: is the certificate current?
  HALLMARK_ASSIGN(std::unique_ptr<keys::PluginSigner> plugin,
                  keys::OpenPlugin(ref, world, SystemClock().Now()));
  return std::unique_ptr<crypto::Signer>(std::make_unique<OneSchemeSigner>(std::move(plugin)));
}

}  // namespace hallmark::cli
