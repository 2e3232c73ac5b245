#ifndef HALLMARK_KEYS_PKCS11_INTERNAL_MECHANISM_H_
#define HALLMARK_KEYS_PKCS11_INTERNAL_MECHANISM_H_

#include <optional>

#include "hallmark/base/bytes.h"
#include "hallmark/crypto/scheme.h"
#include "hallmark/keys/pkcs11/internal/cryptoki.h"

// Private to the module: how a token is asked to sign by one of Hallmark's schemes. The hash is
// made here, so that a token sees 64 bytes and not the message; Ed25519 alone wants it whole.
namespace hallmark::keys {

struct TokenOperation {
  cryptoki::Ulong mechanism;
  std::optional<cryptoki::PssParameters> pss;
  Bytes input;
};

// nullopt for Ed25519ph, which nothing is signed with.
std::optional<TokenOperation> OperationFor(crypto::Scheme scheme, ByteView message);

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_PKCS11_INTERNAL_MECHANISM_H_
