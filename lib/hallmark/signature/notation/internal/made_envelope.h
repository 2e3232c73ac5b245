#ifndef HALLMARK_SIGNATURE_NOTATION_INTERNAL_MADE_ENVELOPE_H_
#define HALLMARK_SIGNATURE_NOTATION_INTERNAL_MADE_ENVELOPE_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/oci/content.h"
#include "hallmark/signature/notation/envelope_maker.h"
#include "hallmark/signature/notation/internal/envelope.h"

// Envelopes that somebody else makes to order, checked before anything is stored.
namespace hallmark::signature::notation {

struct MakingOrder {
  EnvelopeType type;
  oci::Descriptor target;
  std::optional<std::chrono::seconds> expires_in;
  UnixTime now;
};

// As it was ordered, intact, by a chain that keeps the rules.
struct Accepted {
  oci::Content envelope;                 // the bytes that were made
  std::vector<x509::Certificate> chain;  // the signer's first, its root last
  std::map<std::string, std::string> annotations;
};

// Orders one and checks what comes (plugin-extensibility.md, OCI signing, step 5.1.4). kProtocol:
// it is no envelope of that type; its algorithm is not that of its first certificate's key, or the
// signature does not hold; its target is another, or lacks an annotation that was ordered (more are
// allowed); its expiry is missing, or is more than kMaxClockSkew from the one that was ordered; its
// chain breaks a rule of the Notary Project; its timestamp is none of this signature. Critical
// attributes are the maker's to set: who verifies then needs its plugin.
// kConfig: what WritePayload refuses. Else as the maker says.
Result<Accepted> OrderEnvelope(const EnvelopeMaker& maker, const MakingOrder& order);

}  // namespace hallmark::signature::notation

#endif  // HALLMARK_SIGNATURE_NOTATION_INTERNAL_MADE_ENVELOPE_H_
