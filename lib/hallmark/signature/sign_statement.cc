#include "hallmark/signature/sign_statement.h"

#include <optional>
#include <string>
#include <utility>

#include "hallmark/crypto/public_key.h"
#include "hallmark/signature/dsse.h"
#include "hallmark/signature/statement.h"

namespace hallmark::signature {

Result<Made> SignAndVerify(ByteView message, crypto::Signer& signer) {
  HALLMARK_ASSIGN(Bytes signature, signer.Sign(message));
  std::optional<crypto::SignedBytes> proof =
      signer.public_key().Verify(signer.scheme(), message, signature);
  if (!proof) {
    return Error(ErrorCode::kUnavailable, "key " + signer.public_key().id() +
                                              " made a signature that does not verify with it");
  }
  return Made{std::move(signature), *std::move(proof)};
}

Result<Bytes> SignStatement(const Bytes& statement, const oci::Digest& subject,
                            crypto::Signer& signer) {
  HALLMARK_ASSIGN(Made made, SignAndVerify(PreAuthEncoding(kInTotoType, statement), signer));
  HALLMARK_RETURN_IF_ERROR(ParseStatement(made.proof, subject));
  return std::move(made.signature);
}

}  // namespace hallmark::signature
