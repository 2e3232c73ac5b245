#ifndef HALLMARK_SIGNATURE_NOTATION_INTERNAL_STANDING_H_
#define HALLMARK_SIGNATURE_NOTATION_INTERNAL_STANDING_H_

#include <optional>
#include <vector>

#include "hallmark/base/time.h"
#include "hallmark/signature/assessment.h"
#include "hallmark/signature/notation/internal/envelope.h"
#include "hallmark/trust/trust_root.h"
#include "hallmark/x509/certificate.h"

namespace hallmark::signature::notation {

// What a signer's certificates are worth to a trust root.
struct Standing {
  Finding authenticity;
  // Beside it, where authenticity passed: kTimestamp and kRevocation.
  std::vector<Finding> further;
  // Set when authenticity passed.
  std::optional<SignerIdentity> signer;
  // While kRevocation is unknown: every certificate of the envelope but its root, and of the
  // authority that stamped it, that says where its revocation is told.
  std::vector<RevocationQuestion> to_look_up = {};
};

// What a standing is made of; `attributes` come from the signed bytes.
struct Signer {
  const Envelope& envelope;
  const Attributes& attributes;
  const std::vector<x509::Certificate>& chain;  // of the envelope, the leaf first; not empty
};

// trust-store-trust-policy.md, "Signature Evaluation", steps 3 and 4. Authenticity: the chain keeps
// the rules of x509::CheckNotaryChain at some time, one of its certificates is an anchor of the
// kind that the scheme wants, and an authority with that anchor names the subject. The timestamp
// finding says whether that time counts:
// - notary.x509: now; or, where the authority has timestamping anchors, all of the range of the
//   envelope's RFC 3161 timestamp, always or once a certificate has expired, as it says;
// - notary.x509.signingAuthority: the authority's authentic signing time, which is not ahead of
// now. A time of signing ahead of now by more than kMaxClockSkew is refused in either scheme,
// although notary.x509 uses it for nothing. Certificates that say where their revocation can be
// looked up leave kRevocation unknown.
//
// What a verification plugin decided stands in the place of the same check here.
Standing StandingOf(const Signer& signer, const trust::TrustRoot& root, UnixTime now,
                    const std::optional<PluginWord>& word = {});

// What the plugin that a signature demands is to be asked; nullopt where no plugin is demanded or
// the attributes are none that it could process, and where the chain is not under the anchors of
// exactly one authority: a stranger does not choose a program to run.
std::optional<PluginQuestion> PluginQuestionOf(const Signer& signer, const trust::TrustRoot& root);

}  // namespace hallmark::signature::notation

#endif  // HALLMARK_SIGNATURE_NOTATION_INTERNAL_STANDING_H_
