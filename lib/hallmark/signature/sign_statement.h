#ifndef HALLMARK_SIGNATURE_SIGN_STATEMENT_H_
#define HALLMARK_SIGNATURE_SIGN_STATEMENT_H_

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/signer.h"
#include "hallmark/oci/digest.h"

namespace hallmark::signature {

// A signature, and the proof that the key which should have made it did.
struct Made {
  Bytes signature;
  crypto::SignedBytes proof;
};
// By the signer's own scheme. kUnavailable when what it made does not verify: a broken token is
// noticed before anything is stored.
Result<Made> SignAndVerify(ByteView message, crypto::Signer& signer);

// Signs the pre-authentication encoding of a statement about `subject`, and reads what was signed
// as a verifier will: a broken token (kUnavailable) or a statement that we would refuse is noticed
// before anything is stored.
Result<Bytes> SignStatement(const Bytes& statement, const oci::Digest& subject,
                            crypto::Signer& signer);

}  // namespace hallmark::signature

#endif  // HALLMARK_SIGNATURE_SIGN_STATEMENT_H_
