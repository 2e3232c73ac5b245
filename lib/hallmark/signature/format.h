#ifndef HALLMARK_SIGNATURE_FORMAT_H_
#define HALLMARK_SIGNATURE_FORMAT_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "hallmark/base/context.h"
#include "hallmark/base/result.h"
#include "hallmark/base/time.h"
#include "hallmark/crypto/signer.h"
#include "hallmark/signature/assessment.h"
#include "hallmark/signature/limits.h"
#include "hallmark/store/store.h"
#include "hallmark/trust/trust_root.h"

namespace hallmark::signature {

// Something attached that may be a signature of this format. Nothing but what lists it was read.
struct Candidate {
  oci::Descriptor artifact;  // as the listing has it: the registry's word
  // Which of its layers, where the manifest was read already and each layer is a signature.
  std::optional<oci::Descriptor> layer = {};
  // The largest envelope that is read for what is wanted.
  std::size_t max_bytes = kMaxEnvelopeBytes;
};

// What the caller of Find hopes for.
struct Wanted {
  std::string_view predicate_type;
  const trust::TrustRoot& root;
};

// What Find brings. No candidates and no gaps: nothing is attached, by authority of every place.
struct Found {
  std::vector<Candidate> candidates;  // most promising first
  std::vector<Error> gaps;            // places that could not be asked
  std::vector<std::string> asked;
};

// What was read turned out to be something else than a signature of the format: an SBOM whose
// listing did not say its type. Neither evidence nor a gap.
struct Unrelated {
  std::string artifact_type;  // what it says it is, printable
};

// One manifest turned out to hold several signatures: each is a candidate of its own.
struct Several {
  std::vector<Candidate> candidates;
};

// A candidate read; or the Assessment that says why it is certainly of no use (bytes that do not
// match their digest, a malformed carrier, a manifest about another subject); or the Error that
// kept it from being read; or several; or nothing of this format at all.
using Loaded = std::variant<Signature, Assessment, Error, Unrelated, Several>;

// Whether an error met while reading a candidate says that the evidence is bad, rather than that it
// could not be had.
bool IsVerdict(ErrorCode code);

// The end of a candidate that could not be read: an Assessment whose `check` failed when the error
// is a verdict, else the Error.
Loaded Unreadable(FormatId format, const Candidate& candidate, Check check, Error error);

// The seam of verifying. One implementation a folder; main() lists those in use, so there is no
// registration at load time.
class Format {
 public:
  virtual ~Format() = default;
  virtual FormatId id() const = 0;

  // I/O: where this format keeps signatures of `subject`. What is wanted only orders the
  // candidates: unsigned hints put likely ones first, hide none.
  virtual Found Find(const Context&, store::Reader&, const store::Subject&,
                     const Wanted&) const = 0;

  // I/O: reads one candidate.
  virtual Loaded Load(const Context&, store::Reader&, const store::Subject&,
                      const Candidate&) const = 0;

  // Pure: no I/O, no clock, same answer for the same arguments.
  virtual Assessment Assess(const Signature&, const store::Subject&, const trust::TrustRoot&,
                            UnixTime now) const = 0;
};

// A format that is written too. Kept apart, so that nothing has to pretend it could write what is
// only read.
class SigningFormat : public Format {
 public:
  // Makes one signature over `claim` without storing it: what Push then stores. The claim must be
  // about the subject; kConfig when it says something that cannot be written down.
  struct Signed {
    oci::Content envelope;
    oci::Content artifact;  // the manifest that carries it
    // Where the artifact is not stored as it is, but merged with what other signers keep behind
    // this tag; empty for a referrer.
    std::string tag = {};
  };
  // What of a claim this format can say: how it will read again.
  virtual Claim Sayable(Claim claim) const { return claim; }

  virtual Result<Signed> Sign(const store::Subject&, const Claim&, crypto::Signer&,
                              UnixTime now) const = 0;

  // Stores what Sign made: the blobs, then the manifest. The digest of the manifest that carries
  // the signature there.
  virtual Result<oci::Digest> Push(const Context&, store::Writer&, const oci::Repository&,
                                   const Signed&) const = 0;
};

}  // namespace hallmark::signature

#endif  // HALLMARK_SIGNATURE_FORMAT_H_
