#ifndef HALLMARK_CRYPTO_INTERNAL_OPENSSL_H_
#define HALLMARK_CRYPTO_INTERNAL_OPENSSL_H_

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>

#include <memory>
#include <string_view>

#include "hallmark/base/error.h"
#include "hallmark/crypto/hash.h"

// Private to the module: ownership of OpenSSL objects and how its errors become ours.
namespace hallmark::crypto::openssl {

template <auto kFree>
struct Deleter {
  template <class T>
  void operator()(T* object) const {
    kFree(object);
  }
};

using Pkey = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using PkeyCtx = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>>;
using Md = std::unique_ptr<EVP_MD, Deleter<EVP_MD_free>>;
using MdCtx = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>>;
using Cipher = std::unique_ptr<EVP_CIPHER, Deleter<EVP_CIPHER_free>>;
using CipherCtx = std::unique_ptr<EVP_CIPHER_CTX, Deleter<EVP_CIPHER_CTX_free>>;
using Kdf = std::unique_ptr<EVP_KDF, Deleter<EVP_KDF_free>>;
using KdfCtx = std::unique_ptr<EVP_KDF_CTX, Deleter<EVP_KDF_CTX_free>>;
using Group = std::unique_ptr<EC_GROUP, Deleter<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Deleter<EC_POINT_free>>;
// Every number is wiped when it goes: none is worth telling secret ones from public ones.
using Number = std::unique_ptr<BIGNUM, Deleter<BN_clear_free>>;
using NumberCtx = std::unique_ptr<BN_CTX, Deleter<BN_CTX_free>>;

// Starts OpenSSL without its configuration file, so that neither openssl.cnf nor OPENSSL_CONF
// changes what a signature means. Called by whatever reaches OpenSSL first; nearly free afterwards.
void Start();

// An Error of what OpenSSL last complained about; empties its queue. `doing` comes first.
Error Complain(ErrorCode code, std::string_view doing);
// Empties the queue when the failure is an answer, such as a signature that does not verify.
void Forget();

const char* NameOf(HashAlgorithm algorithm);

// Never null: the default provider has every hash we name.
Md Fetch(HashAlgorithm algorithm);

}  // namespace hallmark::crypto::openssl

#endif  // HALLMARK_CRYPTO_INTERNAL_OPENSSL_H_
