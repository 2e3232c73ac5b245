#include "hallmark/keys/kms/kms_key.h"

#include <sys/stat.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/keys/kms/internal/protocol.h"
#include "hallmark/keys/kms/limits.h"
#include "hallmark/process/child_process.h"
#include "hallmark/process/find_program.h"

namespace hallmark::keys {
namespace {

using crypto::HashAlgorithm;
using crypto::PublicKey;
using crypto::Scheme;

Error Config(std::string message) { return {ErrorCode::kConfig, std::move(message)}; }

std::string ProgramName(const KmsRef& ref) { return "sigstore-kms-" + ref.plugin; }

// What everybody may write to is no plugin.
Result<std::string> FindPlugin(const KmsRef& ref, std::string_view path) {
  std::optional<std::string> file = process::FindProgram(path, ProgramName(ref));
  if (!file) return Config("there is no such program in PATH");
  struct stat facts {};
  if (stat(file->c_str(), &facts) == 0 && (facts.st_mode & S_IWOTH) == 0) return *std::move(file);
  return Config(Printable(*file) + " can be written to by anybody");
}

// One plugin and one of its keys, asked one call after the other.
class Plugin {
 public:
  Plugin(KmsRef ref, KmsWorld world, std::string file)
      : ref_(std::move(ref)), world_(std::move(world)), file_(std::move(file)) {}

  const KmsRef& ref() const { return ref_; }

  // The errors do not name the plugin.
  Result<PublicKey> Show() const {
    HALLMARK_ASSIGN(const Bytes answer, Ask(PublicKeyCall(ref_), {}));
    return ParsePublicKeyAnswer(answer);
  }

  Result<Bytes> Sign(std::optional<HashAlgorithm> hash, ByteView message) const {
    HALLMARK_ASSIGN(const Bytes answer, Ask(SignCall(ref_, hash, message), message));
    return ParseSignAnswer(answer);
  }

 private:
  Result<Bytes> Ask(std::string call, ByteView message) const {
    const Context context{std::chrono::steady_clock::now() + world_.deadline, {}, nullptr};
    HALLMARK_ASSIGN(const process::Finished finished,
                    process::Run(context, {file_,
                                           {std::string(kKmsProtocol), std::move(call)},
                                           world_.environment,
                                           std::string(AsText(message)),
                                           kMaxKmsAnswerBytes,
                                           0}));
    if (finished.exit_status < 0) return Error(ErrorCode::kUnavailable, "ended by a signal");
    const ByteView output = finished.output.ExposeSecret();
    if (output.empty()) {
      return Error(ErrorCode::kProtocol,
                   "no answer, exit status " + std::to_string(finished.exit_status));
    }
    return Bytes(output.begin(), output.end());
  }

  KmsRef ref_;
  KmsWorld world_;
  std::string file_;
};

// How a plugin is asked for a scheme.
struct Way {
  std::optional<HashAlgorithm> hash;  // nullopt: the scheme has its own
  bool is_pss = false;
};

std::optional<Way> WayTo(Scheme scheme) {
  switch (scheme) {
    case Scheme::kEcdsaP256Sha256:
    case Scheme::kEcdsaP384Sha256:
    case Scheme::kEcdsaP521Sha256:
    case Scheme::kRsaPkcs1Sha256:
      return Way{HashAlgorithm::kSha256};
    case Scheme::kEcdsaP256Sha384:
    case Scheme::kEcdsaP384Sha384:
    case Scheme::kEcdsaP521Sha384:
    case Scheme::kRsaPkcs1Sha384:
      return Way{HashAlgorithm::kSha384};
    case Scheme::kEcdsaP256Sha512:
    case Scheme::kEcdsaP384Sha512:
    case Scheme::kEcdsaP521Sha512:
    case Scheme::kRsaPkcs1Sha512:
      return Way{HashAlgorithm::kSha512};
    case Scheme::kRsaPssSha256:
      return Way{HashAlgorithm::kSha256, true};
    case Scheme::kRsaPssSha384:
      return Way{HashAlgorithm::kSha384, true};
    case Scheme::kRsaPssSha512:
      return Way{HashAlgorithm::kSha512, true};
    case Scheme::kEd25519:
      return Way{std::nullopt};
    default:
      return std::nullopt;
  }
}

class KmsSigner final : public crypto::Signer {
 public:
  KmsSigner(Plugin plugin, PublicKey key, Scheme scheme)
      : plugin_(std::move(plugin)), key_(std::move(key)), scheme_(scheme) {}

  Scheme scheme() const override { return scheme_; }
  const PublicKey& public_key() const override { return key_; }
  Result<Bytes> Sign(ByteView message) override { return SignBy(scheme_, message); }

  Result<Bytes> SignBy(Scheme wanted, ByteView message) override {
    Result<Bytes> signature = Checked(wanted, message);
    if (signature.ok()) return signature;
    return std::move(signature).error().While(ProgramName(plugin_.ref()));
  }

 private:
  Result<Bytes> Checked(Scheme wanted, ByteView message) const {
    const std::optional<Way> way = WayTo(wanted);
    if (!way || !key_.CanUse(wanted)) {
      return Error(ErrorCode::kUnsupported,
                   "its key does not sign by " + std::string(ToName(wanted)));
    }
    if (way->is_pss && key_.type() != crypto::KeyType::kRsaPss) {
      return Config("the protocol has no word for RSASSA-PSS, and this format wants " +
                    std::string(ToName(wanted)));
    }
    HALLMARK_ASSIGN(Bytes signature, plugin_.Sign(way->hash, message));
    if (key_.IsSignedBy(wanted, message, signature)) return signature;
    return Error(ErrorCode::kProtocol, "the signature does not verify with the public key, by " +
                                           std::string(ToName(wanted)));
  }

  Plugin plugin_;
  PublicKey key_;
  Scheme scheme_;
};

// A plugin that was found, and its key.
struct Opened {
  Plugin plugin;
  PublicKey key;
};

Result<Opened> Open(const KmsRef& ref, const KmsWorld& world) {
  HALLMARK_ASSIGN(std::string file, FindPlugin(ref, world.path));
  Plugin plugin(ref, world, std::move(file));
  HALLMARK_ASSIGN(PublicKey key, plugin.Show());
  return Opened{std::move(plugin), std::move(key)};
}

}  // namespace

Result<PublicKey> LoadKmsPublicKey(const KmsRef& ref, const KmsWorld& world) {
  Result<Opened> opened = Open(ref, world);
  if (opened.ok()) return std::move(opened).value().key;
  return std::move(opened).error().While(ProgramName(ref));
}

Result<std::unique_ptr<crypto::Signer>> OpenKmsSigner(const KmsRef& ref, const KmsWorld& world,
                                                      const SchemeOf& scheme_of) {
  Result<Opened> opened = Open(ref, world);
  if (!opened.ok()) return std::move(opened).error().While(ProgramName(ref));
  auto& [plugin, key] = opened.value();
  const Scheme scheme = scheme_of(key);
  return std::unique_ptr<crypto::Signer>(
      std::make_unique<KmsSigner>(std::move(plugin), std::move(key), scheme));
}

}  // namespace hallmark::keys
