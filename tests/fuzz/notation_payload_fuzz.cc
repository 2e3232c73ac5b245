#include "hallmark/base/check.h"
#include "hallmark/crypto/private_key.h"
#include "hallmark/signature/notation/internal/jws.h"
#include "hallmark/signature/notation/internal/payload.h"

// However well it is signed, a payload says one target or nothing, and what we would write of that
// target reads back the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  using namespace hallmark::signature::notation;
  static const auto kSigner =
      crypto::MakeSigner(crypto::PrivateKey::Generate(crypto::PrivateKey::Kind::kEd25519).value(),
                         crypto::Scheme::kEd25519);
  const Attributes attributes{"ES256", SigningScheme::kX509, UnixTime{}, {}, {}, {}};
  const auto read = [&](ByteView payload) {
    const Bytes bytes = JoinJwsSignedBytes(attributes, payload);
    const Bytes signature = kSigner->Sign(bytes).value();
    const auto proof = kSigner->public_key().Verify(kSigner->scheme(), bytes, signature);
    return ParseSigned(*proof, EnvelopeType::kJws);
  };
  const auto claim = read({data, size});
  if (!claim.ok()) return 0;
  HALLMARK_CHECK(claim.value().attributes == attributes);
  const auto written = WritePayload(claim.value().target);
  if (!written.ok()) return 0;  // a reserved or empty name
  const auto again = read(written.value());
  HALLMARK_CHECK(again.ok());
  HALLMARK_CHECK(again.value().target.digest == claim.value().target.digest);
  HALLMARK_CHECK(again.value().target.size == claim.value().target.size);
  HALLMARK_CHECK(again.value().target.annotations == claim.value().target.annotations);
  return 0;
}
