#include <memory>

#include "hallmark/base/check.h"
#include "hallmark/crypto/private_key.h"
#include "hallmark/signature/cosign/internal/payload.h"

// However well it is signed, a payload speaks of the image that was asked about, is a signature and
// not an attestation, and has a tag or times only where it says so.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  using namespace hallmark::signature;
  static const auto kSigner =
      crypto::MakeSigner(crypto::PrivateKey::Generate(crypto::PrivateKey::Kind::kEd25519).value(),
                         crypto::Scheme::kEd25519);
  static const auto kSubject = oci::Digest::Of(oci::Digest::Algorithm::kSha256, {});
  const Bytes payload(data, data + size);
  const Bytes signature = kSigner->Sign(payload).value();
  const auto proof = kSigner->public_key().Verify(kSigner->scheme(), payload, signature);
  const auto claim = cosign::ParsePayload(*proof, kSubject);
  if (!claim.ok()) return 0;
  HALLMARK_CHECK(claim.value().subject == kSubject);
  HALLMARK_CHECK(claim.value().predicate_type == kSignPredicate);
  HALLMARK_CHECK(!claim.value().expires || claim.value().signed_at);
  HALLMARK_CHECK(!claim.value().annotations.contains("hallmark"));
  return 0;
}
