#ifndef HALLMARK_KEYS_FILE_KEY_FILE_H_
#define HALLMARK_KEYS_FILE_KEY_FILE_H_

#include <filesystem>
#include <functional>
#include <string>

#include "hallmark/base/result.h"
#include "hallmark/base/secret.h"
#include "hallmark/crypto/private_key.h"
#include "hallmark/crypto/public_key.h"
#include "hallmark/keys/key_source.h"

namespace hallmark::keys {

// Reads at most 64 KiB of a regular file. kConfig naming the path when it is missing, unreadable,
// a folder or a device, or too large.
Result<Secret> ReadKeyFile(const std::filesystem::path& path);

// A public key file: PEM "PUBLIC KEY". kConfig naming the path otherwise, with the reason; says so
// in plain words when the file holds a private key.
Result<crypto::PublicKey> LoadPublicKey(const std::filesystem::path& path);

// The same for what a caller read from `path` already. A Secret, since it may be a private key.
Result<crypto::PublicKey> ParsePublicKey(const Secret& text, const std::filesystem::path& path);

// Any private key text that Hallmark reads: cosign's "ENCRYPTED SIGSTORE PRIVATE KEY" and
// "ENCRYPTED COSIGN PRIVATE KEY" (scrypt + NaCl secretbox), PKCS#8 "PRIVATE KEY" and
// "ENCRYPTED PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY" (docs/formats/key-file.md). Asks for
// the passphrase only when one is needed, after the file's format and cost were found acceptable.
// kDenied: wrong passphrase. kMalformed, kUnsupported, kLimit as the parsers say. `name` stands in
// the prompt and before every message, as it is.
Result<crypto::PrivateKey> ParsePrivateKey(const Secret& text, std::string_view name,
                                           PassphraseSource& passphrases);

// PEM text of an encrypted key file. kConfig for an empty passphrase: whoever wants none writes an
// unencrypted file. scrypt's cost is what cosign writes today (N=65536, r=8, p=1).
// Reading accepts N from 2^12 to 2^20, any power of two, r*p at most 64 and 1 GiB (A112).
Result<std::string> EncryptPrivateKey(const crypto::PrivateKey& key, const Secret& passphrase);

// Writes P.key (0600) and P.pub (0644), each to a temporary beside it, synced and renamed; neither
// is ever overwritten (kConfig). kStorage, naming the path, for everything else. On any failure
// neither file is left behind.
Result<Done> WriteKeyPair(const std::filesystem::path& prefix, const Secret& private_text,
                          const crypto::PublicKey& public_key);

// "file:PATH" and bare paths. Signs by the key's first default scheme.
class FileKeySource final : public KeySource {
 public:
  std::string_view scheme() const override { return "file"; }
  Result<std::unique_ptr<crypto::Signer>> Open(const Context&, std::string_view uri,
                                               PassphraseSource&) override;
};

// "env:VAR": the key's text in a variable. The lookup is given, since only tools read the
// environment; it returns null for an unset variable.
class EnvKeySource final : public KeySource {
 public:
  explicit EnvKeySource(std::function<const char*(const std::string&)> lookup)
      : lookup_(std::move(lookup)) {}
  std::string_view scheme() const override { return "env"; }
  Result<std::unique_ptr<crypto::Signer>> Open(const Context&, std::string_view uri,
                                               PassphraseSource&) override;

 private:
  std::function<const char*(const std::string&)> lookup_;
};

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_FILE_KEY_FILE_H_
