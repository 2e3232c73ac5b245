// Only PublicKey::Verify makes SignedBytes.
#include <optional>

#include "hallmark/crypto/public_key.h"

#ifdef MUST_NOT_COMPILE
hallmark::crypto::SignedBytes Forge() {
  return hallmark::crypto::SignedBytes(hallmark::Bytes{1, 2, 3});
}
#else
std::optional<hallmark::crypto::SignedBytes> Check(const hallmark::crypto::PublicKey& key,
                                                   hallmark::ByteView message,
                                                   hallmark::ByteView signature) {
  return key.Verify(hallmark::crypto::Scheme::kEd25519, message, signature);
}
#endif
