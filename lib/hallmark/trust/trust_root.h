#ifndef HALLMARK_TRUST_TRUST_ROOT_H_
#define HALLMARK_TRUST_TRUST_ROOT_H_

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/base/time.h"
#include "hallmark/crypto/public_key.h"
#include "hallmark/trust/trusted_authority.h"

namespace hallmark::trust {

// When a key may be used; both ends inclusive, absent ends are open.
struct Validity {
  std::optional<UnixTime> from;
  std::optional<UnixTime> until;
  bool Includes(UnixTime time) const;
};

struct TrustedKey {
  std::string key_set;  // "ci-2026"; "--key" for keys of the command line
  std::string name;     // file name or the operator's name for it
  crypto::PublicKey key;
  // Empty: key.DefaultSchemes().
  std::vector<crypto::Scheme> schemes;
  Validity validity;
};

// Everything one verification trusts. Immutable; rotation swaps the whole object. The same key may
// stand in several key sets, the same certificate in several authorities. Keys and anchors are
// looked up by fingerprint in constant time.
class TrustRoot {
 public:
  // kConfig when there is neither key nor authority (an empty list must never mean "anything
  // goes"), when one key stands twice in one key set (also as two types of RSA key), when a key
  // cannot be used with one of its schemes, or when an authority is none (trusted_authority.h).
  static Result<TrustRoot> Of(std::vector<TrustedKey> keys,
                              std::vector<TrustedAuthority> authorities = {});

  // Trusts nobody: for a policy that asks for no signature at all.
  static TrustRoot OfNobody() { return TrustRoot({}, {}); }

  const std::vector<TrustedKey>& keys() const { return keys_; }
  const std::vector<TrustedAuthority>& authorities() const { return authorities_; }
  // Indices into authorities() of those that have the certificate with that fingerprint as an
  // anchor of that kind, in their order.
  std::vector<std::size_t> FindAnchor(StoreKind kind, const crypto::Fingerprint& certificate) const;
  // One entry a distinct key, in the order of keys(): what a verifier has to try.
  const std::vector<std::size_t>& distinct() const { return distinct_; }
  // Indices into keys() of every entry with that fingerprint; empty when unknown.
  std::vector<std::size_t> Find(const crypto::Fingerprint& fingerprint) const;

 private:
  // A fingerprint is a hash already.
  struct FingerprintHash {
    std::size_t operator()(const crypto::Fingerprint& fingerprint) const;
  };

  using Index = std::unordered_map<crypto::Fingerprint, std::vector<std::size_t>, FingerprintHash>;

  TrustRoot(std::vector<TrustedKey> keys, std::vector<TrustedAuthority> authorities);
  std::vector<TrustedKey> keys_;
  std::vector<TrustedAuthority> authorities_;
  std::vector<std::size_t> distinct_;
  Index by_fingerprint_;
  Index signing_anchors_;    // of StoreKind::kCa
  Index authority_anchors_;  // of StoreKind::kSigningAuthority
};

}  // namespace hallmark::trust

#endif  // HALLMARK_TRUST_TRUST_ROOT_H_
