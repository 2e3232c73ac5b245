#ifndef HALLMARK_TOOLS_COMMON_KEY_REF_H_
#define HALLMARK_TOOLS_COMMON_KEY_REF_H_

#include <memory>
#include <string>

#include "hallmark/crypto/private_key.h"
#include "hallmark/crypto/public_key.h"
#include "hallmark/keys/key_source.h"
#include "tools/common/environment.h"
#include "tools/common/plugin_signer.h"

// KEYREFs of the command line: a bare path, file:PATH, env:VAR, pkcs11:..., plugin:..., NAME://...
// Every failure is kConfig and names the key: it is said before the first network request (A76).
// The query of a PKCS #11 URI, where PINs stand, and a plugin's configuration are in no message.
namespace hallmark::cli {

// Asks for the passphrase when the key is encrypted; a wrong one is kConfig. So is a key on a
// token, which does not come out.
Result<crypto::PrivateKey> OpenPrivateKey(const Environment& environment, std::string_view key_ref,
                                          keys::PassphraseSource& passphrases);

// The same as a signer with the scheme that sigstore bundles are made with; for a key on a token
// the passphrase is its PIN.
Result<std::unique_ptr<crypto::Signer>> OpenSigner(const Environment& environment,
                                                   std::string_view key_ref,
                                                   keys::PassphraseSource& passphrases);

// The same for images, which a plugin may sign by making whole envelopes: it is asked for one of
// that kind, kNotationJws or kNotationCose.
Result<SigningKey> OpenSigningKey(const Environment& environment, std::string_view key_ref,
                                  signature::FormatId kind, keys::PassphraseSource& passphrases);

// Asks nobody for a passphrase, and no plugin for a signature: a token shows its public key without
// a login, or has the PIN in its URI; a key service's plugin shows its own.
Result<crypto::PublicKey> OpenPublicKey(const Environment& environment, std::string_view key_ref);

// The same for a key that decides what is trusted: also kConfig for a file that anybody may write
// to. What the caller hands over as an open file (/dev/fd/N, /dev/stdin) is the caller's.
Result<crypto::PublicKey> OpenTrustedKey(const Environment& environment, std::string_view key_ref);

// The public half of a public or a private key; asks for the passphrase only when it is needed.
Result<crypto::PublicKey> OpenEitherKey(const Environment& environment, std::string_view key_ref,
                                        keys::PassphraseSource& passphrases);

// "ci.pub" for "file:/etc/keys/ci.pub", "env:VAR" for itself, a PKCS #11 URI without its
// query, a plugin's key without its configuration: how verdicts call the key.
std::string KeyName(std::string_view key_ref);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_KEY_REF_H_
