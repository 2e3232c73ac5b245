#ifndef HALLMARK_KEYS_PKCS11_PKCS11_KEY_H_
#define HALLMARK_KEYS_PKCS11_PKCS11_KEY_H_

#include <memory>

#include "hallmark/base/result.h"
#include "hallmark/crypto/signer.h"
#include "hallmark/keys/key_source.h"
#include "hallmark/keys/pkcs11/pkcs11_uri.h"

// Keys that stay on a token: PKCS #11 v2.40 modules, loaded when a key is opened
// (docs/adr/0009-pkcs11.md).
//
// A module is code that runs in this process: whoever names one trusts it with everything. Its
// calls cannot be interrupted: a module that hangs, or waits for somebody to touch a key, holds its
// caller past any deadline.
namespace hallmark::keys {

// Opens the private key that the URI means and logs in, once; the signer keeps that one session.
// The PIN is the URI's own, else what `pins` answers; it is asked for only when the token wants a
// login and has no keypad, is tried once, and is kept only for keys that want it for every
// signature. Every signature is verified with the token's public key before it is handed out:
// kProtocol when it is not that key's. kUnavailable when the token is gone.
//
// kConfig when no key or more than one matches, when the key may not sign or the token cannot do
// the scheme; kDenied when the login fails, or when one try of the PIN is left and the URI does not
// allow to use it.
Result<std::unique_ptr<crypto::Signer>> OpenPkcs11Signer(const Pkcs11Uri& uri,
                                                         const SchemeOf& scheme_of,
                                                         PassphraseSource& pins);

// The public key of the public key object, the certificate or, after a login, the private key that
// the URI means. Logs in only when nothing is found without; `pins` may be null: then only with the
// PIN in the URI. Errors as above.
Result<crypto::PublicKey> LoadPkcs11PublicKey(const Pkcs11Uri& uri, PassphraseSource* pins);

// "pkcs11:". Signs by the key's first default scheme.
class Pkcs11KeySource final : public KeySource {
 public:
  std::string_view scheme() const override { return "pkcs11"; }
  Result<std::unique_ptr<crypto::Signer>> Open(const Context&, std::string_view uri,
                                               PassphraseSource&) override;
};

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_PKCS11_PKCS11_KEY_H_
