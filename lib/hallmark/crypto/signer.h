#ifndef HALLMARK_CRYPTO_SIGNER_H_
#define HALLMARK_CRYPTO_SIGNER_H_

#include <string>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/public_key.h"

namespace hallmark::crypto {

// A private key somewhere: in memory, in a token, behind a plugin. Used by one thread at a time.
class Signer {
 public:
  virtual ~Signer() = default;
  virtual Scheme scheme() const = 0;
  virtual const PublicKey& public_key() const = 0;
  virtual Result<Bytes> Sign(ByteView message) = 0;

  // DER certificates that came with the key, the key's own first; mostly none. Nobody vouched for
  // them.
  virtual std::vector<Bytes> certificates() const { return {}; }

  // The same by another scheme of the same key, for several formats in one session. kUnsupported
  // where the holder signs by one scheme only.
  virtual Result<Bytes> SignBy(Scheme wanted, ByteView message) {
    if (wanted == scheme()) return Sign(message);
    return Error(ErrorCode::kUnsupported, "the key signs by " + std::string(ToName(scheme())) +
                                              " only, wanted " + std::string(ToName(wanted)));
  }
};

}  // namespace hallmark::crypto

#endif  // HALLMARK_CRYPTO_SIGNER_H_
