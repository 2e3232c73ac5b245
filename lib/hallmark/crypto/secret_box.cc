#include "hallmark/crypto/secret_box.h"

#include <sodium.h>

#include "hallmark/base/check.h"

namespace hallmark::crypto {

static_assert(kSecretBoxKeySize == crypto_secretbox_KEYBYTES);
static_assert(std::tuple_size_v<SecretBoxNonce> == crypto_secretbox_NONCEBYTES);

Bytes SealSecretBox(const Secret& key, const SecretBoxNonce& nonce, const Secret& content) {
  HALLMARK_CHECK(sodium_init() >= 0 && key.size() == kSecretBoxKeySize);
  Bytes sealed(content.size() + crypto_secretbox_MACBYTES);
  HALLMARK_CHECK(crypto_secretbox_easy(sealed.data(), content.ExposeSecret().data(), content.size(),
                                       nonce.data(), key.ExposeSecret().data()) == 0);
  return sealed;
}

std::optional<Secret> OpenSecretBox(const Secret& key, const SecretBoxNonce& nonce,
                                    ByteView sealed) {
  HALLMARK_CHECK(sodium_init() >= 0 && key.size() == kSecretBoxKeySize);
  if (sealed.size() < crypto_secretbox_MACBYTES) return std::nullopt;
  Secret content(sealed.size() - crypto_secretbox_MACBYTES);
  if (crypto_secretbox_open_easy(content.ExposeSecretForWriting().data(), sealed.data(),
                                 sealed.size(), nonce.data(), key.ExposeSecret().data()) != 0) {
    return std::nullopt;
  }
  return content;
}

Bytes RandomBytes(std::size_t size) {
  HALLMARK_CHECK(sodium_init() >= 0);
  Bytes bytes(size);
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

}  // namespace hallmark::crypto
