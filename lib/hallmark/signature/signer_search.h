#ifndef HALLMARK_SIGNATURE_SIGNER_SEARCH_H_
#define HALLMARK_SIGNATURE_SIGNER_SEARCH_H_

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "hallmark/base/time.h"
#include "hallmark/crypto/public_key.h"
#include "hallmark/signature/assessment.h"
#include "hallmark/signature/signature.h"
#include "hallmark/trust/trust_root.h"

// Who of the trusted signed? The key and the scheme come from the trust root alone; a hint only
// says which key to try first. Shared by the formats that are signed with plain keys.
namespace hallmark::signature {

// No trusted key made a signature, and why as far as that can be told: "bad-signature" when the
// hint names a trusted key, "algorithm" when that key signed by a scheme its entries do not allow,
// else what the format says of it (UnprovedSignature::if_nobody).
struct NoSigner {
  std::string reason;
  std::string detail;
};

// A signature that nobody has vouched for yet. The views are borrowed.
struct UnprovedSignature {
  ByteView message;                         // the exact bytes that were signed
  ByteView signature;                       // raw, as the scheme has it
  std::optional<crypto::Fingerprint> hint;  // the key that it says made it; never trusted
  NoSigner if_nobody;                       // what to say when no trusted key made it
};

// A trusted key vouched for the message.
struct TrustedSigner {
  crypto::SignedBytes proof;
  crypto::Scheme scheme;
  // Indices into TrustRoot::keys(): the entries of this key that allow the scheme; not empty.
  std::vector<std::size_t> entries;
};

// Tries the hinted key, then every other, each with the schemes that its entries allow.
std::variant<TrustedSigner, NoSigner> FindSigner(const UnprovedSignature& unproved,
                                                 const trust::TrustRoot& root);

// The signer as trusted at `now`, which is the time that counts while nothing proves another: the
// key sets whose entry is current. NoSigner with "expired" or "not-yet-current" when none is.
std::variant<SignerIdentity, NoSigner> CurrentIdentity(const TrustedSigner& signer,
                                                       const trust::TrustRoot& root, UnixTime now);

// Whether the signature's own expiry, which is inclusive, lets it count at `now`.
Finding ExpiryOf(const Claim& claim, UnixTime now);

// What a signature is held against.
struct Judgement {
  const oci::Digest& subject;
  const trust::TrustRoot& root;
  UnixTime now;
};
// A format's reader of what was signed: the claim, or kMismatch when it is about another subject.
using ClaimReader = Result<Claim> (*)(const crypto::SignedBytes&, const oci::Digest& subject);

// Ends the assessment of a signature whose format passed, in the order that is part of the promise:
// the signature over the raw bytes, only then what those bytes say, then whether the key is
// current; the signature's own expiry is a finding beside the proof.
Assessment AssessByKey(Prover prover, const UnprovedSignature& unproved, const Judgement& judgement,
                       ClaimReader read_claim);

}  // namespace hallmark::signature

#endif  // HALLMARK_SIGNATURE_SIGNER_SEARCH_H_
