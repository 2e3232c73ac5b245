#include <memory>

#include "hallmark/base/check.h"
#include "hallmark/crypto/private_key.h"
#include "hallmark/signature/bundle/internal/media_types.h"
#include "hallmark/signature/dsse.h"
#include "hallmark/signature/statement.h"

// However well it is signed, a statement speaks of the image that was asked about, and what we
// would write of its claim reads back the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  using namespace hallmark::signature;
  static const auto kSigner =
      crypto::MakeSigner(crypto::PrivateKey::Generate(crypto::PrivateKey::Kind::kEd25519).value(),
                         crypto::Scheme::kEd25519);
  static const auto kSubject = oci::Digest::Of(oci::Digest::Algorithm::kSha256, {});
  const auto read = [](ByteView payload) {
    const Bytes encoding = signature::PreAuthEncoding(signature::kInTotoType, payload);
    const Bytes signature = kSigner->Sign(encoding).value();
    const auto proof = kSigner->public_key().Verify(kSigner->scheme(), encoding, signature);
    return signature::ParseStatement(*proof, kSubject);
  };
  const auto claim = read({data, size});
  if (!claim.ok()) return 0;
  HALLMARK_CHECK(claim.value().subject == kSubject);
  if (claim.value().predicate_type != kSignPredicate) return 0;
  const auto written = signature::WriteStatement(claim.value());
  if (!written.ok()) return 0;
  const auto again = read(written.value());
  HALLMARK_CHECK(again.ok());
  HALLMARK_CHECK(again.value().annotations == claim.value().annotations);
  HALLMARK_CHECK(signature::WriteStatement(again.value()).value() == written.value());
  return 0;
}
