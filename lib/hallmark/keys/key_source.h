#ifndef HALLMARK_KEYS_KEY_SOURCE_H_
#define HALLMARK_KEYS_KEY_SOURCE_H_

#include <functional>
#include <memory>
#include <string_view>

#include "hallmark/base/context.h"
#include "hallmark/base/result.h"
#include "hallmark/base/secret.h"
#include "hallmark/crypto/signer.h"

namespace hallmark::keys {

// Asks for a passphrase or PIN; the prompt names what it unlocks.
class PassphraseSource {
 public:
  virtual ~PassphraseSource() = default;
  virtual Result<Secret> Ask(std::string_view prompt) = 0;
};

// Which scheme a key signs by.
using SchemeOf = std::function<crypto::Scheme(const crypto::PublicKey&)>;

// One kind of KEYREF: "file:" (and bare paths), "env:", "pkcs11:" (RFC 7512), "plugin:NAME",
// "NAME://".
class KeySource {
 public:
  virtual ~KeySource() = default;
  virtual std::string_view scheme() const = 0;
  virtual Result<std::unique_ptr<crypto::Signer>> Open(const Context&, std::string_view uri,
                                                       PassphraseSource&) = 0;
};

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_KEY_SOURCE_H_
