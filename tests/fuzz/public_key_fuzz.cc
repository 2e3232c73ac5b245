#include "hallmark/base/check.h"
#include "hallmark/crypto/public_key.h"

// A key is its canonical encoding, and one that is read can be used.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  using crypto::PublicKey;
  if (const auto key = PublicKey::FromSpki({data, size}); key.ok()) {
    HALLMARK_CHECK(AsText(key.value().spki()) == AsText({data, size}));
    HALLMARK_CHECK(!key.value().DefaultSchemes().empty());
    key.value().Prepare();
  }
  if (const auto key = PublicKey::FromPem(AsText({data, size})); key.ok()) {
    const auto again = PublicKey::FromPem(key.value().ToPem());
    HALLMARK_CHECK(again.ok() && again.value().fingerprint() == key.value().fingerprint());
  }
  return 0;
}
