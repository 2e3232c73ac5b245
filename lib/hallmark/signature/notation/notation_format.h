#ifndef HALLMARK_SIGNATURE_NOTATION_NOTATION_FORMAT_H_
#define HALLMARK_SIGNATURE_NOTATION_NOTATION_FORMAT_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hallmark/signature/format.h"

namespace hallmark::signature {

// Signatures of the Notary Project (notaryproject/specifications, signature-specification.md): a
// JWS or COSE envelope with the signer's certificates, stored as a referrer of artifactType
// application/vnd.cncf.notary.signature. docs/formats/notation-jws.md and notation-cose.md say what
// is signed and what is not.
//
// Trust comes from TrustRoot::authorities() alone: the chain of the envelope follows the Notary
// Project's rules, one of its certificates is an anchor of the kind that the signing scheme wants,
// and the subject is one that the authority names. Integrity here says only that the envelope is
// its certificate's: the key is anybody's until authenticity passes.
class NotationFormat : public Format {
 public:
  // Reads envelopes of these kinds only, kNotationJws or kNotationCose; not empty.
  explicit NotationFormat(std::vector<FormatId> kinds) : kinds_(std::move(kinds)) {}

  FormatId id() const override { return kinds_.front(); }
  Found Find(const Context&, store::Reader&, const store::Subject&, const Wanted&) const override;
  Loaded Load(const Context&, store::Reader&, const store::Subject&,
              const Candidate&) const override;
  Assessment Assess(const Signature&, const store::Subject&, const trust::TrustRoot&,
                    UnixTime now) const override;

 private:
  std::vector<FormatId> kinds_;
};

// "notation-jws" or "notation-cose" for the media type of an envelope, else empty.
std::string NotationKind(std::string_view envelope_media_type);

// Whom an envelope's first certificate names (RFC 4514, printable): its own word, for people only.
// Empty when it cannot be read.
std::string UnverifiedNotationSigner(const oci::Content& envelope);

}  // namespace hallmark::signature

#endif  // HALLMARK_SIGNATURE_NOTATION_NOTATION_FORMAT_H_
