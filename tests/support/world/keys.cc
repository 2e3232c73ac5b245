#include "tests/support/world/keys.h"

#include <utility>

#include "tests/support/world/must.h"

namespace hallmark::testing {

crypto::PrivateKey MakeKey(crypto::PrivateKey::Kind kind) {
  return Must(crypto::PrivateKey::Generate(kind));
}

std::unique_ptr<crypto::Signer> MakeTestSigner(crypto::PrivateKey::Kind kind) {
  return MakeTestSigner(MakeKey(kind));
}

std::unique_ptr<crypto::Signer> MakeTestSigner(const crypto::PrivateKey& key) {
  return MakeTestSigner(key, key.public_key().DefaultSchemes().front());
}

std::unique_ptr<crypto::Signer> MakeTestSigner(const crypto::PrivateKey& key,
                                               crypto::Scheme scheme) {
  return crypto::MakeSigner(Must(crypto::PrivateKey::FromDer(key.ToPkcs8())), scheme);
}

}  // namespace hallmark::testing
