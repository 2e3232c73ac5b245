#include "tools/common/key_ref.h"

#include <filesystem>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/pem.h"
#include "hallmark/keys/file/key_file.h"
#include "hallmark/keys/kms/kms_ref.h"
#include "hallmark/keys/pkcs11/pkcs11_key.h"
#include "hallmark/keys/plugin/plugin_ref.h"
#include "hallmark/signature/bundle/bundle_format.h"
#include "tools/common/file_reading.h"
#include "tools/common/kms_keys.h"
#include "tools/common/passphrase.h"

namespace hallmark::cli {
namespace {

constexpr std::size_t kMaxKeyBytes = std::size_t{64} * 1024;

Error Config(std::string message) { return {ErrorCode::kConfig, std::move(message)}; }

// A KEYREF for messages: PINs stand in a PKCS #11 URI, secrets perhaps in a plugin's configuration.
std::string Shown(std::string_view key_ref) {
  if (keys::IsPkcs11Uri(key_ref)) return Printable(keys::ShownPkcs11Uri(key_ref));
  if (keys::IsPluginRef(key_ref)) return Printable(keys::ShownPluginRef(key_ref));
  return Printable(key_ref);
}

struct Parts {
  bool is_variable;
  std::string rest;  // path or variable
};

Result<Parts> Split(std::string_view key_ref) {
  const std::string shown = Shown(key_ref);
  if (keys::IsPkcs11Uri(key_ref)) {
    return Config(shown + ": the private key stays on its token; here a key file is needed");
  }
  if (keys::IsPluginRef(key_ref)) {
    return Config(shown + ": a plugin has no key file, and shows its key only by signing");
  }
  if (keys::IsKmsRef(key_ref)) {
    return Config(shown +
                  ": the private key stays with its key service; here a key file is needed");
  }
  if (key_ref.find("://") != std::string_view::npos) {
    return Config(shown +
                  ": no such kind of key; want a path, file:PATH, env:VAR, pkcs11:..., plugin:... "
                  "or NAME://...");
  }
  const bool is_variable = key_ref.starts_with("env:");
  if (is_variable) key_ref.remove_prefix(4);
  if (!is_variable && key_ref.starts_with("file:")) key_ref.remove_prefix(5);
  if (key_ref.empty()) return Config("\"" + shown + "\" names no key");
  return Parts{is_variable, std::string(key_ref)};
}

Result<const char*> ReadVariable(const Environment& environment, const std::string& variable) {
  const char* text = environment.Find(variable);
  if (text == nullptr || *text == '\0') {
    return Config("env:" + Printable(variable) + ": the variable is not set");
  }
  return text;
}

Result<Secret> ReadText(const Environment& environment, const Parts& parts) {
  if (!parts.is_variable) return keys::ReadKeyFile(parts.rest);
  HALLMARK_ASSIGN(const char* text, ReadVariable(environment, parts.rest));
  return ToSecret(text);
}

// Whatever was wrong with a key the operator named, the operator has to mend it.
Error AsConfig(const Error& error, std::string_view key_ref) {
  if (error.code() == ErrorCode::kInternal) return error;
  const std::string shown = Shown(key_ref);
  const bool named = error.message().find(KeyName(key_ref)) != std::string::npos;
  return Config(named ? error.message() : shown + ": " + error.message());
}

Result<crypto::PublicKey> OpenTokenKey(std::string_view key_ref, keys::PassphraseSource* pins) {
  const Result<keys::Pkcs11Uri> uri = keys::Pkcs11Uri::Parse(key_ref);
  if (!uri.ok()) return AsConfig(uri.error(), key_ref);
  Result<crypto::PublicKey> key = keys::LoadPkcs11PublicKey(uri.value(), pins);
  if (!key.ok()) return AsConfig(key.error(), key_ref);
  return key;
}

Result<crypto::PublicKey> OpenKmsPublicKey(const Environment& environment,
                                           std::string_view key_ref) {
  Result<crypto::PublicKey> key = ShowKmsKey(environment, key_ref);
  if (!key.ok()) return AsConfig(key.error(), key_ref);
  return key;
}

Result<std::unique_ptr<crypto::Signer>> OpenTokenSigner(std::string_view key_ref,
                                                        keys::PassphraseSource& pins) {
  const Result<keys::Pkcs11Uri> uri = keys::Pkcs11Uri::Parse(key_ref);
  if (!uri.ok()) return AsConfig(uri.error(), key_ref);
  Result<std::unique_ptr<crypto::Signer>> signer =
      keys::OpenPkcs11Signer(uri.value(), signature::BundleScheme, pins);
  if (!signer.ok()) return AsConfig(signer.error(), key_ref);
  return signer;
}

}  // namespace

std::string KeyName(std::string_view key_ref) {
  if (keys::IsPkcs11Uri(key_ref) || keys::IsPluginRef(key_ref)) return Shown(key_ref);
  if (key_ref.starts_with("env:") || keys::IsKmsRef(key_ref)) return Printable(key_ref);
  if (key_ref.starts_with("file:")) key_ref.remove_prefix(5);
  return Printable(std::filesystem::path(key_ref).filename().string());
}

Result<crypto::PrivateKey> OpenPrivateKey(const Environment& environment, std::string_view key_ref,
                                          keys::PassphraseSource& passphrases) {
  HALLMARK_ASSIGN(const Parts parts, Split(key_ref));
  HALLMARK_ASSIGN(const Secret text, ReadText(environment, parts));
  Result<crypto::PrivateKey> key = keys::ParsePrivateKey(text, Printable(key_ref), passphrases);
  if (!key.ok()) return AsConfig(key.error(), key_ref);
  return key;
}

Result<std::unique_ptr<crypto::Signer>> OpenSigner(const Environment& environment,
                                                   std::string_view key_ref,
                                                   keys::PassphraseSource& passphrases) {
  if (keys::IsPkcs11Uri(key_ref)) return OpenTokenSigner(key_ref, passphrases);
  if (keys::IsPluginRef(key_ref) || keys::IsKmsRef(key_ref)) {
    Result<std::unique_ptr<crypto::Signer>> signer = keys::IsPluginRef(key_ref)
                                                         ? OpenPluginSigner(environment, key_ref)
                                                         : OpenKmsKey(environment, key_ref);
    if (!signer.ok()) return AsConfig(signer.error(), key_ref);
    return signer;
  }
  HALLMARK_ASSIGN(crypto::PrivateKey key, OpenPrivateKey(environment, key_ref, passphrases));
  const crypto::Scheme scheme = signature::BundleScheme(key.public_key());
  return crypto::MakeSigner(std::move(key), scheme);
}

Result<SigningKey> OpenSigningKey(const Environment& environment, std::string_view key_ref,
                                  signature::FormatId kind, keys::PassphraseSource& passphrases) {
  if (keys::IsPluginRef(key_ref)) {
    Result<SigningKey> key = OpenPluginKey(environment, key_ref, kind);
    if (!key.ok()) return AsConfig(key.error(), key_ref);
    return key;
  }
  SigningKey key;
  HALLMARK_ASSIGN(key.signer, OpenSigner(environment, key_ref, passphrases));
  return key;
}

Result<crypto::PublicKey> OpenEitherKey(const Environment& environment, std::string_view key_ref,
                                        keys::PassphraseSource& passphrases) {
  if (keys::IsPkcs11Uri(key_ref)) return OpenTokenKey(key_ref, &passphrases);
  if (keys::IsKmsRef(key_ref)) return OpenKmsPublicKey(environment, key_ref);
  if (keys::IsPluginRef(key_ref)) {
    HALLMARK_ASSIGN(const auto signer, OpenSigner(environment, key_ref, passphrases));
    return signer->public_key();
  }
  HALLMARK_ASSIGN(const Parts parts, Split(key_ref));
  HALLMARK_ASSIGN(const Secret text, ReadText(environment, parts));
  const Result<std::string> label = encoding::PeekPemLabel(AsText(text.ExposeSecret()));
  if (label.ok() && label.value() == "PUBLIC KEY") return OpenPublicKey(environment, key_ref);
  HALLMARK_ASSIGN(const crypto::PrivateKey key, OpenPrivateKey(environment, key_ref, passphrases));
  return key.public_key();
}

Result<crypto::PublicKey> OpenPublicKey(const Environment& environment, std::string_view key_ref) {
  if (keys::IsPkcs11Uri(key_ref)) return OpenTokenKey(key_ref, nullptr);
  if (keys::IsKmsRef(key_ref)) return OpenKmsPublicKey(environment, key_ref);
  HALLMARK_ASSIGN(const Parts parts, Split(key_ref));
  if (!parts.is_variable) return keys::LoadPublicKey(parts.rest);
  HALLMARK_ASSIGN(const char* text, ReadVariable(environment, parts.rest));
  Result<crypto::PublicKey> key = crypto::PublicKey::FromPem(text);
  if (!key.ok()) return AsConfig(key.error(), key_ref);
  return key;
}

Result<crypto::PublicKey> OpenTrustedKey(const Environment& environment, std::string_view key_ref) {
  if (keys::IsPkcs11Uri(key_ref)) return OpenTokenKey(key_ref, nullptr);
  if (keys::IsKmsRef(key_ref)) return OpenKmsPublicKey(environment, key_ref);
  HALLMARK_ASSIGN(const Parts parts, Split(key_ref));
  const bool is_file =
      !parts.is_variable && !parts.rest.starts_with("/dev/fd/") && parts.rest != "/dev/stdin";
  std::error_code missing;  // which OpenPublicKey says better
  if (is_file && std::filesystem::is_regular_file(parts.rest, missing)) {
    // Read once: what was judged by its permissions is what is used.
    HALLMARK_ASSIGN(Bytes bytes, ReadTrustedFile(parts.rest, kMaxKeyBytes));
    return keys::ParsePublicKey(Secret::TakeAndWipe(bytes), parts.rest);
  }
  return OpenPublicKey(environment, key_ref);
}

}  // namespace hallmark::cli
