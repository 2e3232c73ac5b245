#ifndef HALLMARK_TSA_VERIFY_H_
#define HALLMARK_TSA_VERIFY_H_

#include <string>
#include <variant>
#include <vector>

#include "hallmark/tsa/token.h"
#include "hallmark/x509/path.h"

namespace hallmark::tsa {

// One authority, or several that are trusted alike. Nothing else is: no system store, and no
// certificate that a token brings.
struct Trust {
  std::vector<x509::Certificate> roots;
  // Below the roots, down to the authority's own: what a token may leave out. Not trusted.
  std::vector<x509::Certificate> others;
};

// Why a token proves no time. `reason` is one of the stable ids of verdicts: "timestamp"; "chain"
// when the certificate that signed is no authority's (A33); "algorithm" and "limit" of the path.
struct Fault {
  std::string reason;
  std::string detail;  // for people; untrusted text in it went through Printable
};

// Holding one means: an authority below one of the roots stamped this message's hash, at that time,
// with a certificate that was current then and is for nothing but timestamps. Made by Verify only.
// Says nothing about revocation.
class VerifiedTime {
 public:
  const TstInfo& info() const { return info_; }
  // What to hold validities of certificates against (Notary Project): all of it must lie within.
  TimeRange range() const { return info_.Range(); }
  // The same without the accuracy: what sigstore holds windows of trust and certificates against.
  TimeRange gen_time() const { return info_.GenTime(); }
  // The authority's certificate first, the root last.
  const x509::VerifiedPath& path() const { return path_; }

 private:
  friend std::variant<VerifiedTime, Fault> Verify(const Token&, ByteView, const Trust&, UnixTime);
  VerifiedTime(TstInfo info, x509::VerifiedPath path)
      : info_(std::move(info)), path_(std::move(path)) {}
  TstInfo info_;
  x509::VerifiedPath path_;
};

// RFC 3161 sections 2.3 and 2.4.2, RFC 5816, RFC 5652 section 5.4. A pure function; one signature
// of a token and one search for a path (x509/path.h).
//
// `message` is what was stamped, not its hash: the signature's bytes, for the Notary Project and
// for sigstore. The certificate that signed is the one that the signed attribute names by its hash,
// among those of the token and of `trust`; no other is looked at (A44). It names timestamping
// alone, marked critical. Its path holds at the stamped time, which is not ahead of `now` by more
// than its accuracy (A41: no further tolerance; who stamps and checks at once adds one to `now`).
// Where the token names its authority, that is a name of the certificate.
//
// Left to the caller: whether the time lies in the authority's window (A43) and in the certificates
// that it speaks for, the nonce and the policy (see response.h), and revocation.
//
// Deviation: of several certificates that the attribute names, only the first is looked at; the
// others would narrow the path (RFC 5035 section 5.4), which the roots do already.
std::variant<VerifiedTime, Fault> Verify(const Token& token, ByteView message, const Trust& trust,
                                         UnixTime now);

// The same from a token's bytes, as the Notary Project keeps it. What ParseToken refuses is
// a "timestamp" fault, or "limit": a token that is there and cannot be read is never skipped (A45).
std::variant<VerifiedTime, Fault> VerifyToken(ByteView untrusted_token, ByteView message,
                                              const Trust& trust, UnixTime now);

// The same from a TimeStampResp, as sigstore bundles keep it (response.h).
std::variant<VerifiedTime, Fault> VerifyResponse(ByteView untrusted_response, ByteView message,
                                                 const Trust& trust, UnixTime now);

}  // namespace hallmark::tsa

#endif  // HALLMARK_TSA_VERIFY_H_
