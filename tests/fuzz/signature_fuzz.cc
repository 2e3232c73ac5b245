#include <optional>

#include "hallmark/base/check.h"
#include "hallmark/crypto/public_key.h"

namespace {

constexpr char kKey[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYP7UuiVanTHJYet0xjVtaMBJuJI7\n"
    "Yfps5mliLmDyn7Z5A/4QCLi8maQa6elWKLxk8vGyDC1+n1F3o8KU1EYimQ==\n"
    "-----END PUBLIC KEY-----\n";

}  // namespace

// No input is a signature of this key over a message nobody signed (RFC 6979 appendix A.2.5 public
// key): a match would be a forgery, or a parser that lets zero through.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  static const crypto::PublicKey key = crypto::PublicKey::FromPem(kKey).value();
  HALLMARK_CHECK(
      !key.Verify(crypto::Scheme::kEcdsaP256Sha256, AsBytes("never signed"), {data, size}));
  return 0;
}
