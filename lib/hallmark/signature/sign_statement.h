#ifndef HALLMARK_SIGNATURE_SIGN_STATEMENT_H_
#define HALLMARK_SIGNATURE_SIGN_STATEMENT_H_

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/signer.h"
#include "hallmark/oci/digest.h"

namespace hallmark::signature {

// Signs the pre-authentication encoding of a statement about `subject`, and reads what was signed
// as a verifier will: a broken token (kUnavailable) or a statement that we would refuse is noticed
// before anything is stored.
Result<Bytes> SignStatement(const Bytes& statement, const oci::Digest& subject,
                            crypto::Signer& signer);

}  // namespace hallmark::signature

#endif  // HALLMARK_SIGNATURE_SIGN_STATEMENT_H_
