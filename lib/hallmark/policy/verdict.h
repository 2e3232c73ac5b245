#ifndef HALLMARK_POLICY_VERDICT_H_
#define HALLMARK_POLICY_VERDICT_H_

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "hallmark/base/error.h"
#include "hallmark/oci/digest.h"
#include "hallmark/oci/image_config.h"
#include "hallmark/oci/manifest.h"
#include "hallmark/signature/assessment.h"

namespace hallmark::policy {

// An image that was read because the rule asks about it.
struct ImageRead {
  oci::Digest digest;
  oci::ImageManifest manifest;
  std::optional<oci::ImageConfig> config;  // nullopt when it has none, or a bad one
};

// What verification gathered for one subject.
struct Evidence {
  std::vector<signature::Assessment> assessments;
  std::vector<Error> gaps;  // places that could not be searched
  std::vector<std::string> asked;
  // The subject, or the images of an index that may be run: as many as could be read, and a gap for
  // each other one. Empty where the rule does not ask about the image itself.
  std::vector<ImageRead> images = {};
};

// Why an image was let through. "Allowed" and "verified" are different words.
struct ByVerification {
  std::vector<signature::VerifiedSignature> signatures;
};
struct ByAudit {
  std::string overlooked;
};                      // mode warn: the reason it would have been refused
struct ByExemption {};  // the policy's default lets unmatched images through

struct Allow {
  std::variant<ByVerification, ByAudit, ByExemption> basis;
};
struct Deny {};
struct Unsigned {};  // every place was asked and answered with authority: nothing is there
struct Unknown {};   // a needed fact could not be had; retry may help

// What the rule made of one assessment: whether it counts towards the requirement, and why not.
struct Judgement {
  bool counts = false;
  std::string reason;  // stable id; "ok" when it counts
  std::string detail;  // one line for people; untrusted text in it went through Printable
};

// The one answer. Callers that cannot wait treat Unknown as Deny.
struct Verdict {
  std::variant<Deny, Unsigned, Unknown, Allow> decision;  // default-constructs to Deny
  std::string reason;  // stable id: "verified", "bad-signature", "unsigned", "timeout", ...
  std::string detail;  // one line for people
  std::string fix;     // one line: what to do about it
  std::string rule;    // name of the rule that decided
  std::string wants;   // what that rule asks for: "1 of key set ci-2026"
  std::string place;   // "policy.json:14"; empty for ad-hoc rules
  std::vector<std::string> loosened;  // every switch that lowered a check
  std::vector<Judgement> judged;      // one an assessment of the evidence, in its order

  bool allowed() const { return std::holds_alternative<Allow>(decision); }
  std::string_view word() const;  // "allowed", "denied", "unsigned", "unknown"
};

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_VERDICT_H_
