#ifndef HALLMARK_SIGNATURE_BUNDLE_INTERNAL_SIGNER_SEARCH_H_
#define HALLMARK_SIGNATURE_BUNDLE_INTERNAL_SIGNER_SEARCH_H_

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "hallmark/base/time.h"
#include "hallmark/crypto/public_key.h"
#include "hallmark/signature/bundle/internal/bundle_parse.h"
#include "hallmark/signature/signature.h"
#include "hallmark/trust/trust_root.h"

// Who of the trusted signed? The key and the scheme come from the trust root alone; the hint in
// the bundle only says which key to try first.
namespace hallmark::signature::bundle {

// A trusted key vouched for the bundle's pre-authentication encoding.
struct TrustedSigner {
  crypto::SignedBytes proof;
  crypto::Scheme scheme;
  // Indices into TrustRoot::keys(): the entries of this key that allow the scheme; not empty.
  std::vector<std::size_t> entries;
};

// No trusted key did, and why as far as that can be told: "bad-signature" when the hint names a
// trusted key, "algorithm" when that key signed by a scheme its entries do not allow,
// "untrusted-signer" otherwise.
struct NoSigner {
  std::string reason;
  std::string detail;
};

// Tries the hinted key, then every other, each with the schemes that its entries allow.
std::variant<TrustedSigner, NoSigner> FindSigner(const UnverifiedBundle& bundle,
                                                 const trust::TrustRoot& root);

// The signer as trusted at `now`, which is the time that counts while nothing proves another: the
// key sets whose entry is current. NoSigner with "expired" or "not-yet-current" when none is.
std::variant<SignerIdentity, NoSigner> CurrentIdentity(const TrustedSigner& signer,
                                                       const trust::TrustRoot& root, UnixTime now);

// What people call the hinted key: "key 7c41..." by its id, or by the hint as it stands.
std::string HintText(const UnverifiedBundle& bundle);

}  // namespace hallmark::signature::bundle

#endif  // HALLMARK_SIGNATURE_BUNDLE_INTERNAL_SIGNER_SEARCH_H_
