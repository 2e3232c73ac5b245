#include <string>
#include <utility>

#include "hallmark/encoding/pem.h"
#include "hallmark/keys/file/internal/encrypted_key.h"
#include "hallmark/keys/file/key_file.h"

namespace hallmark::keys {
namespace {

using crypto::PrivateKey;

constexpr crypto::ScryptCost kWrittenCost{65536, 8, 1};
constexpr const char* kWrittenLabel = "ENCRYPTED SIGSTORE PRIVATE KEY";

Result<Secret> AskFor(std::string_view name, PassphraseSource& passphrases) {
  return passphrases.Ask("passphrase for " + std::string(name));
}

// The cost is checked before the operator is bothered for a passphrase.
Result<PrivateKey> OpenSigstore(const Secret& json, std::string_view name,
                                PassphraseSource& passphrases) {
  HALLMARK_ASSIGN(const EncryptedKey encrypted, ParseEncryptedKey(json.ExposeSecret()));
  HALLMARK_ASSIGN(const Secret passphrase, AskFor(name, passphrases));
  HALLMARK_ASSIGN(const Secret der, Decrypt(encrypted, passphrase));
  return PrivateKey::FromDer(der);
}

Result<PrivateKey> OpenPkcs8(const Secret& der, std::string_view name,
                             PassphraseSource& passphrases) {
  HALLMARK_RETURN_IF_ERROR(PrivateKey::CheckEncryptedPkcs8(der.ExposeSecret()));
  HALLMARK_ASSIGN(const Secret passphrase, AskFor(name, passphrases));
  return PrivateKey::FromEncryptedPkcs8(der.ExposeSecret(), passphrase);
}

Result<PrivateKey> OpenBlock(const encoding::SecretPemBlock& block, std::string_view name,
                             PassphraseSource& passphrases) {
  const std::string& label = block.label;
  if (label == kWrittenLabel || label == "ENCRYPTED COSIGN PRIVATE KEY") {
    return OpenSigstore(block.bytes, name, passphrases);
  }
  if (label == "ENCRYPTED PRIVATE KEY") return OpenPkcs8(block.bytes, name, passphrases);
  if (label == "PRIVATE KEY" || label == "EC PRIVATE KEY" || label == "RSA PRIVATE KEY") {
    return PrivateKey::FromDer(block.bytes);
  }
  if (label == "PUBLIC KEY") {
    return Error(ErrorCode::kMalformed, "holds a public key, a private one is needed");
  }
  return Error(ErrorCode::kUnsupported, "PEM \"" + label + "\" is no private key known here");
}

}  // namespace

Result<PrivateKey> ParsePrivateKey(const Secret& text, std::string_view name,
                                   PassphraseSource& passphrases) {
  Result<encoding::SecretPemBlock> block = encoding::ParseSecretPem(text);
  if (!block.ok()) return std::move(block).error().While(name);
  Result<PrivateKey> key = OpenBlock(block.value(), name, passphrases);
  if (!key.ok()) return std::move(key).error().While(name);
  return key;
}

Result<std::string> EncryptPrivateKey(const PrivateKey& key, const Secret& passphrase) {
  if (passphrase.size() == 0) {
    return Error(ErrorCode::kConfig, "an empty passphrase protects nothing");
  }
  HALLMARK_ASSIGN(const EncryptedKey encrypted, Encrypt(key.ToPkcs8(), passphrase, kWrittenCost));
  return encoding::ToPem(kWrittenLabel, AsBytes(ToJson(encrypted)));
}

}  // namespace hallmark::keys
