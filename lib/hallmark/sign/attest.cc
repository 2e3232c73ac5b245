#include "hallmark/sign/attest.h"

#include <utility>

namespace hallmark::sign {
namespace {

// One image and what is to be said of it.
struct Job {
  const store::Subject& subject;
  const signature::Attestation& attestation;
  crypto::Signer& signer;
  UnixTime now;
};

Result<Attested> AttestIn(const Context& context, store::Writer& writer,
                          const signature::AttestingFormat& format, const Job& job,
                          const AttestOptions& options) {
  HALLMARK_ASSIGN(const signature::SigningFormat::Signed made,
                  format.SignAttestation(job.subject, job.attestation, job.signer, job.now));
  Attested attested{job.subject.digest(), format.id(), std::nullopt};
  if (options.dry_run) {
    if (made.tag.empty()) attested.artifact = made.artifact.digest();
    return attested;
  }
  HALLMARK_ASSIGN(attested.artifact,
                  format.Push(context, writer, job.subject.asked().repository(), made));
  return attested;
}

}  // namespace

AttestReport Attest(const Context& context, const Places& places, AttestingFormats formats,
                    const oci::Reference& reference, const signature::Attestation& attestation,
                    crypto::Signer& signer, const AttestOptions& options, UnixTime now) {
  AttestReport report;
  const Result<store::Subject> subject = store::Resolve(context, places.reader, reference);
  if (!subject.ok()) {
    report.errors.push_back(Error(subject.error()).While("resolve " + reference.ToString()));
    return report;
  }
  const Job job{subject.value(), attestation, signer, now};
  for (const signature::AttestingFormat* format : formats) {
    Result<Attested> attested = AttestIn(context, places.writer, *format, job, options);
    if (attested.ok()) {
      report.done.push_back(std::move(attested).value());
    } else {
      report.errors.push_back(
          std::move(attested).error().While("attest " + subject.value().digest().ToString()));
    }
  }
  return report;
}

}  // namespace hallmark::sign
