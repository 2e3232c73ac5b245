#include <openssl/core_names.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "hallmark/base/check.h"
#include "hallmark/crypto/internal/der.h"
#include "hallmark/crypto/internal/openssl.h"
#include "hallmark/crypto/internal/pbes2.h"
#include "hallmark/crypto/private_key.h"

namespace hallmark::crypto {
namespace {

OSSL_PARAM OctetParam(const char* name, ByteView bytes) {
  // OpenSSL's type is not const; it only reads.
  return OSSL_PARAM_construct_octet_string(name, const_cast<std::uint8_t*>(bytes.data()),
                                           bytes.size());
}

Result<Secret> Pbkdf2(const Secret& passphrase, ByteView salt, Pbkdf2Cost cost, std::size_t size) {
  openssl::Start();
  const openssl::Kdf kdf(EVP_KDF_fetch(nullptr, "PBKDF2", nullptr));
  const openssl::KdfCtx ctx(EVP_KDF_CTX_new(kdf.get()));
  HALLMARK_CHECK(ctx != nullptr);
  int any_length = 1;  // do not apply the length floors of SP 800-132: the file is as it is
  const std::array<OSSL_PARAM, 6> params = {
      OctetParam(OSSL_KDF_PARAM_PASSWORD, passphrase.ExposeSecret()),
      OctetParam(OSSL_KDF_PARAM_SALT, salt),
      OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_ITER, &cost.iterations),
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, const_cast<char*>(cost.hash), 0),
      OSSL_PARAM_construct_int(OSSL_KDF_PARAM_PKCS5, &any_length),
      OSSL_PARAM_construct_end()};
  Secret key(size);
  if (EVP_KDF_derive(ctx.get(), key.ExposeSecretForWriting().data(), size, params.data()) != 1) {
    return openssl::Complain(ErrorCode::kInternal, "derive key");
  }
  return key;
}

Result<Secret> DeriveKey(const Pbes2Parts& parts, const Secret& passphrase) {
  if (const auto* cost = std::get_if<ScryptCost>(&parts.cost)) {
    return Scrypt(passphrase, parts.salt, *cost, parts.key_bytes);
  }
  return Pbkdf2(passphrase, parts.salt, std::get<Pbkdf2Cost>(parts.cost), parts.key_bytes);
}

// nullopt when the padding is wrong, as it nearly always is after a wrong key.
std::optional<Secret> Decrypt(const Pbes2Parts& parts, const Secret& key) {
  const openssl::Cipher cipher(EVP_CIPHER_fetch(nullptr, parts.cipher, nullptr));
  const openssl::CipherCtx ctx(EVP_CIPHER_CTX_new());
  HALLMARK_CHECK(cipher != nullptr && ctx != nullptr);
  HALLMARK_CHECK(EVP_DecryptInit_ex2(ctx.get(), cipher.get(), key.ExposeSecret().data(),
                                     parts.iv.data(), nullptr) == 1);
  Secret room(parts.ciphertext.size() + 16);
  std::uint8_t* out = room.ExposeSecretForWriting().data();
  int size = 0;
  int last = 0;
  if (EVP_DecryptUpdate(ctx.get(), out, &size, parts.ciphertext.data(),
                        static_cast<int>(parts.ciphertext.size())) != 1 ||
      EVP_DecryptFinal_ex(ctx.get(), out + size, &last) != 1) {
    openssl::Forget();
    return std::nullopt;
  }
  Secret plain(static_cast<std::size_t>(size + last));
  std::copy_n(out, plain.size(), plain.ExposeSecretForWriting().begin());
  return plain;
}

// One wrong key in 256 leaves good padding, but not a sequence of exactly the right length.
bool LooksLikePkcs8(const Secret& plain) {
  der::Reader outer(plain.ExposeSecret());
  der::Reader body = outer.Enter(der::kSequence);
  body.TakeSmall();
  return outer.Finished() && body.Sees(der::kSequence);
}

}  // namespace

Result<Done> PrivateKey::CheckEncryptedPkcs8(ByteView der) {
  HALLMARK_RETURN_IF_ERROR(ParsePbes2(der));
  return Done();
}

Result<PrivateKey> PrivateKey::FromEncryptedPkcs8(ByteView der, const Secret& passphrase) {
  HALLMARK_ASSIGN(const Pbes2Parts parts, ParsePbes2(der));
  HALLMARK_ASSIGN(const Secret key, DeriveKey(parts, passphrase));
  const std::optional<Secret> plain = Decrypt(parts, key);
  if (!plain || !LooksLikePkcs8(*plain)) return Error(ErrorCode::kDenied, "wrong passphrase");
  return FromDer(*plain);
}

}  // namespace hallmark::crypto
