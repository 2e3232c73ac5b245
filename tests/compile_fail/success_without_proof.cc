// An assessment succeeds only with bytes that a key has vouched for.
#include <utility>

#include "hallmark/signature/assessment.h"

using namespace hallmark::signature;

#ifdef MUST_NOT_COMPILE
using Proof = hallmark::Bytes;
#else
using Proof = hallmark::crypto::SignedBytes;
#endif

Assessment End(Prover prover, const Proof& proof, Claim claim, SignerIdentity signer) {
  return std::move(prover).Succeed(proof, std::move(claim), std::move(signer), {});
}
