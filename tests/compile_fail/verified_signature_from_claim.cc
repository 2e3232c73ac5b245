// Only a Prover makes a VerifiedSignature.
#include <utility>

#include "hallmark/signature/assessment.h"

using namespace hallmark::signature;

#ifdef MUST_NOT_COMPILE
VerifiedSignature Forge(FormatId format, Claim claim, SignerIdentity signer) {
  return VerifiedSignature(format, std::move(claim), std::move(signer));
}
#else
const Claim& Read(const VerifiedSignature& signature) { return signature.claim(); }
#endif
