#include <algorithm>
#include <string>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/keys/file/key_file.h"

namespace hallmark::keys {
namespace {

std::string_view WithoutScheme(std::string_view uri, std::string_view scheme) {
  return uri.starts_with(scheme) ? uri.substr(scheme.size()) : uri;
}

Result<std::unique_ptr<crypto::Signer>> SignerOf(const Secret& text, std::string_view name,
                                                 PassphraseSource& passphrases) {
  HALLMARK_ASSIGN(crypto::PrivateKey key, ParsePrivateKey(text, name, passphrases));
  const crypto::Scheme scheme = key.public_key().DefaultSchemes().front();
  return crypto::MakeSigner(std::move(key), scheme);
}

}  // namespace

Result<std::unique_ptr<crypto::Signer>> FileKeySource::Open(const Context&, std::string_view uri,
                                                            PassphraseSource& passphrases) {
  const std::string path(WithoutScheme(uri, "file:"));
  HALLMARK_ASSIGN(const Secret text, ReadKeyFile(path));
  return SignerOf(text, Printable(path), passphrases);
}

Result<std::unique_ptr<crypto::Signer>> EnvKeySource::Open(const Context&, std::string_view uri,
                                                           PassphraseSource& passphrases) {
  const std::string variable(WithoutScheme(uri, "env:"));
  const char* value = lookup_(variable);
  if (value == nullptr) {
    return Error(ErrorCode::kConfig, "environment variable " + Printable(variable) + " is not set");
  }
  const ByteView bytes = AsBytes(value);
  Secret text(bytes.size());
  std::ranges::copy(bytes, text.ExposeSecretForWriting().begin());
  return SignerOf(text, "env:" + Printable(variable), passphrases);
}

}  // namespace hallmark::keys
