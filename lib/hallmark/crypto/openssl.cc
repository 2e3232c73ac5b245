#include "hallmark/crypto/internal/openssl.h"

#include <openssl/crypto.h>
#include <openssl/err.h>

#include <string>

#include "hallmark/base/check.h"

namespace hallmark::crypto::openssl {

// No configuration: it could load engines. No clean-up at exit and no texts for errors beforehand:
// a short process pays a tenth of its time for the one and a twelfth for the other. Keys are wiped
// by those who own them.
constexpr std::uint64_t kStart =
    OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS;

void Start() { HALLMARK_CHECK(OPENSSL_init_crypto(kStart, nullptr) == 1); }

Error Complain(ErrorCode code, std::string_view doing) {
  std::string message(doing);
  // The first entry is the cause; later ones say through which layers it went.
  if (const unsigned long cause = ERR_get_error(); cause != 0) {
    const char* reason = ERR_reason_error_string(cause);
    message += ": openssl: ";
    message += reason != nullptr ? reason : std::to_string(cause);
  }
  Forget();
  return Error(code, std::move(message));
}

void Forget() { ERR_clear_error(); }

const char* NameOf(HashAlgorithm algorithm) {
  switch (algorithm) {
    case HashAlgorithm::kSha256:
      return "SHA256";
    case HashAlgorithm::kSha384:
      return "SHA384";
    case HashAlgorithm::kSha512:
      return "SHA512";
  }
  HALLMARK_CHECK(false);
}

Md Fetch(HashAlgorithm algorithm) {
  Start();
  Md md(EVP_MD_fetch(nullptr, NameOf(algorithm), nullptr));
  HALLMARK_CHECK(md != nullptr);
  return md;
}

}  // namespace hallmark::crypto::openssl
