#ifndef HALLMARK_TRUST_TRUSTED_AUTHORITY_H_
#define HALLMARK_TRUST_TRUSTED_AUTHORITY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/x509/certificate.h"
#include "hallmark/x509/distinguished_name.h"

// Who is trusted by certificate (notaryproject/specifications, trust-store-trust-policy.md).
namespace hallmark::trust {

// What the certificates of a trust store vouch for.
enum class StoreKind : std::uint8_t {
  kCa = 1,            // "ca": signers of the scheme notary.x509
  kSigningAuthority,  // "signingAuthority": signers of notary.x509.signingAuthority
  kTimestamping,      // "tsa": timestamps of RFC 3161
};
std::string_view ToName(StoreKind kind);
std::optional<StoreKind> StoreKindFromName(std::string_view name);

// When a timestamp is wanted of a signer whose authority has timestamping anchors.
enum class TimestampUse : std::uint8_t { kAlways = 1, kAfterCertificateExpiry };

// Whoever holds a certificate that leads to one of the anchors and bears one of the names.
struct TrustedAuthority {
  std::string signer_set;                  // what a rule asks for, as it asks for a key set
  std::vector<x509::Certificate> signing;  // anchors of StoreKind::kCa
  std::vector<x509::Certificate> signing_authorities;  // of kSigningAuthority
  // Whom of them: any whose subject one of these matches, or anyone at all, said in so many words.
  std::vector<x509::DistinguishedName> subjects;
  bool any_subject = false;
  // Anchors of kTimestamping; none: no timestamp is looked at, and signers count while current.
  std::vector<x509::Certificate> timestamping;
  TimestampUse timestamp_use = TimestampUse::kAlways;

  // Whether a signer with that subject is meant.
  bool Names(const x509::Name& subject) const;
};

// kConfig without a name, without an anchor for signers, or with neither subjects nor any_subject,
// or with both.
Result<Done> CheckAuthority(const TrustedAuthority& authority);

// The certificates of one file of a trust store: PEM or a single DER certificate. kConfig when it
// holds none, and for a certificate that cannot be an anchor: a signer that is not its own issuer;
// for kTimestamping whatever is no self-issued CA. `name` is what errors call the file.
Result<std::vector<x509::Certificate>> ReadAnchors(StoreKind kind, ByteView file,
                                                   const std::string& name);

}  // namespace hallmark::trust

#endif  // HALLMARK_TRUST_TRUSTED_AUTHORITY_H_
