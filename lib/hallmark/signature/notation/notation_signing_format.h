#ifndef HALLMARK_SIGNATURE_NOTATION_NOTATION_SIGNING_FORMAT_H_
#define HALLMARK_SIGNATURE_NOTATION_NOTATION_SIGNING_FORMAT_H_

#include <functional>
#include <string>
#include <vector>

#include "hallmark/signature/format.h"
#include "hallmark/signature/notation/envelope_maker.h"
#include "hallmark/signature/notation/notation_format.h"
#include "hallmark/tsa/token.h"

namespace hallmark::signature {

// Gets a timestamp of an imprint: an RFC 3161 token that the caller need not trust.
using Timestamper = std::function<Result<tsa::Token>(const tsa::Imprint&)>;

// Who signs as the Notary Project has it.
struct NotationSigner {
  // The signer's certificate first, its root last.
  std::vector<x509::Certificate> chain;
  std::string agent;           // "hallmark/0.1.0": for people
  Timestamper timestamp = {};  // absent: no timestamp
  // Present: this one makes the envelopes, by the chain's key, and `agent` and `timestamp` are its
  // own affair. Each envelope is checked before it is stored: kProtocol when it is not intact, not
  // about the image, without the annotations or the expiry that were ordered, or by another key.
  EnvelopeMaker make_envelope = {};
};

// NotationFormat with a signer: writes envelopes of one kind by the scheme notary.x509. A claim's
// repository and tag are not written: the format has no place for them.
class NotationSigningFormat final : public SigningFormat {
 public:
  // kConfig when the chain does not keep the rules of x509::CheckNotaryChain at `now`; the error
  // says what is missing. `kind` is kNotationJws or kNotationCose.
  static Result<NotationSigningFormat> Of(FormatId kind, NotationSigner signer, UnixTime now);

  FormatId id() const override { return reading_.id(); }
  Found Find(const Context&, store::Reader&, const store::Subject&, const Wanted&) const override;
  Loaded Load(const Context&, store::Reader&, const store::Subject&,
              const Candidate&) const override;
  // Trusts this signer's own chain beside the root, so that what it signed is found again; whoever
  // else the root's authorities certify is not verified.
  Assessment Assess(const Signature&, const store::Subject&, const trust::TrustRoot&,
                    UnixTime now) const override;

  Claim Sayable(Claim claim) const override;
  // kConfig when the key is not the one of the signer's certificate.
  Result<Signed> Sign(const store::Subject&, const Claim&, crypto::Signer&,
                      UnixTime now) const override;
  Result<oci::Digest> Push(const Context&, store::Writer&, const oci::Repository&,
                           const Signed&) const override;

 private:
  NotationSigningFormat(FormatId kind, NotationSigner signer, trust::TrustRoot own)
      : reading_({kind}), signer_(std::move(signer)), own_(std::move(own)) {}
  NotationFormat reading_;
  NotationSigner signer_;
  trust::TrustRoot own_;  // the chain's root, and this subject
};

}  // namespace hallmark::signature

#endif  // HALLMARK_SIGNATURE_NOTATION_NOTATION_SIGNING_FORMAT_H_
