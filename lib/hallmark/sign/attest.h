#ifndef HALLMARK_SIGN_ATTEST_H_
#define HALLMARK_SIGN_ATTEST_H_

#include <optional>
#include <span>
#include <vector>

#include "hallmark/sign/sign.h"
#include "hallmark/signature/attesting_format.h"

namespace hallmark::sign {

struct AttestOptions {
  bool dry_run = false;  // everything but the writes
};

// One attestation that was made.
struct Attested {
  oci::Digest subject;
  signature::FormatId format;
  // The manifest that carries it. nullopt in a dry run of a format that merges it with what is
  // there, so that nobody knows yet.
  std::optional<oci::Digest> artifact;
};

// Each is asked in that order.
using AttestingFormats = std::span<const signature::AttestingFormat* const>;

// With errors, what is in `done` is attested all the same.
struct AttestReport {
  std::vector<Attested> done;
  std::vector<Error> errors;
};

// Attests one image, or one index as a whole, with one key: resolve once, then sign and push in
// each format. A format that fails leaves the others.
AttestReport Attest(const Context&, const Places&, AttestingFormats, const oci::Reference&,
                    const signature::Attestation&, crypto::Signer&, const AttestOptions&,
                    UnixTime now);

}  // namespace hallmark::sign

#endif  // HALLMARK_SIGN_ATTEST_H_
