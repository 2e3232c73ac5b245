#ifndef HALLMARK_SIGNATURE_ATTESTING_FORMAT_H_
#define HALLMARK_SIGNATURE_ATTESTING_FORMAT_H_

#include "hallmark/signature/attestation.h"
#include "hallmark/signature/format.h"

namespace hallmark::signature {

// A format that carries attestations too.
class AttestingFormat : public SigningFormat {
 public:
  // Makes one attestation of the subject without storing it: what Push then stores.
  virtual Result<Signed> SignAttestation(const store::Subject&, const Attestation&, crypto::Signer&,
                                         UnixTime now) const = 0;
};

}  // namespace hallmark::signature

#endif  // HALLMARK_SIGNATURE_ATTESTING_FORMAT_H_
