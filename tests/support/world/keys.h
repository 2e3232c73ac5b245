#ifndef HALLMARK_TESTS_SUPPORT_WORLD_KEYS_H_
#define HALLMARK_TESTS_SUPPORT_WORLD_KEYS_H_

#include <memory>

#include "hallmark/crypto/private_key.h"

namespace hallmark::testing {

// A fresh key; P-256 when nothing is said, because it is the quickest to make. RSA keys take
// seconds: make one a program, not one a test.
crypto::PrivateKey MakeKey(crypto::PrivateKey::Kind kind = crypto::PrivateKey::Kind::kEcdsaP256);

// A Signer over a fresh key, by the first of the key's default schemes.
std::unique_ptr<crypto::Signer> MakeTestSigner(
    crypto::PrivateKey::Kind kind = crypto::PrivateKey::Kind::kEcdsaP256);

// The same over a key that the test also needs elsewhere: takes a copy through PKCS#8.
std::unique_ptr<crypto::Signer> MakeTestSigner(const crypto::PrivateKey& key);
std::unique_ptr<crypto::Signer> MakeTestSigner(const crypto::PrivateKey& key,
                                               crypto::Scheme scheme);

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_SUPPORT_WORLD_KEYS_H_
