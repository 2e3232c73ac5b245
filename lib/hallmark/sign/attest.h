#ifndef HALLMARK_SIGN_ATTEST_H_
#define HALLMARK_SIGN_ATTEST_H_

#include "hallmark/sign/sign.h"
#include "hallmark/signature/attesting_format.h"

namespace hallmark::sign {

struct AttestOptions {
  bool dry_run = false;  // everything but the writes
};

struct Attested {
  oci::Digest subject;
  oci::Digest artifact;  // the manifest that carries the attestation
};

// Attests one image, or one index as a whole, with one key: resolve, sign, push.
Result<Attested> Attest(const Context&, const Places&, const signature::AttestingFormat&,
                        const oci::Reference&, const signature::Attestation&, crypto::Signer&,
                        const AttestOptions&, UnixTime now);

}  // namespace hallmark::sign

#endif  // HALLMARK_SIGN_ATTEST_H_
