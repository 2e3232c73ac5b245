#include "hallmark/signature/sign_statement.h"

#include <optional>
#include <string>

#include "hallmark/crypto/public_key.h"
#include "hallmark/signature/dsse.h"
#include "hallmark/signature/statement.h"

namespace hallmark::signature {

Result<Bytes> SignStatement(const Bytes& statement, const oci::Digest& subject,
                            crypto::Signer& signer) {
  const Bytes encoding = PreAuthEncoding(kInTotoType, statement);
  HALLMARK_ASSIGN(Bytes signature, signer.Sign(encoding));
  const std::optional<crypto::SignedBytes> proof =
      signer.public_key().Verify(signer.scheme(), encoding, signature);
  if (!proof) {
    return Error(ErrorCode::kUnavailable, "key " + signer.public_key().id() +
                                              " made a signature that does not verify with it");
  }
  HALLMARK_RETURN_IF_ERROR(ParseStatement(*proof, subject));
  return signature;
}

}  // namespace hallmark::signature
