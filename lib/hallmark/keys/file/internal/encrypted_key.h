#ifndef HALLMARK_KEYS_FILE_INTERNAL_ENCRYPTED_KEY_H_
#define HALLMARK_KEYS_FILE_INTERNAL_ENCRYPTED_KEY_H_

#include <string>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/base/secret.h"
#include "hallmark/crypto/key_derivation.h"
#include "hallmark/crypto/secret_box.h"

// Private to the module: the JSON inside an encrypted key file (docs/formats/key-file.md).
namespace hallmark::keys {

struct EncryptedKey {
  crypto::ScryptCost cost;
  Bytes salt;
  crypto::SecretBoxNonce nonce;
  Bytes ciphertext;
};

// kMalformed for anything but the format, kUnsupported for another derivation or cipher, kLimit
// for a cost outside of crypto/limits.h. Nothing is derived yet.
Result<EncryptedKey> ParseEncryptedKey(ByteView json);
std::string ToJson(const EncryptedKey& key);

// kDenied: wrong passphrase (or a changed file; the two cannot be told apart).
Result<Secret> Decrypt(const EncryptedKey& key, const Secret& passphrase);
Result<EncryptedKey> Encrypt(const Secret& content, const Secret& passphrase,
                             const crypto::ScryptCost& cost);

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_FILE_INTERNAL_ENCRYPTED_KEY_H_
