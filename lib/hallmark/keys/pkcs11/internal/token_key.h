#ifndef HALLMARK_KEYS_PKCS11_INTERNAL_TOKEN_KEY_H_
#define HALLMARK_KEYS_PKCS11_INTERNAL_TOKEN_KEY_H_

#include "hallmark/crypto/public_key.h"
#include "hallmark/keys/pkcs11/internal/session.h"

// Private to the module: public keys out of the objects of a token.
namespace hallmark::keys {

// The one object of that class that the URI matches. kConfig for none, and for several: they are
// listed.
Result<cryptoki::Ulong> ChooseObject(Session& session, cryptoki::Ulong object_class,
                                     const Pkcs11Uri::Object& wanted);

// The public half of a private key: what the private object itself tells, else the public key or
// certificate that shares its CKA_ID (its label where it has no CKA_ID). kConfig when nothing of
// it is there, or when two different keys are. Whether it is the right one shows when the first
// signature is verified with it.
Result<crypto::PublicKey> PublicHalfOf(Session& session, cryptoki::Ulong private_key);

// The one key among the public keys, else the certificates, that the URI matches; nullopt when
// there is neither. kConfig when they are different keys.
Result<std::optional<crypto::PublicKey>> FindPublicKey(Session& session,
                                                       const Pkcs11Uri::Object& wanted);

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_PKCS11_INTERNAL_TOKEN_KEY_H_
