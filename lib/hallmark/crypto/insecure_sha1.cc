#include "hallmark/crypto/insecure_sha1.h"

#include "hallmark/base/check.h"
#include "hallmark/crypto/internal/openssl.h"

namespace hallmark::crypto {

Bytes InsecureSha1(ByteView content) {
  openssl::Start();
  Bytes digest(20);
  std::size_t size = 0;
  HALLMARK_CHECK(EVP_Q_digest(nullptr, "SHA1", nullptr, content.data(), content.size(),
                              digest.data(), &size) == 1);
  HALLMARK_CHECK(size == digest.size());
  return digest;
}

}  // namespace hallmark::crypto
