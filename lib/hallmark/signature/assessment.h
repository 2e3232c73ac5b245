#ifndef HALLMARK_SIGNATURE_ASSESSMENT_H_
#define HALLMARK_SIGNATURE_ASSESSMENT_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hallmark/signature/signature.h"
#include "hallmark/x509/issued.h"

namespace hallmark::signature {

enum class Check : std::uint8_t {
  kFormat = 1,    // the envelope follows its format
  kIntegrity,     // the signature matches bytes and a trusted key
  kSubject,       // the claim names the image that was asked about
  kAuthenticity,  // the signer is trusted, at the time that counts
  kExpiry,
  kTimestamp,  // it was made while the signer's certificates were current
  kTransparency,
  kRevocation,
};
enum class Outcome : std::uint8_t { kPassed = 1, kFailed, kUnknown, kNotApplicable };

std::string_view ToName(Check check);      // "integrity"
std::string_view ToName(Outcome outcome);  // "passed", "failed", "unknown", "not-applicable"

// Why a check failed; the stable kebab-case ids of verdicts.
// malformed, bad-signature, wrong-digest, untrusted-signer, algorithm, chain, timestamp, expired,
// not-yet-current, revoked, revocation (not known), plugin (did not answer).
struct Finding {
  Check check;
  Outcome outcome;
  std::string reason;  // stable id; "ok" when passed
  std::string detail;  // for people; untrusted text in it went through Printable
};

// Holding one means: the bytes are signed by a key of the TrustRoot that is current at the time
// that counts, or by one that an authority of it certified; and the claim names the subject that
// was asked about. What the claim says beyond that (predicate type, name, annotations, expiry) is
// for policy to judge, and so are the findings beside it: whether a certificate was current when it
// signed, and whether it is revoked.
class VerifiedSignature {
 public:
  FormatId format() const { return format_; }
  const Claim& claim() const { return claim_; }
  const SignerIdentity& signer() const { return signer_; }

 private:
  friend class Prover;
  VerifiedSignature(FormatId format, Claim claim, SignerIdentity signer)
      : format_(format), claim_(std::move(claim)), signer_(std::move(signer)) {}
  FormatId format_;
  Claim claim_;
  SignerIdentity signer_;
};

// A certificate whose revocation has to be looked up.
struct RevocationQuestion {
  x509::Issued issued;
  // It is proved that the signature was made by then.
  std::optional<UnixTime> signed_by;
};

// What a verification plugin is to be asked. All of it is signed under a trusted authority, whose
// word the plugin's name is too.
struct PluginQuestion {
  std::string plugin;
  std::optional<std::string> min_version;
  std::string scheme;  // "notary.x509"
  std::optional<UnixTime> expiry;
  std::optional<UnixTime> authentic_signing_time;
  std::map<std::string, std::string> extended;  // critical attributes that it has to process
  std::vector<Bytes> chain;                     // DER, the signer's first
  std::vector<std::string> identities;          // as the policy has them: "x509.subject: ...", "*"
  bool is_named = false;                        // whether the signer is one of them
};

// All that was learnt about one signature. `verified` is set only when format, integrity, subject
// and authenticity passed; expiry, timestamp and revocation are findings beside it.
struct Assessment {
  FormatId format;
  oci::Descriptor artifact;  // the referrer manifest, or the blob where it could not be read
  std::vector<Finding> findings;
  std::optional<VerifiedSignature> verified;
  // Who it claims to be by, from unsigned hints; for people only.
  std::string unverified_signer_hint;
  // Set beside `verified`: while nobody has asked, the finding about revocation is unknown.
  std::vector<RevocationQuestion> to_look_up = {};
  // Set beside a refusal as "unsupported": with the answer in Signature::plugin_word it is to be
  // assessed again.
  std::optional<PluginQuestion> plugin_question = {};

  // Puts `finding` in the place of what was unknown about its check.
  void Settle(Finding finding);

  // The first failed finding; null when there is none.
  const Finding* Failure() const;
};

// Builds Assessments: the only maker of VerifiedSignature, which it gives out only after it was
// shown the proof. One a signature; used once.
class Prover {
 public:
  explicit Prover(const Signature& signature);
  void Pass(Check check, std::string detail);
  void NotApplicable(Check check, std::string detail);
  void Hint(std::string unverified_signer);
  // Any other finding; a failed one that is not about time or revocation forbids Succeed.
  void Add(Finding finding);
  // Ends the assessment with the failed check among its findings.
  Assessment Refuse() &&;
  // Ends the assessment with a failed check.
  Assessment Fail(Check check, std::string reason, std::string detail) &&;
  // Ends it with success. `proof` holds the bytes that `claim` was parsed from.
  Assessment Succeed(const crypto::SignedBytes& proof, Claim claim, SignerIdentity signer,
                     std::vector<Finding> further) &&;

 private:
  Assessment assessment_;
};

}  // namespace hallmark::signature

#endif  // HALLMARK_SIGNATURE_ASSESSMENT_H_
