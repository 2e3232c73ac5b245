#include "hallmark/base/check.h"
#include "hallmark/keys/file/key_file.h"

namespace {

// Knows no passphrase, so that no derivation is ever paid for.
class NoPassphrase final : public hallmark::keys::PassphraseSource {
 public:
  hallmark::Result<hallmark::Secret> Ask(std::string_view) override {
    return hallmark::Error(hallmark::ErrorCode::kDenied, "no passphrase");
  }
};

}  // namespace

// A key that parses can be written and read again as the same key.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  Bytes copy(data, data + size);
  NoPassphrase nobody;
  const auto key = keys::ParsePrivateKey(Secret::TakeAndWipe(copy), "fuzz", nobody);
  if (!key.ok()) return 0;
  const auto again = crypto::PrivateKey::FromDer(key.value().ToPkcs8());
  HALLMARK_CHECK(again.ok());
  HALLMARK_CHECK(again.value().public_key().fingerprint() ==
                 key.value().public_key().fingerprint());
  return 0;
}
