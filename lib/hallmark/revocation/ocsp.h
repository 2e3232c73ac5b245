#ifndef HALLMARK_REVOCATION_OCSP_H_
#define HALLMARK_REVOCATION_OCSP_H_

#include <memory>
#include <optional>
#include <utility>

#include "hallmark/revocation/status.h"

namespace hallmark::revocation {

namespace internal {
struct OcspParts;
}

// The answer of a responder (RFC 6960 section 4.2), parsed, and nothing about it proved. Immutable,
// cheap to copy.
class OcspResponse {
 public:
  ByteView der() const;
  UnixTime unverified_produced_at() const;
  std::size_t answer_count() const;  // about whatever certificates

  const internal::OcspParts& parts() const { return *parts_; }  // for this module

 private:
  friend Result<OcspResponse> ParseOcspResponse(ByteView);
  explicit OcspResponse(std::shared_ptr<const internal::OcspParts> parts)
      : parts_(std::move(parts)) {}
  std::shared_ptr<const internal::OcspParts> parts_;
};

// OCSPRequest about one certificate, which is named by SHA-1 as every responder understands it (RFC
// 5019 section 2.1.1): only a name, see CheckOcsp. No nonce, so that responders may answer with
// what they signed before; what counts is until when that is current. Not signed. The same bytes
// for the same certificate.
Bytes MakeOcspRequest(const Issued& issued);

// Strict: DER in its one form with no byte left over, outside and inside of the OCTET STRING; times
// to the second; no extension twice; serial numbers not negative. Only BasicOCSPResponse,
// version 1. A responder that refuses is an Error with its word: kUnavailable for tryLater and
// internalError, kDenied for unauthorized and sigRequired, kProtocol for malformedRequest. Other
// types and versions are kUnsupported; kLimit beyond revocation/limits.h; else kMalformed.
//
// Certificates in it that are not read are passed over: nothing signs that list.
Result<OcspResponse> ParseOcspResponse(ByteView der);

// What a response says about a certificate at the time `now`. A pure function; two signature checks
// a certificate in the response, and one more.
//
// It counts where the certificate's issuer signed it, or a responder whom that issuer appointed: by
// a certificate that it signed itself, current at `now`, for OCSPSigning by that name, for digital
// signatures if it says for what, with no critical extension that is not understood (RFC 6960
// section 4.2.2.2), and of another key than the certificate in question: nobody speaks for himself.
// The signer is the one that the response names. Names of certificates are hashes of SHA-1 or
// SHA-2; signatures are by SHA-2 alone.
//
// `responder` is what is known about whom ResponderToCheck names. Where it names somebody, all but
// Good makes the answer Unknown. It is not looked at where nobody is named.
//
// Unknown, in words: about other certificates only; signed by nobody who may; a critical extension
// that is not understood; producedAt or thisUpdate ahead of `now`; nextUpdate past or missing; the
// status "unknown". Where several answers are about the certificate, one that revokes wins, and
// good are all or none.
//
// Revoked also by an answer that has run out, except for a hold, as with lists (crl.h); its
// signer's certificate must be current all the same. An invalidity date is taken from the answer's
// extensions (Notary Project). No tolerance for clocks (A41).
//
// Good ends with the first of the answer, the responder's certificate, and what is known about it.
//
// Deviations: the issuer's own key usage is not asked for: who signs certificates can appoint a
// responder at any time. Name constraints are not held against a responder's name. A reason is
// taken from the answer itself only, not from its extensions.
Status CheckOcsp(const Issued& issued, const OcspResponse& response,
                 const std::optional<Status>& responder, UnixTime now);

// Whose own status has to be known before the response counts: the responder whom the issuer
// appointed, when its certificate has no id-pkix-ocsp-nocheck and names a place to ask (RFC 6960
// section 4.2.2.2.1 leaves what names none to the client). nullopt where there is nobody like that,
// or the response would not count anyway.
std::optional<Issued> ResponderToCheck(const Issued& issued, const OcspResponse& response,
                                       UnixTime now);

}  // namespace hallmark::revocation

#endif  // HALLMARK_REVOCATION_OCSP_H_
